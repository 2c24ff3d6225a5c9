package org.althing.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as reports print them: the same characters for the same bits on every Java version.
 *
 * <p>{@code Double.toString} and {@code String.format} of a {@code double} changed between
 * versions; everything here goes by the exact decimal expansion.
 */
public final class Decimal {
  private static final String MINUS = "\u2212";

  private Decimal() {}

  /** With {@code digits} digits behind the point, rounded half to even, and a true minus sign. */
  public static String fixed(double value, int digits) {
    String text =
        new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).abs().toPlainString();
    boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
    return value < 0 && !zero ? MINUS + text : text;
  }

  /** A whole number with thin spaces between groups of three digits. */
  public static String grouped(double value) {
    String digits = fixed(value, 0);
    int start = digits.startsWith(MINUS) ? 1 : 0;
    StringBuilder grouped = new StringBuilder(digits);
    for (int i = digits.length() - 3; i > start; i -= 3) {
      grouped.insert(i, '\u2009');
    }
    return grouped.toString();
  }

  /** A share as a percentage, without the sign. */
  public static String percent(double share, int digits) {
    return fixed(share * 100, digits);
  }

  /** With {@code digits} significant digits, in plain notation for everyday sizes. */
  public static String significant(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int magnitude = rounded.precision() - rounded.scale() - 1;
    String text =
        magnitude >= -5 && magnitude < 9
            ? rounded.abs().toPlainString()
            : rounded.abs().stripTrailingZeros().toString();
    return (value < 0 ? MINUS : "") + text;
  }

  /** Rounded up, for a bound that must not look smaller than it is. */
  public static String ceiling(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.CEILING).toPlainString();
  }

  /** The exact expansion, rounded to the fewest digits that read back as the same bits. */
  static BigDecimal exact(double value) {
    BigDecimal expansion = new BigDecimal(value);
    for (int digits = 1; digits <= 17; digits++) {
      BigDecimal rounded = expansion.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
      }
    }
    return expansion;
  }

  /** A coordinate of a drawing, in hundredths of a pixel. */
  static String pixels(double value) {
    BigDecimal rounded = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  static String hex(int value) {
    return String.format(Locale.ROOT, "%02x", value);
  }
}
