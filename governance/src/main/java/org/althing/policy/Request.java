package org.althing.policy;

import java.time.LocalDate;
import org.althing.contract.Contract;
import org.althing.privacy.Rho;
import org.althing.study.Plan;
import org.althing.study.Study;

/**
 * What an owner is asked to decide on.
 *
 * @param plan as the owner's own node compiled it
 * @param population whose budget the study would use here
 * @param left what the population's ledger account could still reserve
 */
public record Request(
    Plan plan, Study study, Contract contract, String population, Rho left, LocalDate today) {}
