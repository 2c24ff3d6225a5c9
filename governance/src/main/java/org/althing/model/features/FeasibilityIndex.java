package org.althing.model.features;

import org.althing.privacy.Rho;

/**
 * S = N·√(2ρ) / (Δ·√dim): how far the signal of N records stands above the noise on a model's sums.
 * Known before anything runs.
 *
 * <p>The bands are what was observed (privacy §5), not a promise about a data set.
 *
 * @param value S, never negative
 */
public record FeasibilityIndex(double value) {
  private static final double GOOD = 9;

  /** What to expect. */
  public enum Band {
    /** S below 2: no better than always guessing the commoner class. */
    NO_BETTER_THAN_GUESSING,
    /** S from 2 to 4: better than guessing, not by much. */
    WEAK,
    /** S from 4 to 9. */
    USABLE,
    /** S from 9 to 20. */
    GOOD,
    /** S of 20 and more: near a model without privacy. */
    NEAR_NON_PRIVATE
  }

  public FeasibilityIndex {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("a feasibility index is never negative, got " + value);
    }
  }

  /**
   * The index of a model whose sums have {@code dimension} coordinates.
   *
   * @param records N as declared in public, not counted
   * @param rho the whole cost of training
   * @param l2 Δ, the L2 norm that one record adds at most
   */
  public static FeasibilityIndex of(long records, Rho rho, double l2, int dimension) {
    if (records < 0 || !(l2 > 0) || dimension < 1) {
      throw new IllegalArgumentException(
          "a feasibility index needs records, a positive bound and a dimension");
    }
    double noise = l2 * StrictMath.sqrt((double) dimension);
    return new FeasibilityIndex(records * StrictMath.sqrt(2 * rho.toDouble()) / noise);
  }

  /**
   * The index where the noise has {@code excess} times the variance that privacy alone asks for:
   * survivors over honest survivors.
   */
  public FeasibilityIndex withExcessVariance(double excess) {
    return new FeasibilityIndex(value / StrictMath.sqrt(excess));
  }

  /** How many times more records, or the root of how many times more ρ, would make it good. */
  public double timesToGood() {
    return GOOD / value;
  }

  public Band band() {
    if (value < 2) {
      return Band.NO_BETTER_THAN_GUESSING;
    }
    if (value < 4) {
      return Band.WEAK;
    }
    if (value < GOOD) {
      return Band.USABLE;
    }
    return value < 20 ? Band.GOOD : Band.NEAR_NON_PRIVATE;
  }
}
