package org.althing.secagg;

import java.util.Arrays;
import java.util.List;

/**
 * Shamir's threshold sharing, byte by byte over GF(2⁸) (Shamir 1979).
 *
 * <p>A point is a node's index in the roster, 1 to 200, never 0. Coefficients are uniform and may
 * be zero: excluding zero would tell fewer than t holders something.
 */
final class SecretSharing {
  private SecretSharing() {}

  /**
   * One share per point; erases the polynomial.
   *
   * @param secret whole longs, eight bytes each
   * @param coefficients (threshold - 1) times the secret's longs, uniform
   */
  static long[][] share(long[] secret, int[] points, long[] coefficients) {
    int width = secret.length;
    int degree = coefficients.length / width;
    if (coefficients.length != degree * width) {
      throw new IllegalArgumentException("coefficients are whole multiples of the secret's length");
    }
    long[][] shares = new long[points.length][width];
    for (int s = 0; s < points.length; s++) {
      checkPoint(points[s]);
      for (int k = 0; k < width; k++) {
        long y = 0;
        for (int power = degree - 1; power >= 0; power--) {
          y = Gf256.timesEach(y ^ coefficients[power * width + k], points[s]);
        }
        shares[s][k] = y ^ secret[k];
      }
    }
    Arrays.fill(secret, 0);
    Arrays.fill(coefficients, 0);
    return shares;
  }

  /**
   * What each share at {@code points} is multiplied by to give the polynomial's value at {@code
   * at}.
   */
  static int[] lagrange(int[] points, int at) {
    if (Arrays.stream(points).distinct().count() != points.length) {
      throw new IllegalArgumentException("two shares have one point");
    }
    int[] weights = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      checkPoint(points[i]);
      int numerator = 1;
      int denominator = 1;
      for (int j = 0; j < points.length; j++) {
        if (j != i) {
          numerator = Gf256.times(numerator, at ^ points[j]);
          denominator = Gf256.times(denominator, points[i] ^ points[j]);
        }
      }
      weights[i] = Gf256.times(numerator, Gf256.inverse(denominator));
    }
    return weights;
  }

  /** Σ weight · share. */
  static long[] combine(int[] weights, List<long[]> shares) {
    long[] sum = new long[shares.get(0).length];
    for (int i = 0; i < weights.length; i++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] ^= Gf256.timesEach(shares.get(i)[k], weights[i]);
      }
    }
    return sum;
  }

  private static void checkPoint(int point) {
    if (point < 1 || point > 255) {
      throw new IllegalArgumentException("a share's point is 1 to 255, got " + point);
    }
  }
}
