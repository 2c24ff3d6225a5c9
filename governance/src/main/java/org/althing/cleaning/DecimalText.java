package org.althing.cleaning;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Decimal numbers as bytes, read and written without making objects where they are short. */
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

  private static final double[] SIGNS = {1, -1};
  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ZEROS = '0' * EACH;
  private static final long POINTS = '.' * EACH;

  /** Lifts what is above the digit 9 to the high bit. */
  private static final long ABOVE_NINE = (0x7F - '9') * EACH;

  /** Two digits of each four bytes. */
  private static final long TWOS = 0x000000FF000000FFL;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What {@link #write} needs at most. */
  static final int MOST_BYTES = 32;

  /** Decimal places of a short number. */
  private static final int PLACES = 4;

  private static final double STEPS = 1e4;

  /** A number below it has at most 15 digits in steps; these are those of its shortest text. */
  private static final double SHORT_BELOW = 1e11;

  private static final double WHOLE_BELOW = 1e15;

  /** Powers of ten of the first digit for which a number is written without an exponent. */
  private static final int LEAST_PLAIN = -4;

  private static final int MOST_PLAIN = 15;

  private DecimalText() {}

  /**
   * The double nearest to digits with or without a sign and a point; NaN of anything else, numbers
   * with an exponent included, which others read. The text has at least one byte.
   *
   * <p>A short number is a quotient of two doubles that are exact, so that one rounding is all
   * (Clinger 1990, "How to read floating point numbers accurately").
   */
  public static double valueOf(byte[] utf8, int from, int to) {
    int length = to - from;
    if (length <= Long.BYTES && from + Long.BYTES <= utf8.length) {
      return ofEight((long) EIGHT.get(utf8, from), length);
    }
    return length > LONGEST ? Double.NaN : ofMany(utf8, from, to);
  }

  /**
   * Of a text that is the first bytes of {@code text}. All of them are looked at together, so that
   * no branch depends on how many digits there are or on their sign, which nobody could foretell.
   *
   * @param length 1 to 8
   */
  private static double ofEight(long text, int length) {
    // To the right, as numbers stand: the last digit in the highest byte, zeros before the first.
    int half = Byte.SIZE / 2 * length;
    int shift = Long.SIZE - 2 * half;
    long digits = (text << shift) | ((ZEROS >>> half) >>> half);
    long first = text & 0xFF;
    int sign = first == '-' || first == '+' ? 1 : 0;
    digits ^= (sign * (first ^ '0')) << shift;
    long points = zeroBytes(digits ^ POINTS);
    int fraction = 0;
    if (points != 0) {
      // What stands before the point moves over it; a second point stays, and is no digit.
      int point = Long.numberOfTrailingZeros(points) - (Byte.SIZE - 1);
      fraction = (Long.SIZE - Byte.SIZE - point) / Byte.SIZE;
      long before = (1L << point) - 1;
      long behind = -1L << point << Byte.SIZE;
      digits = (digits & behind) | ((digits & before) << Byte.SIZE) | '0';
    }
    boolean none = length == sign + (points == 0 ? 0 : 1);
    if (none || (((digits + ABOVE_NINE) | (digits - ZEROS)) & HIGH_BITS) != 0) {
      return Double.NaN;
    }
    return SIGNS[first == '-' ? 1 : 0] * (digitsOf(digits - ZEROS) / POWERS[fraction]);
  }

  /** Pairs of digits, then pairs of pairs, then both fours; the lowest byte counts most. */
  private static long digitsOf(long each) {
    long twos = each * 10 + (each >>> 8);
    return ((twos & TWOS) * (100 + (1_000_000L << 32))
            + ((twos >>> 16) & TWOS) * (1 + (10_000L << 32)))
        >>> 32;
  }

  /** The high bit of the first byte that is 0, and maybe of others behind it. */
  private static long zeroBytes(long eight) {
    return (eight - EACH) & ~eight & HIGH_BITS;
  }

  private static double ofMany(byte[] utf8, int from, int to) {
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

  /**
   * Writes a finite number's {@linkplain #of text}.
   *
   * @return where it ends
   */
  static int write(double number, byte[] into, int from) {
    double steps = Math.rint(number * STEPS);
    if (Math.abs(number) < SHORT_BELOW && steps / STEPS == number) {
      return write((long) steps, into, from);
    }
    byte[] text = of(number).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, into, from, text.length);
    return from + text.length;
  }

  private static int write(long steps, byte[] into, int from) {
    long left = Math.abs(steps);
    int fraction = PLACES;
    while (fraction > 0 && left % 10 == 0) {
      left /= 10;
      fraction--;
    }
    int end = from + (steps < 0 ? 1 : 0) + digits(left, fraction) + (fraction > 0 ? 1 : 0);
    int at = end;
    for (int i = 0; i < fraction; i++) {
      into[--at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    if (fraction > 0) {
      into[--at] = '.';
    }
    do {
      into[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    if (steps < 0) {
      into[--at] = '-';
    }
    return end;
  }

  /** How many digits a number has, at least one before those of its fraction. */
  private static int digits(long number, int fraction) {
    int count = 1;
    for (long left = number / 10; left > 0; left /= 10) {
      count++;
    }
    return Math.max(count, fraction + 1);
  }

  /**
   * The shortest text that reads back as a number: without a fraction where it is whole and below
   * 10¹⁵, with an exponent of two digits or more where it is very large or small, {@code nan},
   * {@code inf} or {@code -inf}.
   */
  public static String of(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    if (number == Math.rint(number) && Math.abs(number) < WHOLE_BELOW) {
      return Long.toString((long) number);
    }
    BigDecimal shortest = shortest(number);
    int power = shortest.precision() - shortest.scale() - 1;
    if (power >= LEAST_PLAIN && power <= MOST_PLAIN) {
      return shortest.scale() > 0 ? shortest.toPlainString() : shortest.setScale(1).toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return "%s%s%se%s%02d"
        .formatted(
            number < 0 ? "-" : "",
            digits.charAt(0),
            digits.length() > 1 ? "." + digits.substring(1) : "",
            power < 0 ? "-" : "+",
            Math.abs(power));
  }

  /** The platform sometimes writes a digit more than reading back needs (JDK-4511638). */
  private static BigDecimal shortest(double number) {
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    while (decimal.precision() > 1) {
      BigDecimal shorter =
          decimal
              .round(new MathContext(decimal.precision() - 1, RoundingMode.HALF_EVEN))
              .stripTrailingZeros();
      if (shorter.doubleValue() != number) {
        break;
      }
      decimal = shorter;
    }
    return decimal;
  }
}
