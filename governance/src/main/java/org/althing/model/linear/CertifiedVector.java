package org.althing.model.linear;

import java.math.BigInteger;

/** Makes a proposed integer vector respect its bound, whatever floating point proposed. */
final class CertifiedVector {
  private CertifiedVector() {}

  /**
   * Leaves {@code vector} alone where its squared norm is within {@code l2Squared}; else scales it
   * down towards zero until it is (privacy §1.4).
   */
  static void shrinkWithin(long[] vector, long l2Squared) {
    if (isWithin(vector, l2Squared)) {
      return;
    }
    BigInteger measured = squaredNorm(vector);
    BigInteger bound = BigInteger.valueOf(l2Squared);
    if (measured.compareTo(bound) <= 0) {
      return;
    }
    BigInteger root = measured.sqrt().add(BigInteger.ONE);
    for (int i = 0; i < vector.length; i++) {
      vector[i] =
          BigInteger.valueOf(vector[i]).multiply(bound.sqrt()).divide(root).longValueExact();
    }
  }

  /** The usual case without big integers: below 2⁶² one more square below 2⁵² cannot overflow. */
  private static boolean isWithin(long[] vector, long l2Squared) {
    if (l2Squared >> 62 != 0) {
      return false;
    }
    long sum = 0;
    for (long coordinate : vector) {
      if (Math.abs(coordinate) >> 26 != 0) {
        return false;
      }
      sum += coordinate * coordinate;
      if (sum > l2Squared) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger squaredNorm(long[] vector) {
    BigInteger sum = BigInteger.ZERO;
    for (long coordinate : vector) {
      BigInteger value = BigInteger.valueOf(coordinate);
      sum = sum.add(value.multiply(value));
    }
    return sum;
  }
}
