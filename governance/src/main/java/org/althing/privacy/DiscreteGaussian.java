package org.althing.privacy;

/**
 * Exact samples of the discrete Gaussian N_Z(0, σ²) for whole σ, in {@code long} arithmetic without
 * floating point (Canonne, Kamath, Steinke 2020, arXiv 2004.00010, algorithms 1 to 3; overflow-free
 * acceptance, privacy §1.1).
 *
 * <p>Not constant in time: the caller draws all noise before it reads data. Not safe for concurrent
 * use.
 */
public final class DiscreteGaussian {
  private final RandomWords words;
  private long bitBuffer;
  private int bitsLeft;

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
    while (true) {
      long u = remainder(sigma);
      long v = quotient();
      boolean negative = bit();
      if (negative && u == 0 && v == 0) {
        continue;
      }
      if (accepts(u, v, sigma)) {
        long magnitude = u + sigma * v;
        return negative ? -magnitude : magnitude;
      }
    }
  }

  /** u of the discrete Laplace magnitude u + sigma·v: uniform, accepted at exp(-u/sigma). */
  private long remainder(long sigma) {
    while (true) {
      long u = uniform(sigma);
      if (bernoulliExp(u, sigma)) {
        return u;
      }
    }
  }

  /** v of the discrete Laplace magnitude: geometric. */
  private long quotient() {
    long v = 0;
    while (bernoulliExpOne()) {
      v++;
    }
    return v;
  }

  /**
   * exp(-d²/2σ²) for d = |u + σv - σ| = qσ + m, as exp(-½)^(q²) · exp(-m/σ)^q · exp(-m²/2σ²):
   * nothing overflows.
   */
  private boolean accepts(long u, long v, long sigma) {
    long q = v > 0 ? v - 1 : (u == 0 ? 1 : 0);
    long m = v > 0 || u == 0 ? u : sigma - u;
    for (long i = q * q; i > 0; i--) {
      if (!bernoulliExp(1, 2)) {
        return false;
      }
    }
    for (long i = q; i > 0; i--) {
      if (!bernoulliExp(m, sigma)) {
        return false;
      }
    }
    return bernoulliExp(m * m, 2 * sigma * sigma);
  }

  /**
   * Bernoulli(exp(-a/b)) for 0 ≤ a ≤ b (von Neumann): Bernoulli(a/kb) is split so that no
   * denominator grows.
   */
  private boolean bernoulliExp(long a, long b) {
    if (uniform(b) >= a) {
      return true;
    }
    long k = 2;
    while (uniform(k) == 0 && uniform(b) < a) {
      k++;
    }
    return (k & 1) == 1;
  }

  private boolean bernoulliExpOne() {
    long k = 2;
    while (uniform(k) == 0) {
      k++;
    }
    return (k & 1) == 1;
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

  private boolean bit() {
    if (bitsLeft == 0) {
      bitBuffer = words.next();
      bitsLeft = 64;
    }
    boolean bit = (bitBuffer & 1) == 1;
    bitBuffer >>>= 1;
    bitsLeft--;
    return bit;
  }
}
