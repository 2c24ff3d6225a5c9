package org.althing.privacy;

import org.althing.encoding.Digest;

/**
 * What the ledger answers once a charge is durable.
 *
 * @param ledger what the ledger is after the charge
 * @param gross ρ of the release itself
 * @param marginal what it added to the unit's spend, less than {@code gross} where the other side
 *     of the split was dearer
 * @param spent the population's whole spend after the charge
 */
public record ChargeReceipt(
    ReleaseId release, LedgerState ledger, Rho gross, Rho marginal, Rho spent) {
  /** The entry's number in the ledger, from 1. */
  public long sequence() {
    return ledger.position().sequence();
  }

  /** The ledger's chain digest after the entry. */
  public Digest head() {
    return ledger.position().head();
  }
}
