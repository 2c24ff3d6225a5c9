package org.althing.privacy;

/**
 * What one study costs a privacy unit, which is either trained on or held out but never both:
 * ρ(ALL) + max(ρ(TRAIN), ρ(HOLDOUT)).
 */
record SplitCost(Rho all, Rho train, Rho holdout) {
  static final SplitCost NOTHING = new SplitCost(Rho.ZERO, Rho.ZERO, Rho.ZERO);

  SplitCost plus(Partition partition, Rho rho) {
    return switch (partition) {
      case ALL -> new SplitCost(all.plus(rho), train, holdout);
      case TRAIN -> new SplitCost(all, train.plus(rho), holdout);
      case HOLDOUT -> new SplitCost(all, train, holdout.plus(rho));
    };
  }

  Rho total() {
    return all.plus(train.max(holdout));
  }
}
