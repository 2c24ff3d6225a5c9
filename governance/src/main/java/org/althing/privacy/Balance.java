package org.althing.privacy;

/**
 * One population's account.
 *
 * @param budget what the owner allows over all time; zero where no budget was ever set
 * @param spent what releases have cost, which never falls
 * @param reserved what running studies may still spend
 * @param spentIfAllOthersCollude the spend in the worst case that every other member pools what it
 *     knows
 */
public record Balance(Rho budget, Rho spent, Rho reserved, Rho spentIfAllOthersCollude) {
  static final Balance NONE = new Balance(Rho.ZERO, Rho.ZERO, Rho.ZERO, Rho.ZERO);

  /** What a new study could still reserve. */
  public Rho left() {
    Rho bound = spent.plus(reserved);
    return budget.max(bound).minus(bound);
  }

  Balance withBudget(Rho total) {
    return new Balance(total, spent, reserved, spentIfAllOthersCollude);
  }

  /** The balance after one study's account changed. */
  Balance moved(StudyAccount from, StudyAccount to) {
    return new Balance(
        budget,
        spent.plus(to.spent().minus(from.spent())),
        reserved.minus(from.reserved()).plus(to.reserved()),
        spentIfAllOthersCollude.plus(
            to.spentIfAllOthersCollude().minus(from.spentIfAllOthersCollude())));
  }

  /** The same with what earlier states of the ledger had spent besides. */
  Balance plusAdopted(Rho spend) {
    return new Balance(budget, spent.plus(spend), reserved, spentIfAllOthersCollude.plus(spend));
  }

  Balance opened(StudyAccount study) {
    return new Balance(budget, spent, reserved.plus(study.reserved()), spentIfAllOthersCollude);
  }
}
