package org.althing.privacy;

import java.math.BigInteger;

/**
 * Exact samples of the discrete Gaussian N_Z(0, σ²) for whole σ, in whole numbers without floating
 * point: rejection from strips, accepted by a comparison that is worked out no further than it has
 * to be (lazy evaluation: Ducas, Nguyen 2012; Karney 2016; ADR 23 has the proof).
 *
 * <p>The words that a trial takes do not depend on what it gives, but how many trials there are,
 * and rarely more, do: the caller draws all noise before it reads data. Not safe for concurrent
 * use.
 */
public final class DiscreteGaussian {
  private static final int SELECTOR = StripTable.ENTRIES - 1;

  private final RandomWords words;
  private GaussianWeight weight = new GaussianWeight(1);

  public DiscreteGaussian(RandomWords words) {
    this.words = words;
  }

  /**
   * @param sigma 1 to 2³⁰
   */
  public long sample(long sigma) {
    if (sigma < 1 || sigma > NoisePlan.MOST_SIGMA) {
      throw new IllegalArgumentException("sigma is 1 to 2^30, got " + sigma);
    }
    if (sigma != weight.sigma()) {
      weight = new GaussianWeight(sigma);
    }
    long width = (sigma + StripTable.PER_SIGMA - 1) / StripTable.PER_SIGMA;
    while (true) {
      // The lowest bits choose the strip, the highest one the sign.
      long word = words.next();
      int strip = StripTable.strip((int) word & SELECTOR);
      if (strip == StripTable.NONE) {
        continue;
      }
      int section = strip == StripTable.TAIL ? coinFlips() : 0;
      long x =
          strip == StripTable.TAIL
              ? (strip + (long) StripTable.SECTION * section) * width
                  + uniform(StripTable.SECTION * width)
              : strip * width + uniform(width);
      boolean negative = word < 0;
      boolean secondZero = negative && x == 0;
      if (!secondZero && accepts(x, StripTable.count(strip), section)) {
        return negative ? -x : x;
      }
    }
  }

  /** Geometric: how often a coin falls on one side before it falls on the other. */
  private int coinFlips() {
    int flips = 0;
    long word = words.next();
    while (word == 0) {
      flips += Long.SIZE;
      word = words.next();
    }
    return flips + Long.numberOfTrailingZeros(word);
  }

  /** Bernoulli(exp(-x²/2σ²)·K·2^section / count), where that is at most 1. */
  private boolean accepts(long x, int count, int section) {
    long first = words.next() >>> (Long.SIZE - GaussianWeight.BITS);
    long middle = StripTable.HEIGHT * weight.of(x);
    long error = StripTable.HEIGHT * GaussianWeight.ERROR;
    int halvings = Math.min(section, Long.SIZE - 1);
    if (((first + 1) * count) >>> halvings < middle - error) {
      return true;
    }
    if ((first * count) >>> halvings >= middle + error) {
      return false;
    }
    return acceptsAtLast(BigInteger.valueOf(first), x, count, section);
  }

  /** The same with more and more bits, until they decide; they do with probability 1. */
  private boolean acceptsAtLast(BigInteger first, long x, int count, int section) {
    BigInteger chosen = first;
    BigInteger entries = BigInteger.valueOf(count);
    BigInteger height = BigInteger.valueOf(StripTable.HEIGHT).shiftLeft(section);
    for (int bits = GaussianWeight.BITS + Long.SIZE; ; bits += Long.SIZE) {
      BigInteger word = new BigInteger(Long.toUnsignedString(words.next()));
      chosen = chosen.shiftLeft(Long.SIZE).add(word);
      GaussianWeight.Bounds bounds = weight.bounds(x, bits);
      if (chosen.add(BigInteger.ONE).multiply(entries).compareTo(bounds.below().multiply(height))
          <= 0) {
        return true;
      }
      if (chosen.multiply(entries).compareTo(bounds.above().multiply(height)) >= 0) {
        return false;
      }
    }
  }

  /** Uniform on 0 .. n-1, exact (Lemire 2019: high half of a 128-bit product, with rejection). */
  private long uniform(long n) {
    long word = words.next();
    // Words are rejected below 2⁶⁴ mod n, which is itself below n: hardly ever worth a division.
    if (Long.compareUnsigned(word * n, n) < 0) {
      long rejectBelow = Long.remainderUnsigned(-n, n);
      while (Long.compareUnsigned(word * n, rejectBelow) < 0) {
        word = words.next();
      }
    }
    return unsignedHigh(word, n);
  }

  /**
   * The high half of an unsigned product with a positive factor ({@code Math.unsignedMultiplyHigh}
   * is JDK 18).
   */
  private static long unsignedHigh(long word, long positive) {
    return Math.multiplyHigh(word, positive) + ((word >> 63) & positive);
  }
}
