package org.althing.privacy;

/**
 * Which records a release counts. The split is by a keyed hash of the privacy unit, so a unit is on
 * one side for the whole study, and a study costs it ρ(ALL) + max(ρ(TRAIN), ρ(HOLDOUT)) (parallel
 * composition under add/remove).
 */
public enum Partition {
  ALL,
  TRAIN,
  HOLDOUT;

  /**
   * @param holdoutPercent 0 to 99, the hundredths that are held out
   */
  public boolean takes(int hundredth, int holdoutPercent) {
    return switch (this) {
      case ALL -> true;
      case TRAIN -> hundredth >= holdoutPercent;
      case HOLDOUT -> hundredth < holdoutPercent;
    };
  }
}
