package org.althing.quality;

import java.util.Arrays;
import org.althing.contract.RuleMeasure.Drift.Distance;

/**
 * How far a spread of shares is from a reference, summed over all cells; 0 where they are equal.
 *
 * <p>Every summand grows with the difference of its two shares, so the sum grows on the way from
 * the reference to any other spread.
 */
final class Divergence {
  /**
   * In the logarithm of the stability index a share counts as at least so much of its reference: an
   * empty cell has a finite weight, and noise in a small cell cannot outweigh the others.
   */
  static final double LEAST_PART = 0.1;

  private Divergence() {}

  /**
   * @param shares and {@code reference}: not negative, each sums to 1; the reference is positive
   *     but for Jensen-Shannon
   */
  static double of(Distance distance, double[] shares, double[] reference) {
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      double p = shares[k];
      double q = reference[k];
      sum +=
          switch (distance) {
            case JENSEN_SHANNON -> (half(p, q) + half(q, p)) / 2;
            case STABILITY_INDEX -> (p - q) * StrictMath.log(Math.max(p, LEAST_PART * q) / q);
            case CHI_SQUARE -> (p - q) * (p - q) / q;
            case L_INFINITY, KOLMOGOROV_SMIRNOV ->
                throw new IllegalArgumentException(distance + " is no sum over cells");
          };
    }
    // Rounding can leave a hair below 0.
    return Math.max(0, sum);
  }

  /** Each count's part of all; negative ones are none, and all are equal where none is positive. */
  static double[] shares(double[] counts) {
    double sum = Arrays.stream(counts).map(count -> Math.max(0, count)).sum();
    return Arrays.stream(counts)
        .map(count -> sum > 0 ? Math.max(0, count) / sum : 1.0 / counts.length)
        .toArray();
  }

  /** In bits, from the mean of both (Lin 1991, eq. 4.1). */
  private static double half(double p, double q) {
    return p == 0 ? 0 : p * StrictMath.log(2 * p / (p + q)) / StrictMath.log(2);
  }
}
