package org.althing.cli;

import java.util.Optional;
import org.althing.scoring.RowScorer;

/**
 * How well scores fit the rows that have a label, counted as they come, in 16 MB whatever their
 * number.
 */
final class Fit implements LabelledRows {
  /** A score's sign, exponent and 11 more bits: scores closer than 1 part in 2048 are ties. */
  private static final int DROPPED_BITS = 12;

  private static final int PLACES = 1 << (Integer.SIZE - DROPPED_BITS);

  private final long[][] byOutcome = {{}, {}};
  private long rows;
  private long labelled;
  private long right;
  private double loss;

  @Override
  public void add(ScoredChunk chunk) {
    for (int row = 0; row < chunk.rows(); row++) {
      if (chunk.outcome(row) != RowScorer.UNLABELLED) {
        add(chunk.logit(row), chunk.probability(row), chunk.outcome(row));
      }
    }
    rows += chunk.rows();
  }

  /**
   * @param outcome 0 or 1
   */
  void add(double logit, double probability, int outcome) {
    labelled++;
    right += (probability >= 0.5 ? 1 : 0) == outcome ? 1 : 0;
    double given = outcome == 1 ? probability : 1 - probability;
    loss -= StrictMath.log(Math.max(given, Double.MIN_NORMAL));
    if (byOutcome[outcome].length == 0) {
      byOutcome[outcome] = new long[PLACES];
    }
    byOutcome[outcome][placeOf(logit)]++;
  }

  /** Places ascend with the score. */
  private static int placeOf(double logit) {
    int bits = Float.floatToIntBits((float) logit + 0f);
    int ascending = bits >= 0 ? bits ^ Integer.MIN_VALUE : ~bits;
    return ascending >>> DROPPED_BITS;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long labelled() {
    return labelled;
  }

  @Override
  public String inWords() {
    return "accuracy %s, AUC %s, log-loss %s"
        .formatted(
            ScoreLines.decimal(accuracy(), 4),
            auc().map(auc -> ScoreLines.decimal(auc, 4)).orElse("undefined: one class only"),
            ScoreLines.decimal(logLoss(), 4));
  }

  /** Of the labelled rows. */
  double accuracy() {
    return (double) right / labelled;
  }

  /** The mean of -ln of the probability given to what was true. */
  double logLoss() {
    return loss / labelled;
  }

  /**
   * The chance that a positive row scores above a negative one, ties counting half (Mann and
   * Whitney 1947); nothing where all labels are alike.
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
    for (int place = 0; place < PLACES; place++) {
      above += positive[place] * (below + negative[place] / 2.0);
      below += negative[place];
      positives += positive[place];
    }
    return Optional.of(above / (below * positives));
  }
}
