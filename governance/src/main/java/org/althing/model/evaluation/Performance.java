package org.althing.model.evaluation;

import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * How a model did on the held-out records; a figure is absent where its denominator does not stand
 * above the noise.
 *
 * @param records labelled held-out records
 * @param confusion at probability ½
 * @param positives noisy counts of positive records per score bin
 * @param negatives the same for negative records
 * @param cellDeviation standard deviation of the noise on each of those counts
 * @param roc from the strictest threshold to the laxest, starting at (0, 0) and ending at (1, 1)
 * @param calibration bins that stand above the noise, by ascending score
 */
public record Performance(
    Estimate records,
    Confusion confusion,
    Rates rates,
    List<Double> positives,
    List<Double> negatives,
    double cellDeviation,
    List<RocPoint> roc,
    List<CalibrationPoint> calibration) {
  public Performance {
    positives = List.copyOf(positives);
    negatives = List.copyOf(negatives);
    roc = List.copyOf(roc);
    calibration = List.copyOf(calibration);
  }

  /** Noisy counts at probability ½. */
  public record Confusion(
      Estimate truePositives,
      Estimate falsePositives,
      Estimate trueNegatives,
      Estimate falseNegatives) {}

  /**
   * The rates that are computed where they can be.
   *
   * @param accuracy share of records on the right side of probability ½
   * @param auc chance that a positive record scores above a negative one, ties counting half
   * @param baseRate share of positive records
   */
  public record Rates(
      Optional<Measure> accuracy, Optional<Measure> auc, Optional<Measure> baseRate) {}

  /**
   * What share of each class scores at or above a threshold. Clipped to 0 to 1 and made monotone: a
   * figure to draw, not to average.
   *
   * @param logit the threshold; infinite for the first point
   */
  public record RocPoint(double logit, double falsePositiveRate, double truePositiveRate) {}

  /**
   * Records of one score bin.
   *
   * @param predicted the probability at the middle of the bin
   * @param observed share of positive records in it
   */
  public record CalibrationPoint(int bin, double predicted, Measure observed, Estimate records) {}
}
