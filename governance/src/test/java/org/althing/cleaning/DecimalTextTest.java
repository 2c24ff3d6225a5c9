package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside what the platform reads, whatever stands before and behind a text. */
class DecimalTextTest {
  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)");
  private static final String LETTERS = "0123456789019.-+ e/:\0é";

  private static double platform(String text) {
    return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }

  private static void read(String before, String text, String behind) {
    byte[] around = (before + text + behind).getBytes(StandardCharsets.ISO_8859_1);
    int from = before.length();
    assertThat(DecimalText.valueOf(around, from, from + text.length()))
        .as(text)
        .isEqualTo(Double.valueOf(platform(text)));
  }

  @Test
  void readsEveryTextOfThreeLetters() {
    for (char a : LETTERS.toCharArray()) {
      for (char b : LETTERS.toCharArray()) {
        for (char c : LETTERS.toCharArray()) {
          read("7", "" + a + b + c, "12345");
          read("", "" + a + b + c, "");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsWhatThePlatformReads(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      read(letters(random, 3), letters(random, 11) + "5", letters(random, 9));
    }
  }

  /** Mostly digits. */
  private static String letters(Random random, int most) {
    char[] letters = new char[random.nextInt(most)];
    for (int i = 0; i < letters.length; i++) {
      int bound = random.nextInt(6) > 0 ? 10 : LETTERS.length();
      letters[i] = LETTERS.charAt(random.nextInt(bound));
    }
    return new String(letters);
  }
}
