package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  /** What a number is, in full. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0.0",
        "1.",
        ".5",
        "-.5",
        "123456789012345",
        "1234567890123456",
        "999999999999999e22",
        "999999999999999e23",
        "0.000000000000001e-7",
        "1e-22",
        "1e-23",
        "9007199254740993",
        "4.35",
        "0.1",
        "1e308",
        "1e309",
        "-1e9999",
        "1e-9999",
        "2.2250738585072014e-308",
        "00000000000000000001",
        "1E5",
        "1e+5",
        "1e-5"
      })
  void readsTheNearestDouble(String text) {
    assertThat(PlainText.number(text).orElseThrow()).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        ".",
        "+.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e12345",
        "1e1.5",
        "1.2.3",
        "--1",
        "1-",
        " 1",
        "1 ",
        "1,5",
        "1_0",
        "0x1",
        "NaN",
        "1f",
        "1d",
        "\u0661",
        "1e\u0661",
        "1\ud83d\ude00",
        "\u00b2"
      })
  void readsNothingElse(String text) {
    assertThat(PlainText.number(text)).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsWhatTheGrammarSaysAndToTheLastBit(long seed) {
    Random random = new Random(seed);
    String letters = "00112233445566778899..+-eE x";
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      check(text.toString());
      check(Double.toString(Double.longBitsToDouble(random.nextLong())));
      check(Float.toString(random.nextFloat() * 1000));
    }
  }

  private static void check(String text) {
    if (NUMBER.matcher(text).matches()) {
      assertThat(Double.doubleToRawLongBits(PlainText.number(text).orElseThrow()))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    } else {
      assertThat(PlainText.number(text)).as(text).isEmpty();
    }
  }
}
