package org.althing.cleaning;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;

/** How field texts are read before any contract is consulted. */
final class PlainText {
  private static final int LONGEST_NUMBER = 64;
  private static final int MOST_EXPONENT_DIGITS = 4;

  /** Below 2^53, so that a double holds them exactly. */
  private static final int EXACT_DIGITS = 15;

  /** Those that a double holds exactly. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int LONGEST_DAY = 10;

  private PlainText() {}

  /** Without blanks of any script, no-break spaces and byte order marks around it. */
  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && blank(text.charAt(start))) {
      start++;
    }
    while (end > start && blank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  /**
   * A decimal number with a point, possibly infinite where it is too large for a double; nothing
   * for NaN, words, hexadecimal, thousands separators or a decimal comma.
   *
   * <p>The double nearest to it: where digits and power of ten are exact doubles, one operation
   * rounds once (Clinger 1990, §3); all other texts are the library's.
   */
  static OptionalDouble number(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return OptionalDouble.empty();
    }
    int start = isSign(text, 0) ? 1 : 0;
    int point = digits(text, start);
    int end = point < text.length() && text.charAt(point) == '.' ? digits(text, point + 1) : point;
    int places = Math.max(0, end - point - 1);
    if (point - start + places == 0) {
      return OptionalDouble.empty();
    }
    int exponent = 0;
    if (end < text.length()) {
      int first = isSign(text, end + 1) ? end + 2 : end + 1;
      boolean marked = (text.charAt(end) | 0x20) == 'e';
      int length = text.length() - first;
      if (!marked
          || length < 1
          || length > MOST_EXPONENT_DIGITS
          || digits(text, first) < text.length()) {
        return OptionalDouble.empty();
      }
      exponent = Integer.parseInt(text, end + 1, text.length(), 10);
    }
    int scale = exponent - places;
    if (point - start + places > EXACT_DIGITS || Math.abs(scale) >= POWERS_OF_TEN.length) {
      return OptionalDouble.of(Double.parseDouble(text));
    }
    double whole = whole(text, start, end);
    double value = scale < 0 ? whole / POWERS_OF_TEN[-scale] : whole * POWERS_OF_TEN[scale];
    return OptionalDouble.of(text.charAt(0) == '-' ? -value : value);
  }

  private static boolean isSign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
  }

  /** Where the digits from {@code at} on end. */
  private static int digits(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The digits from {@code start} to {@code end} as one number, a point left out. */
  private static long whole(String text, int start, int end) {
    long whole = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      whole = c == '.' ? whole : 10 * whole + (c - '0');
    }
    return whole;
  }

  /** A day of the calendar, written as the reader demands. */
  static Optional<LocalDate> day(String text, DateTimeFormatter reader) {
    if (text.length() > LONGEST_DAY) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text, reader));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
