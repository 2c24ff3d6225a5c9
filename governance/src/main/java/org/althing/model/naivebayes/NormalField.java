package org.althing.model.naivebayes;

import java.util.List;

/**
 * A number taken for normal within one class, by its noisy sums, its declared range mapped on -1 to
 * 1 (privacy §4).
 */
final class NormalField {
  private static final double LEAST_RECORDS = 5;
  private static final double LEAST_VARIANCE = 1e-3;

  private final double known;
  private final double unknown;
  private final double noise;
  private final double mean;
  private final double variance;

  private NormalField(double known, double unknown, double noise, double mean, double variance) {
    this.known = known;
    this.unknown = unknown;
    this.noise = noise;
    this.mean = mean;
    this.variance = variance;
  }

  /**
   * @param total records of the class
   * @param sum of x
   * @param squares sum of x² − 1
   * @param unknown records without a value
   * @param noise standard deviation of the noise on each of the sums
   */
  static NormalField of(double total, double sum, double squares, double unknown, double noise) {
    double without = Math.max(0, Math.min(total, unknown));
    double known = Math.max(LEAST_RECORDS, total - without);
    double mean = Math.max(-1, Math.min(1, sum / known));
    double variance = Math.max(0, Math.min(1, squares / known + 1 - mean * mean));
    return new NormalField(known, without, noise, mean, variance);
  }

  /**
   * This class's law with its variance drawn towards that of all classes together, by as much as
   * the noise in it calls for. The noise in the means adds to it: a value may lie that much further
   * off.
   *
   * @param all the classes, this one among them
   */
  NormalField shrunk(List<NormalField> all) {
    double whole = 0;
    double weighted = 0;
    double fewest = known;
    for (NormalField each : all) {
      whole += each.known;
      weighted += each.known * each.variance;
      fewest = Math.min(fewest, each.known);
    }
    double pooled = weighted / whole;
    double ofVariance = noise * StrictMath.sqrt(1 + 4 * mean * mean) / known;
    double trusted = variance * variance;
    double share = trusted > 0 ? trusted / (trusted + ofVariance * ofVariance) : 0;
    double drawn = share * variance + (1 - share) * pooled;
    // One addition for all: a class of few records would else lose to the others by its width
    // alone.
    double ofMean = noise / fewest;
    double least = Math.max(LEAST_VARIANCE, Math.min(1, ofVariance));
    return new NormalField(known, unknown, noise, mean, Math.max(least, drawn) + ofMean * ofMean);
  }

  /** What x adds to log P(value | class). */
  double linear() {
    return mean / variance;
  }

  /** What x² adds. */
  double square() {
    return -0.5 / variance;
  }

  /** What every record with a value adds, beside x and x². */
  double constant() {
    return logShare(known) - mean * mean / (2 * variance) - StrictMath.log(variance) / 2;
  }

  /** What a record without a value adds. */
  double missing() {
    return logShare(unknown);
  }

  private double logShare(double part) {
    double smoothing = Math.max(1, noise);
    return StrictMath.log((part + smoothing) / (known + unknown + 2 * smoothing));
  }
}
