package org.althing.statistics;

import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * Mean and spread of one column from its noisy sums of x and x² - 1 over n valid values, with x on
 * the scale where the declared range is -1 to 1; n has noise independent of theirs.
 */
record MomentDecoder(Range range, Estimate first, Estimate second, Estimate n) {
  /** None where n does not stand above its noise or a variance has no meaning. */
  Optional<Moments> moments(Optional<Distribution> distribution) {
    if (!n.standsAbove(Distribution.LEAST_DEVIATIONS) || n.value() < 2) {
      return Optional.empty();
    }
    Estimate mean = Estimate.ratio(first, n, 0);
    Estimate variance = variance(mean);
    // A variance below its own noise may be as large as that.
    double most = Math.max(variance.value(), variance.noiseDeviation());
    double half = range.half();
    Measure inUnits =
        new Measure(
            mean.value() * half + range.middle(),
            mean.noiseDeviation() * half,
            StrictMath.sqrt(most / n.value()) * half);
    return Optional.of(
        new Moments(
            inUnits, spread(variance, distribution.flatMap(d -> d.fourthMoment(mean.value())))));
  }

  private Optional<Moments.Spread> spread(Estimate variance, Optional<Double> fourthMoment) {
    if (!CellCount.isDistinct(variance)) {
      return Optional.empty();
    }
    double half = range.half();
    double deviation = StrictMath.sqrt(variance.value());
    double slope = 1 / (2 * deviation);
    Optional<Double> sampling =
        fourthMoment
            .map(fourth -> fourth - variance.value() * variance.value())
            .filter(excess -> excess > 0)
            .map(excess -> StrictMath.sqrt(excess / n.value()) * slope * half);
    return Optional.of(
        new Moments.Spread(
            variance.times(half * half),
            new Estimate(deviation * half, variance.noiseDeviation() * slope * half),
            sampling));
  }

  /**
   * 1 + Σ(x² - 1)/n - mean², with n - 1, to first order in the noise; the square of the mean's
   * noise, which is known, would make it too small.
   */
  private Estimate variance(Estimate mean) {
    double count = n.value();
    double m = mean.value();
    double excess = second.value() / count;
    double bessel = count / (count - 1);
    double value = (1 + excess - m * m + mean.variance()) * bessel;
    double ofCount = (2 * m * m - excess) / count;
    double noise =
        4 * m * m * first.variance() / (count * count)
            + second.variance() / (count * count)
            + ofCount * ofCount * n.variance();
    return new Estimate(value, StrictMath.sqrt(noise) * bessel);
  }
}
