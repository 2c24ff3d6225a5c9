package org.althing.privacy;

import org.althing.encoding.Digest;

/**
 * What the ledger answers once a charge is durable.
 *
 * @param sequence the entry's number in the ledger, from 1
 * @param head the ledger's chain digest after the entry
 * @param gross ρ of the release itself
 * @param marginal what it added to the unit's spend, less than {@code gross} where the other side
 *     of the split was dearer
 * @param spent the population's whole spend after the charge
 */
public record ChargeReceipt(
    ReleaseId release, long sequence, Digest head, Rho gross, Rho marginal, Rho spent) {}
