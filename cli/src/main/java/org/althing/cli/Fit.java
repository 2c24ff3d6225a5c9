package org.althing.cli;

import java.util.List;
import java.util.Optional;
import org.althing.model.features.Label;
import org.althing.scoring.RowScorer;

/**
 * How well scores fit the rows that have a label, counted as they come, in 16 MB whatever their
 * number.
 */
final class Fit implements LabelledRows {
  /** 11 bits beside sign and exponent: scores closer than 1 part in 2048 are ties. */
  private static final int BITS = 20;

  private final ScoreRanks ranks = new ScoreRanks(BITS);
  private final Confusion confusion;
  private final Calibration calibration = new Calibration();
  private long rows;
  private long labelled;
  private double loss;

  Fit(Label label) {
    this.confusion = new Confusion(List.of("any other", label.inWords()));
  }

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
    confusion.add(outcome, probability >= 0.5 ? 1 : 0);
    calibration.add(probability, outcome == 1);
    double given = outcome == 1 ? probability : 1 - probability;
    loss -= StrictMath.log(Math.max(given, Double.MIN_NORMAL));
    ranks.add(logit, outcome == 1);
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
    return "accuracy %s, AUC %s, log-loss %s, calibration error %s"
        .formatted(
            ScoreLines.decimal(accuracy(), 4),
            auc().map(auc -> ScoreLines.decimal(auc, 4)).orElse("undefined: one class only"),
            ScoreLines.decimal(logLoss(), 4),
            ScoreLines.decimal(calibration.error(), 4));
  }

  /** Precision, recall and F1 at probability ½, and the counts that they are of. */
  @Override
  public String byClass() {
    // The area is the same from either side.
    return confusion.inWords(List.of(auc(), auc()));
  }

  /** Of the labelled rows. */
  double accuracy() {
    return confusion.accuracy();
  }

  /** The mean of -ln of the probability given to what was true. */
  double logLoss() {
    return loss / labelled;
  }

  /** As {@link ScoreRanks#auc}. */
  Optional<Double> auc() {
    return ranks.auc();
  }
}
