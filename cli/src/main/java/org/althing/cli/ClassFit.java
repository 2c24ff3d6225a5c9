package org.althing.cli;

import java.util.Optional;
import org.althing.model.features.SoftmaxModel;
import org.althing.scoring.RowScorer;

/** How well the scores of several classes fit the rows that have a label. */
final class ClassFit implements LabelledRows {
  /** By true class, and in it by likeliest class. */
  private final long[][] confusion;

  private long rows;
  private long labelled;
  private double loss;

  /**
   * @param classes K
   */
  ClassFit(int classes) {
    this.confusion = new long[classes][classes];
  }

  @Override
  public void add(ScoredChunk chunk) {
    for (int row = 0; row < chunk.rows(); row++) {
      if (chunk.outcome(row) != RowScorer.UNLABELLED) {
        add(chunk.scores(row), chunk.outcome(row));
      }
    }
    rows += chunk.rows();
  }

  private void add(double[] scores, int truth) {
    labelled++;
    confusion[truth][SoftmaxModel.largest(scores)]++;
    double given = SoftmaxModel.probabilities(scores)[truth];
    loss -= StrictMath.log(Math.max(given, Double.MIN_NORMAL));
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
    return "accuracy %s, mean F1 %s, log-loss %s"
        .formatted(
            ScoreLines.decimal(accuracy(), 4),
            meanF1()
                .map(f1 -> ScoreLines.decimal(f1, 4))
                .orElse("undefined: a class is neither there nor predicted"),
            ScoreLines.decimal(logLoss(), 4));
  }

  /** Of the labelled rows. */
  double accuracy() {
    long right = 0;
    for (int k = 0; k < confusion.length; k++) {
      right += confusion[k][k];
    }
    return (double) right / labelled;
  }

  /** The plain mean over the classes of F1, each class against the rest. */
  Optional<Double> meanF1() {
    double mean = 0;
    for (int k = 0; k < confusion.length; k++) {
      long either = 0;
      for (int j = 0; j < confusion.length; j++) {
        either += confusion[k][j] + confusion[j][k];
      }
      if (either == 0) {
        return Optional.empty();
      }
      mean += 2.0 * confusion[k][k] / either / confusion.length;
    }
    return Optional.of(mean);
  }

  /** The mean of -ln of the probability given to what was true. */
  double logLoss() {
    return loss / labelled;
  }
}
