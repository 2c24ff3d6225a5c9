package org.althing.model.features;

import java.util.List;
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

  /** The ε at which other budgets of a study are told. */
  public static final List<Double> BUDGETS = List.of(0.1, 0.5, 1.0, 3.0, 8.0);

  /** What to expect. */
  public enum Band {
    NO_BETTER_THAN_GUESSING(
        0,
        "guessing",
        "the model will as a rule be no better than always guessing the commoner class"),
    WEAK(2, "weak", "the model will be better than guessing, but not by much"),
    USABLE(4, "usable", "the model will be usable, visibly short of one without noise"),
    GOOD(
        FeasibilityIndex.GOOD,
        "good",
        "the model will be good, a little short of one without noise"),
    NEAR_NON_PRIVATE(20, "near no noise", "the model will be near one without noise");

    private final double from;
    private final String word;
    private final String words;

    Band(double from, String word, String words) {
      this.from = from;
      this.word = word;
      this.words = words;
    }

    /** The S that it begins at. */
    public double from() {
      return from;
    }

    /** In a word. */
    public String word() {
      return word;
    }

    public String inWords() {
      return words;
    }
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

  /** The index where everybody has {@code times} as many records, beside the same noise. */
  public FeasibilityIndex ofRecords(int times) {
    return new FeasibilityIndex(value * times);
  }

  /** The index where {@code share} of the records are positive. */
  public FeasibilityIndex ofPositives(double share) {
    return new FeasibilityIndex(value * balance(share));
  }

  /**
   * 4p(1 − p), beside two classes equally common: what tells classes apart in sums is N·p(1 − p)
   * times how far their means are apart.
   *
   * @param share p, 0 to 1, of either class
   */
  public static double balance(double share) {
    return 4 * share * (1 - share);
  }

  /** How many times more records, or the root of how many times more ρ, would make it good. */
  public double timesToGood() {
    return GOOD / value;
  }

  /**
   * The index of the same study at another cost; what the cost changes in the shape of its sums is
   * left out of account.
   */
  public FeasibilityIndex at(Rho other, Rho own) {
    return new FeasibilityIndex(value * StrictMath.sqrt(other.toDouble() / own.toDouble()));
  }

  public Band band() {
    Band band = Band.NO_BETTER_THAN_GUESSING;
    for (Band each : Band.values()) {
      band = value >= each.from ? each : band;
    }
    return band;
  }
}
