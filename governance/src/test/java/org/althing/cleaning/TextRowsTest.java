package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
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

  @Test
  void decimalsAreWrittenWithoutZerosAtTheirEnd() {
    Random random = new Random(6);
    TextRows rows = new TextRows(1);
    for (long steps :
        Stream.concat(
                Stream.of(0L, 1L, -1L, 10_000L, -120L, Long.MAX_VALUE, Long.MIN_VALUE),
                random.longs(5000).boxed().map(l -> l >> random.nextInt(64)))
            .mapToLong(Long::longValue)
            .toArray()) {
      for (int places : new int[] {0, 4}) {
        if (steps == Long.MIN_VALUE && places > 0) {
          continue;
        }
        rows.clear();
        rows.set(0, steps, places);
        rows.endRow();
        String expected =
            steps == 0
                ? "0"
                : places == 0
                    ? Long.toString(steps)
                    : BigDecimal.valueOf(steps, places).stripTrailingZeros().toPlainString();
        assertThat(rows.text(0, 0)).isEqualTo(expected);
      }
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
  void refusesARowOfAnotherWidth() {
    assertThatThrownBy(() -> new TextRows(2).add(new String[] {"a"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 1 fields, expected 2");
  }
}
