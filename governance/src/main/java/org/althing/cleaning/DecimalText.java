package org.althing.cleaning;

import java.nio.charset.StandardCharsets;

/** Decimal numbers as bytes, read without making objects where they are short. */
public final class DecimalText {
  /** Characters; what is longer is no number. */
  static final int LONGEST = 64;

  /** A whole number up to 2⁵³ and a power of ten up to 10²² are doubles. */
  private static final long MOST_EXACT = 1L << 53;

  private static final int MOST_DIGITS = 18;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private DecimalText() {}

  /**
   * The double nearest to digits with or without a sign and a point; NaN of anything else, numbers
   * with an exponent included, which others read. The text has at least one byte.
   *
   * <p>A short number is a quotient of two doubles that are exact, so that one rounding is all
   * (Clinger 1990, "How to read floating point numbers accurately").
   */
  public static double valueOf(byte[] utf8, int from, int to) {
    if (to - from > LONGEST) {
      return Double.NaN;
    }
    int at = from;
    boolean negative = utf8[at] == '-';
    if (negative || utf8[at] == '+') {
      at++;
    }
    long digits = 0;
    int count = 0;
    int point = -1;
    for (int i = at; i < to; i++) {
      int digit = utf8[i] - '0';
      if (digit >= 0 && digit <= 9) {
        // Beyond 18 digits the sum overflows, but is not used.
        digits = digits * 10 + digit;
        count++;
      } else if (utf8[i] == '.' && point < 0) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    int fraction = point < 0 ? 0 : to - point - 1;
    if (count > MOST_DIGITS || digits > MOST_EXACT) {
      return Double.parseDouble(new String(utf8, from, to - from, StandardCharsets.ISO_8859_1));
    }
    double value = digits / POWERS[fraction];
    return negative ? -value : value;
  }
}
