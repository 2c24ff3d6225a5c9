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
  private final double absent;

  private NormalField(
      double known, double unknown, double noise, double mean, double variance, double absent) {
    this.known = known;
    this.unknown = unknown;
    this.noise = noise;
    this.mean = mean;
    this.variance = variance;
    this.absent = absent;
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
    double smoothing = Math.max(1, noise);
    double absent = (without + smoothing) / (known + without + 2 * smoothing);
    return new NormalField(known, without, noise, mean, variance, absent);
  }

  /**
   * This class's law with what the noise leaves no saying about drawn towards all classes together:
   * its mean, its variance, and how often the value is missing. The noise in the means adds to the
   * variance: a value may lie that much further off.
   *
   * <p>What is added, and the least that a variance can be, are alike for all classes, by the size
   * of the class that the average record is in: one of few records would else lose to the others,
   * or win, by its width alone.
   *
   * @param all the classes, this one among them
   */
  NormalField shrunk(List<NormalField> all) {
    double whole = 0;
    double weighted = 0;
    double squares = 0;
    double middle = 0;
    double missing = 0;
    double often = 0;
    for (NormalField each : all) {
      whole += each.known;
      weighted += each.known * each.variance;
      squares += each.known * each.known;
      middle += each.known * each.mean;
      missing += each.unknown;
      often += each.absent / all.size();
    }
    double ofVariance = noise * StrictMath.sqrt(1 + 4 * mean * mean) / known;
    double own = trust(variance * variance, ofVariance * ofVariance);
    double drawn = own * variance + (1 - own) * weighted / whole;
    double ofMean = noise * whole / squares;
    double least = Math.max(LEAST_VARIANCE, Math.min(1, 2 * ofMean));
    double spread = Math.max(least, drawn);
    double apart = trust(spread, noise * noise / (known * known));
    double ofMissing = all.size() * noise * noise;
    double told = trust(Math.max(0, missing * missing - ofMissing), ofMissing);
    return new NormalField(
        known,
        unknown,
        noise,
        apart * mean + (1 - apart) * middle / whole,
        spread + ofMean * ofMean,
        told * absent + (1 - told) * often);
  }

  /**
   * @return the part of a finding that is kept beside the variance of its noise
   */
  private static double trust(double squared, double ofNoise) {
    return squared > 0 ? squared / (squared + ofNoise) : 0;
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
    return StrictMath.log(1 - absent) - mean * mean / (2 * variance) - StrictMath.log(variance) / 2;
  }

  /** What a record without a value adds. */
  double missing() {
    return StrictMath.log(absent);
  }
}
