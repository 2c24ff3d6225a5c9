package org.althing.cli;

import java.util.Optional;

/**
 * Scores of rows that are positive or not, counted by their leading bits: sign, exponent and what
 * is left for the digits.
 */
final class ScoreRanks {
  private final int dropped;
  private final long[][] byOutcome = {{}, {}};

  /**
   * @param bits kept of a float's 32, 10 to 20: scores closer than 1 part in 2 to the power of nine
   *     less are ties, and ranks take 16 bytes times 2 to their power
   */
  ScoreRanks(int bits) {
    this.dropped = Integer.SIZE - bits;
  }

  void add(double score, boolean isPositive) {
    int outcome = isPositive ? 1 : 0;
    if (byOutcome[outcome].length == 0) {
      byOutcome[outcome] = new long[1 << (Integer.SIZE - dropped)];
    }
    byOutcome[outcome][placeOf(score)]++;
  }

  /** Places ascend with the score. */
  private int placeOf(double score) {
    int bits = Float.floatToIntBits((float) score + 0f);
    int ascending = bits >= 0 ? bits ^ Integer.MIN_VALUE : ~bits;
    return ascending >>> dropped;
  }

  /**
   * The chance that a positive row scores above a negative one, ties counting half (Mann and
   * Whitney 1947); nothing where all rows are alike.
   */
  Optional<Double> auc() {
    long[] negative = byOutcome[0];
    long[] positive = byOutcome[1];
    if (negative.length == 0 || positive.length == 0) {
      return Optional.empty();
    }
    double below = 0;
    double above = 0;
    double positives = 0;
    for (int place = 0; place < positive.length; place++) {
      above += positive[place] * (below + negative[place] / 2.0);
      below += negative[place];
      positives += positive[place];
    }
    return Optional.of(above / (below * positives));
  }
}
