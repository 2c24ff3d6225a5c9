package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextRowsTest {
  private static final String BLANKS = " \t\u00a0\u3000\u2003\u2028\u1680\ufeff";
  private static final String OTHERS = "a7.é\u0085\u200b北\u2010\"-";

  private static String random(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      String from = random.nextInt(3) == 0 ? OTHERS : BLANKS;
      text.append(random.nextInt(20) == 0 ? "\ud83d\ude00" : charOf(random, from));
    }
    return text.toString();
  }

  private static String charOf(Random random, String from) {
    return String.valueOf(from.charAt(random.nextInt(from.length())));
  }

  @Test
  void bytesAreTrimmedAsCharactersAre() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      String text = random(random, 8);
      TextRows rows = TextRows.of(List.of(new String[] {"x", text}, new String[] {text, ""}));
      assertThat(rows.text(0, 1)).isEqualTo(text);
      for (int times = 0; times < 2; times++) {
        rows.trim();
        assertThat(rows.text(0, 1)).isEqualTo(PlainText.trimmed(text));
        assertThat(rows.text(1, 0)).isEqualTo(PlainText.trimmed(text));
        assertThat(rows.text(1, 1)).isEmpty();
      }
    }
  }

  private static double randomNumber(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(2001) - 1000;
      case 1 -> random.nextInt(2_000_000) / 100.0 - 10_000;
      case 2 -> (random.nextLong() >> random.nextInt(63)) / 1e4;
      case 3 -> Double.longBitsToDouble(random.nextLong());
      case 4 -> Math.scalb(random.nextGaussian(), random.nextInt(140) - 70);
      default -> random.nextInt(100) * Math.pow(10, random.nextInt(40) - 20);
    };
  }

  @Test
  void numbersAreWrittenAsTheShortestTextThatReadsBack() {
    Random random = new Random(6);
    TextRows rows = new TextRows(1);
    for (int i = 0; i < 50_000; i++) {
      double number = randomNumber(random);
      rows.clear();
      rows.set(0, new double[] {number}, 1);
      rows.endRow();
      String text = rows.text(0, 0);
      assertThat(text).isEqualTo(Double.isFinite(number) ? DecimalText.of(number) : "");
      if (Double.isFinite(number)) {
        assertThat(PlainText.number(text).orElseThrow()).isEqualTo(number + 0.0);
        assertThat(new BigDecimal(text).stripTrailingZeros().precision())
            .isLessThanOrEqualTo(
                new BigDecimal(Double.toString(number)).stripTrailingZeros().precision());
      }
    }
    assertThat(
            DoubleStream.of(
                    0, -0.0, 1, -2.5, 0.1, 1e-4, 1e-5, 123456789.01234, 1e15, 1e16, -1.5e-300)
                .mapToObj(DecimalText::of))
        .containsExactly(
            "0",
            "0",
            "1",
            "-2.5",
            "0.1",
            "0.0001",
            "1e-05",
            "123456789.01234",
            "1000000000000000.0",
            "1e+16",
            "-1.5e-300");
    assertThat(
            Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .map(DecimalText::of))
        .containsExactly("nan", "inf", "-inf");
  }

  /**
   * Whatever a field was given as, its text is the same, trimmed or not, asked for once or twice.
   */
  @Test
  void fieldsMayBeGivenAheadAndInSeveralForms() {
    Random random = new Random(8);
    TextRows rows = new TextRows(3);
    List<String> words = Stream.generate(() -> random(random, 6)).limit(20).toList();
    for (int round = 0; round < 50; round++) {
      TextList list = new TextList(words);
      String[][] expected = new String[random.nextInt(100)][3];
      int done = 0;
      while (done < expected.length) {
        int count = 1 + random.nextInt(expected.length - done);
        rows.reserveRows(count);
        for (int field : new int[] {1, 0, 2}) {
          double[] numbers = DoubleStream.generate(() -> Double.NaN).limit(count).toArray();
          int[] places = IntStream.generate(() -> -1).limit(count).toArray();
          String[] texts = new String[count];
          Arrays.fill(texts, "");
          for (int ahead = 0; ahead < count; ahead++) {
            switch (random.nextInt(4)) {
              case 0 -> numbers[ahead] = randomNumber(random);
              case 1 -> places[ahead] = random.nextInt(words.size());
              case 2 -> texts[ahead] = random(random, 9);
              default -> {
                // Left empty.
              }
            }
            expected[done + ahead][field] =
                Double.isFinite(numbers[ahead])
                    ? DecimalText.of(numbers[ahead])
                    : places[ahead] >= 0 ? words.get(places[ahead]) : texts[ahead];
          }
          rows.set(field, numbers, count);
          rows.set(field, list, places, count);
          for (int ahead = 0; ahead < count; ahead++) {
            rows.set(ahead, field, texts[ahead]);
          }
        }
        rows.endRows(count);
        done += count;
      }
      assertThat(rows.rows()).isEqualTo(done);
      boolean trims = random.nextBoolean();
      if (trims) {
        rows.trim();
      }
      for (int asked = 0; asked < 2 * done; asked++) {
        int row = random.nextInt(done);
        int field = random.nextInt(3);
        String text = expected[row][field];
        assertThat(rows.text(row, field)).isEqualTo(trims ? PlainText.trimmed(text) : text);
      }
      rows.clear();
    }
  }

  @Test
  void holdsWhatItIsGivenUntilItIsCleared() {
    Random random = new Random(7);
    TextRows rows = new TextRows(3);
    for (int round = 0; round < 30; round++) {
      String[][] expected = new String[random.nextInt(100)][3];
      for (String[] row : expected) {
        for (int field : random.nextBoolean() ? new int[] {2, 0, 1} : new int[] {1, 2}) {
          row[field] = random(random, 40);
          char[] characters = ("\"" + row[field] + "\"").toCharArray();
          rows.set(field, characters, 1, characters.length - 2);
        }
        rows.endRow();
      }
      assertThat(rows.rows()).isEqualTo(expected.length);
      for (int row = 0; row < expected.length; row++) {
        for (int field = 0; field < 3; field++) {
          String text = expected[row][field];
          assertThat(rows.text(row, field)).isEqualTo(text == null ? "" : text);
        }
      }
      rows.clear();
      assertThat(rows.rows()).isZero();
      assertThat(rows.size()).isZero();
    }
  }

  @Test
  void forgetsRowsThatWereBegunAndNeverEnded() {
    TextRows rows = new TextRows(3);
    TextList list = new TextList(List.of("a", "b"));
    rows.reserveRows(20);
    rows.set(0, new double[] {1, 2, 3, 4, 5}, 5);
    rows.set(1, list, new int[] {0, 1, 0, 1, 0}, 5);
    rows.set(4, 2, "left");
    rows.endRows(2);
    rows.clear();
    rows.reserveRows(20);
    rows.endRows(20);
    for (int row = 0; row < 20; row++) {
      for (int field = 0; field < 3; field++) {
        assertThat(rows.text(row, field)).isEmpty();
      }
    }
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThatThrownBy(() -> new TextRows(2).add(new String[] {"a"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 1 fields, expected 2");
  }
}
