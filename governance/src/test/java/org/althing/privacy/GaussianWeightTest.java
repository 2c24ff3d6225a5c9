package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianWeightTest {
  private static final int BITS = 200;

  /** From tables of the exponential function, 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.6065306597126334236037995349911804534419",
    "5, 10, 0.1353352832366126918939994949724844034076",
    "1, 4, 0.0003354626279025118388213891257808610193109",
    "3, 0, 1"
  })
  void liesBetweenItsBounds(long sigma, long x, BigDecimal expected) {
    GaussianWeight.Bounds bounds = new GaussianWeight(sigma).bounds(x, BITS);
    BigDecimal units = new BigDecimal(BigInteger.ONE.shiftLeft(BITS)).multiply(expected);
    BigDecimal digits = new BigDecimal(BigInteger.ONE.shiftLeft(BITS)).movePointLeft(40);
    assertThat(new BigDecimal(bounds.below())).isLessThanOrEqualTo(units.add(digits));
    assertThat(new BigDecimal(bounds.above())).isGreaterThanOrEqualTo(units.subtract(digits));
    assertThat(bounds.above().subtract(bounds.below())).isBetween(BigInteger.ONE, few());
  }

  private static BigInteger few() {
    return BigInteger.valueOf(1000);
  }

  @Test
  void boundsCloseInOnTheWeight() {
    Random random = new Random(20261128);
    for (int i = 0; i < 200; i++) {
      long sigma = 1 + (random.nextLong() >>> random.nextInt(34, 63));
      long x = (long) (random.nextDouble() * 12 * sigma);
      GaussianWeight weight = new GaussianWeight(sigma);
      GaussianWeight.Bounds wide = weight.bounds(x, 64);
      GaussianWeight.Bounds close = weight.bounds(x, 64 + 100);
      assertThat(wide.below().shiftLeft(100)).isLessThanOrEqualTo(close.below());
      assertThat(wide.above().shiftLeft(100)).isGreaterThanOrEqualTo(close.above());
      assertThat(close.below()).isLessThan(close.above());
      assertThat(close.above().subtract(close.below())).isLessThan(few());
    }
  }

  @Test
  void isOffByNoMoreThanItsError() {
    Random random = new Random(28112026);
    for (int i = 0; i < 20_000; i++) {
      long sigma = 1 + (random.nextLong() >>> random.nextInt(34, 63));
      long x = (long) (random.nextDouble() * (i % 4 == 0 ? 30 : 5) * sigma);
      assertNear(sigma, x);
    }
  }

  /** Where a step of the table ends and the next begins, and at the ends of what is asked for. */
  @Test
  void isOffByNoMoreThanItsErrorAtTheEdges() {
    for (long sigma : new long[] {1, 2, 3, 8, (1 << 20) - 1, 1 << 20, (1 << 30) - 1, 1 << 30}) {
      for (int k = 0; k <= 64 * 49; k++) {
        long x = (long) (sigma * Math.sqrt(2 * k / 64.0));
        assertNear(sigma, x);
        assertNear(sigma, x + 1);
      }
      assertNear(sigma, 0);
      assertNear(sigma, 127 * sigma);
    }
  }

  private static void assertNear(long sigma, long x) {
    GaussianWeight weight = new GaussianWeight(sigma);
    long found = weight.of(x);
    GaussianWeight.Bounds bounds = weight.bounds(x, GaussianWeight.BITS);
    assertThat(BigInteger.valueOf(found - GaussianWeight.ERROR))
        .as("sigma %d, x %d", sigma, x)
        .isLessThanOrEqualTo(bounds.below());
    assertThat(BigInteger.valueOf(weight.above(x)))
        .as("sigma %d, x %d", sigma, x)
        .isGreaterThanOrEqualTo(bounds.above());
  }
}
