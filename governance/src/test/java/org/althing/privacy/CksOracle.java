package org.althing.privacy;

import java.math.BigInteger;

/**
 * Algorithms 1 to 3 of Canonne, Kamath, Steinke 2020 as they are printed, in rational arithmetic:
 * slow, and the measure for the fast sampler.
 */
final class CksOracle {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
  private final RandomWords words;
  private long bits;
  private int bitsLeft;

  CksOracle(RandomWords words) {
    this.words = words;
  }

  long sample(long sigma) {
    BigInteger s = BigInteger.valueOf(sigma);
    BigInteger twoVariance = s.multiply(s).shiftLeft(1);
    while (true) {
      BigInteger u = uniform(s);
      if (!bernoulliExpAtMostOne(u, s)) {
        continue;
      }
      BigInteger v = BigInteger.ZERO;
      while (bernoulliExpAtMostOne(BigInteger.ONE, BigInteger.ONE)) {
        v = v.add(BigInteger.ONE);
      }
      BigInteger y = u.add(s.multiply(v));
      boolean negative = bit();
      if (negative && y.signum() == 0) {
        continue;
      }
      if (bernoulliExp(y.subtract(s).pow(2), twoVariance)) {
        return (negative ? y.negate() : y).longValueExact();
      }
    }
  }

  private boolean bernoulliExp(BigInteger a, BigInteger b) {
    BigInteger left = a;
    while (left.compareTo(b) > 0) {
      if (!bernoulliExpAtMostOne(BigInteger.ONE, BigInteger.ONE)) {
        return false;
      }
      left = left.subtract(b);
    }
    return bernoulliExpAtMostOne(left, b);
  }

  /** Bernoulli(a/(k·b)) as Bernoulli(1/k) and Bernoulli(a/b), the order of the known answers. */
  private boolean bernoulliExpAtMostOne(BigInteger a, BigInteger b) {
    long k = 1;
    while (true) {
      boolean first = k == 1 || uniform(BigInteger.valueOf(k)).signum() == 0;
      // Bernoulli(1) needs no randomness.
      if (!first || !(a.equals(b) || uniform(b).compareTo(a) < 0)) {
        return k % 2 == 1;
      }
      k++;
    }
  }

  private BigInteger uniform(BigInteger n) {
    BigInteger rejectBelow = TWO_64.subtract(n).mod(n);
    while (true) {
      BigInteger product = new BigInteger(Long.toUnsignedString(words.next())).multiply(n);
      if (product.mod(TWO_64).compareTo(rejectBelow) >= 0) {
        return product.shiftRight(64);
      }
    }
  }

  private boolean bit() {
    if (bitsLeft == 0) {
      bits = words.next();
      bitsLeft = 64;
    }
    boolean bit = (bits & 1) == 1;
    bits >>>= 1;
    bitsLeft--;
    return bit;
  }
}
