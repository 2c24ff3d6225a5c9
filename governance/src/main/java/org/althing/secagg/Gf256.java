package org.althing.secagg;

/**
 * GF(2⁸) with the AES polynomial x⁸+x⁴+x³+x+1, without tables: no memory address depends on a
 * secret, so no cache line tells one. Secrets go eight bytes to a long; factors are public points.
 */
final class Gf256 {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Gf256() {}

  /** Each of the eight bytes of {@code packed} times x. */
  private static long timesX(long packed) {
    long high = packed & HIGH_BITS;
    return ((packed ^ high) << 1) ^ ((high >>> 7) * 0x1bL);
  }

  /** Each of the eight bytes of {@code packed} times {@code factor}, 0 to 255. */
  static long timesEach(long packed, int factor) {
    long product = 0;
    long power = packed;
    for (int bit = 0; bit < 8; bit++) {
      product ^= power & -(long) ((factor >>> bit) & 1);
      power = timesX(power);
    }
    return product;
  }

  static int times(int a, int b) {
    return (int) timesEach(a, b);
  }

  /** a²⁵⁴; zero has none and gives zero. */
  static int inverse(int a) {
    int inverse = 1;
    int power = a;
    for (int bit = 1; bit < 8; bit++) {
      power = times(power, power);
      inverse = times(inverse, power);
    }
    return inverse;
  }
}
