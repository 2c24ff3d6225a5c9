package org.althing.privacy;

import java.math.BigInteger;

/**
 * exp(-x²/2σ²) for one σ: quickly, in fixed point with an error that is known, and from both sides
 * as closely as anybody asks.
 *
 * <p>Integers only: x/σ by a reciprocal, its square t, then {@code exp(-k/64)} from a table times
 * four terms of the series for what is left of t, less than 1/64.
 */
final class GaussianWeight {
  /** Of the fixed point. */
  static final int BITS = 54;

  /**
   * What {@link #of} is off by at most, in its own unit: 2⁻³⁶. The series leaves less than 2⁻³⁰/120
   * out, everything else rounds below 2⁻⁴⁷.
   */
  static final long ERROR = 1L << (BITS - 36);

  private static final int TABLE_BITS = 62;

  /** exp(-48) and all beyond it is less than the error. */
  private static final long[] POWERS = powers(64 * 48);

  private final long sigma;

  /** 2^(62 + ⌊log₂ σ⌋) / σ. */
  private final long reciprocal;

  private final int shift;

  /**
   * @param sigma 1 to 2³⁰
   */
  GaussianWeight(long sigma) {
    this.sigma = sigma;
    int log = 63 - Long.numberOfLeadingZeros(sigma);
    reciprocal =
        BigInteger.ONE.shiftLeft(62 + log).divide(BigInteger.valueOf(sigma)).longValueExact();
    shift = 6 + log;
  }

  long sigma() {
    return sigma;
  }

  /** exp(-1/64) to the power of 0, 1, 2 and so on, rounded down. */
  private static long[] powers(int count) {
    int bits = 3 * TABLE_BITS;
    BigInteger step = BigInteger.ZERO;
    BigInteger term = BigInteger.ONE.shiftLeft(bits);
    for (int k = 1; term.signum() != 0; k++) {
      step = step.add(term);
      term = term.negate().divide(BigInteger.valueOf(64L * k));
    }
    long[] powers = new long[count];
    BigInteger power = BigInteger.ONE.shiftLeft(bits);
    for (int k = 0; k < count; k++) {
      powers[k] = power.shiftRight(bits - TABLE_BITS).longValueExact();
      power = power.multiply(step).shiftRight(bits);
    }
    return powers;
  }

  /**
   * In units of 2^-{@value #BITS}, off by at most {@link #ERROR}.
   *
   * @param x 0 to 127σ
   */
  long of(long x) {
    long high = Math.multiplyHigh(x, reciprocal);
    long ratio = (high << (64 - shift)) | ((x * reciprocal) >>> shift);
    // The ratio has 56 bits behind the point; half its square, which is the high word, 49.
    long t = Math.multiplyHigh(ratio, ratio);
    int k = (int) (t >>> 43);
    if (k >= POWERS.length) {
      return 0;
    }
    long rest = (t & ((1L << 43) - 1)) << 13;
    long one = 1L << TABLE_BITS;
    long series = one - rest / 4;
    series = one - product(rest / 3, series);
    series = one - product(rest / 2, series);
    series = one - product(rest, series);
    return product(POWERS[k], series) >>> (TABLE_BITS - BITS);
  }

  /** Of two numbers with 62 bits behind the point. */
  private static long product(long a, long b) {
    return Math.multiplyHigh(a, b) << 2;
  }

  /** Not below the true weight. */
  long above(long x) {
    return of(x) + ERROR;
  }

  /** The weight lies between the two, in units of 2^-bits. */
  record Bounds(BigInteger below, BigInteger above) {}

  /** As close as anybody wants: by one over the series of exp(x²/2σ²), all of whose terms add. */
  Bounds bounds(long x, int bits) {
    BigInteger square = BigInteger.valueOf(x).pow(2);
    BigInteger twoVariance = BigInteger.valueOf(sigma).pow(2).shiftLeft(1);
    BigInteger one = BigInteger.ONE.shiftLeft(bits);
    BigInteger low = one;
    BigInteger high = one;
    BigInteger lowSum = one;
    BigInteger highSum = one;
    BigInteger divisor = twoVariance;
    // From the term on that has at most half of the one before it, all others sum to less than it.
    while (high.compareTo(BigInteger.ONE) > 0 || divisor.compareTo(square.shiftLeft(1)) < 0) {
      low = low.multiply(square).divide(divisor);
      high = high.multiply(square).divide(divisor).add(BigInteger.ONE);
      lowSum = lowSum.add(low);
      highSum = highSum.add(high);
      divisor = divisor.add(twoVariance);
    }
    BigInteger whole = one.shiftLeft(bits);
    return new Bounds(whole.divide(highSum.add(high)), whole.divide(lowSum).add(BigInteger.ONE));
  }
}
