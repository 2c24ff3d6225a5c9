package org.althing.statistics;

import org.althing.release.Estimate;
import org.althing.release.Measure;

/** A two-sided 95 % confidence interval. */
public record Interval(double low, double high) {
  /** The 97.5 % quantile of the normal distribution. */
  static final double Z = 1.959963984540054;

  public Interval {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= high)) {
      throw new IllegalArgumentException("an interval has finite ends in order");
    }
  }

  /** By noise and sampling together. */
  public static Interval of(Measure measure) {
    return around(measure.value(), measure.totalDeviation());
  }

  /** By noise alone: for counts of the joint records, which are no sample. */
  public static Interval of(Estimate estimate) {
    return around(estimate.value(), estimate.noiseDeviation());
  }

  /**
   * The part between two bounds that the truth cannot leave; the nearer bound where it has none.
   */
  public Interval within(double least, double most) {
    return new Interval(
        Math.max(least, Math.min(most, low)), Math.max(least, Math.min(most, high)));
  }

  private static Interval around(double value, double deviation) {
    return new Interval(value - Z * deviation, value + Z * deviation);
  }
}
