package org.althing.policy;

import java.time.LocalDate;
import java.util.List;
import org.althing.contract.Contract;
import org.althing.privacy.Outlay;
import org.althing.privacy.Rho;
import org.althing.study.Plan;
import org.althing.study.Study;

/**
 * What an owner is asked to decide on.
 *
 * @param plan as the owner's own node compiled it
 * @param population whose budget the study would use here
 * @param left what the population's ledger account could still reserve
 * @param others what other studies on the population hold of its budget
 */
public record Request(
    Plan plan,
    Study study,
    Contract contract,
    String population,
    Rho left,
    List<Outlay> others,
    LocalDate today) {
  public Request {
    others = List.copyOf(others);
  }

  /** Where no other study is known. */
  public Request(
      Plan plan, Study study, Contract contract, String population, Rho left, LocalDate today) {
    this(plan, study, contract, population, left, List.of(), today);
  }
}
