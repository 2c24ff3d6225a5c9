package org.althing.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.althing.model.features.SoftmaxModel;

/**
 * Scores as lines of {@code row,probability,prediction}; probabilities to six digits. Of several
 * classes the prediction is the name of the likeliest, the probability its own, and behind them
 * stand those of all classes in their order.
 */
final class ScoreLines {
  private static final String HEAD = "row,probability,prediction";
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

  /** The names of the classes as fields; none of a yes-or-no label. */
  private final List<byte[]> classes;

  ScoreLines() {
    this(List.of());
  }

  /**
   * @param classes their names; none of a yes-or-no label
   */
  ScoreLines(List<String> classes) {
    this.classes = classes.stream().map(ScoreLines::field).toList();
  }

  /** The line of names. */
  static String head(List<String> classes) {
    StringBuilder head = new StringBuilder(HEAD);
    for (String name : classes) {
      head.append(',').append(quoted("probability of " + name));
    }
    return head.append('\n').toString();
  }

  private static byte[] field(String text) {
    return quoted(text).getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return DelimitedText.quoted(text, ',');
  }

  /** The lines of the next scores; valid until the next call. */
  void write(ScoredChunk chunk) {
    length = 0;
    for (int i = 0; i < chunk.rows(); i++) {
      reserve(LONGEST_LINE);
      row++;
      digits(row, 1);
      put(',');
      if (classes.isEmpty()) {
        double probability = chunk.probability(i);
        probability(probability);
        put(',');
        put(probability >= 0.5 ? '1' : '0');
      } else {
        classes(chunk.scores(i));
      }
      put('\n');
    }
  }

  private void classes(double[] scores) {
    int likeliest = SoftmaxModel.largest(scores);
    double[] probabilities = SoftmaxModel.probabilities(scores);
    probability(probabilities[likeliest]);
    put(',');
    byte[] name = classes.get(likeliest);
    reserve(name.length + LONGEST_LINE);
    System.arraycopy(name, 0, bytes, length, name.length);
    length += name.length;
    for (double probability : probabilities) {
      reserve(LONGEST_LINE);
      put(',');
      probability(probability);
    }
  }

  private void reserve(int more) {
    if (bytes.length < length + more) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
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
      reserve(exact.length + LONGEST_LINE);
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
