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
 * @param positiveClass how the positive records are found, at probability ½
 * @param probabilities how far the probabilities are from what came true
 * @param positives noisy counts of positive records per score bin
 * @param negatives the same for negative records
 * @param cellDeviation standard deviation of the noise on each of those counts
 * @param roc from the strictest threshold to the laxest, starting at (0, 0) and ending at (1, 1)
 * @param precisionRecall where the records above a threshold stand above the noise, from the
 *     strictest threshold to the laxest
 * @param calibration bins that stand above the noise, by ascending score
 * @param scale what the trained log-odds are multiplied by, as the held-out counts ask for;
 *     log-odds and probabilities here are those after it
 */
public record Performance(
    Estimate records,
    Confusion confusion,
    Rates rates,
    PositiveClass positiveClass,
    Probabilities probabilities,
    List<Double> positives,
    List<Double> negatives,
    double cellDeviation,
    List<RocPoint> roc,
    List<PrecisionPoint> precisionRecall,
    List<CalibrationPoint> calibration,
    double scale) {
  public Performance {
    positives = List.copyOf(positives);
    negatives = List.copyOf(negatives);
    roc = List.copyOf(roc);
    precisionRecall = List.copyOf(precisionRecall);
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
      Optional<Measure> accuracy, Optional<Measure> auc, Optional<Measure> baseRate) {
    /** The accuracy of saying the commoner class of every record: what a model has to beat. */
    public Optional<Measure> commonerClass() {
      return baseRate.map(
          rate ->
              new Measure(
                  Math.max(rate.value(), 1 - rate.value()),
                  rate.noiseDeviation(),
                  rate.samplingDeviation()));
    }
  }

  /**
   * @param precision share of positive records among those predicted positive
   * @param recall share of those predicted positive among the positive records
   * @param f1 their harmonic mean
   */
  public record PositiveClass(
      Optional<Measure> precision, Optional<Measure> recall, Optional<Measure> f1) {}

  /**
   * To the width of the score bins: every record counts with the middle of its bin.
   *
   * @param logLoss mean of -ln of the probability given to what was true
   * @param brier mean squared distance of the probability from what was true, 0 or 1
   * @param calibration absent where no bin stands above the noise
   */
  public record Probabilities(
      Optional<Measure> logLoss, Optional<Measure> brier, Optional<CalibrationError> calibration) {}

  /**
   * The expected calibration error, over the bins that stand above the noise.
   *
   * @param value mean distance of the observed share from the predicted one; noise only adds to it
   * @param byChance what noise and sampling alone would show of a model whose probabilities are
   *     true
   */
  public record CalibrationError(double value, double byChance) {}

  /**
   * What share of each class scores at or above a threshold. Clipped to 0 to 1 and made monotone: a
   * figure to draw, not to average.
   *
   * @param logit the threshold; infinite for the first point
   */
  public record RocPoint(double logit, double falsePositiveRate, double truePositiveRate) {}

  /**
   * Precision among the records at or above a threshold.
   *
   * @param recall clipped to 0 to 1 and made monotone: to draw, not to average
   */
  public record PrecisionPoint(double logit, double recall, Measure precision) {}

  /**
   * Records of one score bin.
   *
   * @param predicted the probability at the middle of the bin
   * @param observed share of positive records in it
   */
  public record CalibrationPoint(int bin, double predicted, Measure observed, Estimate records) {}
}
