package org.althing.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.scoring.RowScorer;

/** How well the scores of several classes fit the rows that have a label. */
final class ClassFit implements LabelledRows {
  /** 8 bits beside sign and exponent: scores closer than 1 part in 256 are ties; 2 MB a class. */
  private static final int BITS = 17;

  private final Confusion confusion;

  /** Of each class, by its log-odds against all others. */
  private final List<ScoreRanks> ranks = new ArrayList<>();

  /** Of the likeliest class. */
  private final Calibration calibration = new Calibration();

  private long rows;
  private long labelled;
  private double loss;

  ClassFit(Label label) {
    this.confusion = new Confusion(label.classNames());
    label.classNames().forEach(name -> ranks.add(new ScoreRanks(BITS)));
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

  /**
   * @param truth the place of a class
   */
  void add(double[] scores, int truth) {
    labelled++;
    int likeliest = SoftmaxModel.largest(scores);
    confusion.add(truth, likeliest);
    double[] probabilities = SoftmaxModel.probabilities(scores);
    calibration.add(probabilities[likeliest], likeliest == truth);
    loss -= StrictMath.log(Math.max(probabilities[truth], Double.MIN_NORMAL));
    double[] logOdds = SoftmaxModel.logOdds(scores);
    for (int k = 0; k < logOdds.length; k++) {
      ranks.get(k).add(logOdds[k], k == truth);
    }
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
    return "accuracy %s, mean AUC %s, mean F1 %s, log-loss %s, calibration error %s"
        .formatted(
            ScoreLines.decimal(accuracy(), 4),
            text(meanAuc(), "undefined: a class has no rows"),
            text(meanF1(), "undefined: a class is neither there nor predicted"),
            ScoreLines.decimal(logLoss(), 4),
            ScoreLines.decimal(calibration.error(), 4));
  }

  private static String text(Optional<Double> mean, String otherwise) {
    return mean.map(found -> ScoreLines.decimal(found, 4)).orElse(otherwise);
  }

  @Override
  public String byClass() {
    return confusion.inWords(areas());
  }

  private List<Optional<Double>> areas() {
    return ranks.stream().map(ScoreRanks::auc).toList();
  }

  /** The plain mean over the classes of the area, each class against the rest. */
  Optional<Double> meanAuc() {
    return Confusion.mean(areas());
  }

  /** Of the labelled rows. */
  double accuracy() {
    return confusion.accuracy();
  }

  /** The plain mean over the classes of F1, each class against the rest. */
  Optional<Double> meanF1() {
    return confusion.meanF1();
  }

  /** The mean of -ln of the probability given to what was true. */
  double logLoss() {
    return loss / labelled;
  }
}
