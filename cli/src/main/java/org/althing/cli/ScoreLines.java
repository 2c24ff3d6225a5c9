package org.althing.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Scores as lines of {@code row,probability,prediction}; probabilities to six digits. */
final class ScoreLines {
  static final String HEAD = "row,probability,prediction\n";
  private static final int DIGITS = 6;
  private static final double LEAST_SCALED = 1e5;

  /** Rounded up, it would have a digit more. */
  private static final double MOST_WHOLE = 999_999;

  /** How near a half makes rounding a double product doubtful; its error is below 10⁻⁹. */
  private static final double DOUBT = 1e-6;

  private static final int MOST_DECIMALS = 16;
  private static final int LONGEST_LINE = 64;

  private byte[] bytes = new byte[1 << 14];
  private int length;
  private long row;

  /** The lines of the next scores; valid until the next call. */
  void write(ScoredChunk chunk) {
    length = 0;
    for (int i = 0; i < chunk.rows(); i++) {
      if (bytes.length < length + LONGEST_LINE) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      double probability = chunk.probability(i);
      row++;
      digits(row, 1);
      put(',');
      probability(probability);
      put(',');
      put(probability >= 0.5 ? '1' : '0');
      put('\n');
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void put(char c) {
    bytes[length++] = (byte) c;
  }

  /** A number with leading zeros to at least {@code least} digits. */
  private void digits(long number, int least) {
    int count = least;
    for (long rest = number / pow10(least); rest > 0; rest /= 10) {
      count++;
    }
    long rest = number;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  private static long pow10(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private void probability(double value) {
    int decimals = DIGITS;
    double scaled = value * 1e6;
    while (scaled < LEAST_SCALED && decimals < MOST_DECIMALS) {
      decimals++;
      scaled = value * pow10(decimals);
    }
    double whole = Math.floor(scaled);
    double rest = scaled - whole;
    boolean doubtful = rest < DOUBT || rest > 1 - DOUBT || Math.abs(rest - 0.5) < DOUBT;
    if (doubtful || scaled < LEAST_SCALED || (whole >= MOST_WHOLE && rest > 0.5)) {
      byte[] exact = text(value).getBytes(StandardCharsets.US_ASCII);
      if (bytes.length < length + exact.length + LONGEST_LINE) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length + exact.length);
      }
      System.arraycopy(exact, 0, bytes, length, exact.length);
      length += exact.length;
      return;
    }
    put('0');
    put('.');
    digits((long) whole + (rest > 0.5 ? 1 : 0), decimals);
  }

  /** A probability as {@link #write} writes it. */
  static String written(double probability) {
    ScoreLines lines = new ScoreLines();
    lines.probability(probability);
    return new String(lines.bytes, 0, lines.length, StandardCharsets.US_ASCII);
  }

  /** To six significant digits, without an exponent. */
  static String text(double value) {
    return decimal(value, DIGITS);
  }

  static String decimal(double value, int digits) {
    return new BigDecimal(value, new MathContext(digits, RoundingMode.HALF_EVEN)).toPlainString();
  }
}
