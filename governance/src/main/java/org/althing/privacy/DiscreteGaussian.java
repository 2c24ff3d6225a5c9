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
      long magnitude = laplaceMagnitude(sigma);
      boolean negative = bit();
      if (negative && magnitude == 0) {
        continue;
      }
      if (accepts(Math.abs(magnitude - sigma), sigma)) {
        return negative ? -magnitude : magnitude;
      }
    }
  }

  /**
   * |discrete Laplace| of scale sigma: u + sigma·v with u accepted at exp(-u/sigma) and v
   * geometric.
   */
  private long laplaceMagnitude(long sigma) {
    while (true) {
      long u = uniform(sigma);
      if (!bernoulliExp(u, sigma)) {
        continue;
      }
      long v = 0;
      while (bernoulliExpOne()) {
        v++;
      }
      return u + sigma * v;
    }
  }

  /**
   * exp(-d²/2σ²) with d = qσ + m, as exp(-½)^(q²) · exp(-m/σ)^q · exp(-m²/2σ²): nothing overflows.
   */
  private boolean accepts(long d, long sigma) {
    long q = d / sigma;
    long m = d % sigma;
    for (long i = 0; i < q * q; i++) {
      if (!bernoulliExp(1, 2)) {
        return false;
      }
    }
    for (long i = 0; i < q; i++) {
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
    long k = 1;
    while ((k == 1 || uniform(k) == 0) && uniform(b) < a) {
      k++;
    }
    return (k & 1) == 1;
  }

  private boolean bernoulliExpOne() {
    long k = 1;
    while (k == 1 || uniform(k) == 0) {
      k++;
    }
    return (k & 1) == 1;
  }

  /** Uniform on 0 .. n-1, exact (Lemire 2019: high half of a 128-bit product, with rejection). */
  private long uniform(long n) {
    long rejectBelow = Long.remainderUnsigned(-n, n);
    while (true) {
      long word = words.next();
      if (Long.compareUnsigned(word * n, rejectBelow) >= 0) {
        return unsignedHigh(word, n);
      }
    }
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
