package org.althing.release;

/**
 * A number computed from a release, with the standard deviation that the privacy noise gives it;
 * both finite.
 *
 * <p>The deviation is public knowledge, not itself estimated from people. It says nothing of
 * sampling error.
 *
 * @param noiseDeviation not negative
 */
public record Estimate(double value, double noiseDeviation) {
  public Estimate {
    if (!Double.isFinite(value) || !(noiseDeviation >= 0 && noiseDeviation < 1e300)) {
      throw new IllegalArgumentException("an estimate and its deviation are finite");
    }
  }

  /**
   * a / b to first order, where the errors of a and b have covariance {@code covariance}; of a
   * denominator that stands above its noise ({@link #standsAbove}).
   */
  public static Estimate ratio(Estimate a, Estimate b, double covariance) {
    double r = a.value / b.value;
    double variance = a.variance() + r * r * b.variance() - 2 * r * covariance;
    return new Estimate(r, StrictMath.sqrt(Math.max(0, variance)) / b.value);
  }

  /** Whether the value is positive and more than {@code deviations} times its noise. */
  public boolean standsAbove(double deviations) {
    return value > 0 && value > deviations * noiseDeviation;
  }

  public double variance() {
    return noiseDeviation * noiseDeviation;
  }

  public Estimate times(double factor) {
    return new Estimate(value * factor, noiseDeviation * Math.abs(factor));
  }
}
