package org.althing.statistics;

import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * Mean and spread of a column of numbers, in its unit.
 *
 * @param spread absent where the variance does not stand above its noise
 */
public record Moments(Measure mean, Optional<Spread> spread) {
  /**
   * Variance, with n - 1, and its root.
   *
   * @param samplingDeviation of the standard deviation; absent without the column's quantiles,
   *     whose tree is what tells of fourth moments
   */
  public record Spread(
      Estimate variance, Estimate standardDeviation, Optional<Double> samplingDeviation) {
    /** The 95 % interval of the standard deviation, where its sampling error is known. */
    public Optional<Interval> interval() {
      return samplingDeviation.map(
          sampling ->
              Interval.of(
                  new Measure(
                      standardDeviation.value(), standardDeviation.noiseDeviation(), sampling)));
    }
  }
}
