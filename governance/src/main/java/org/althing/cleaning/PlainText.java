package org.althing.cleaning;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How field texts are read before any contract is consulted. */
final class PlainText {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");

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

  /** Where UTF-8 begins without the blanks before it; {@code to} where there are only blanks. */
  static int start(byte[] utf8, int from, int to) {
    int start = from;
    while (start < to) {
      int next = start + 1;
      while (next < to && continues(utf8[next])) {
        next++;
      }
      if (!blank(character(utf8, start, next))) {
        return start;
      }
      start = next;
    }
    return to;
  }

  /** Where UTF-8 ends without the blanks after it; {@code from} where there are only blanks. */
  static int end(byte[] utf8, int from, int to) {
    int end = to;
    while (end > from) {
      int last = end - 1;
      while (last > from && continues(utf8[last])) {
        last--;
      }
      if (!blank(character(utf8, last, end))) {
        return end;
      }
      end = last;
    }
    return from;
  }

  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** The character with these bytes; NUL for one beyond the basic plane, where no blanks are. */
  private static char character(byte[] utf8, int from, int to) {
    return switch (to - from) {
      case 1 -> (char) (utf8[from] & 0x7F);
      case 2 -> (char) ((utf8[from] & 0x1F) << 6 | (utf8[from + 1] & 0x3F));
      case 3 ->
          (char)
              ((utf8[from] & 0xF) << 12 | (utf8[from + 1] & 0x3F) << 6 | (utf8[from + 2] & 0x3F));
      default -> 0;
    };
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  /**
   * A decimal number with a point, possibly infinite where it is too large for a double; nothing
   * for NaN, words, hexadecimal, thousands separators or a decimal comma.
   */
  static OptionalDouble number(String text) {
    if (text.isEmpty() || text.length() > DecimalText.LONGEST) {
      return OptionalDouble.empty();
    }
    // A character that Latin-1 lacks becomes a question mark, which is in no number.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    double number = DecimalText.valueOf(bytes, 0, bytes.length);
    if (!Double.isNaN(number)) {
      return OptionalDouble.of(number);
    }
    return NUMBER.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
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
