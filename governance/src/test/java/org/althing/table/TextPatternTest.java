package org.althing.table;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "[0-9]{5} a12345b true",
        "^[0-9]{5}$ 12345 true",
        "^[0-9]{5}$ 123456 false",
        "^[A-Z]{2}[0-9]{2}[A-Z0-9]{4}[0-9]{7}([A-Z0-9]?){0,16}$ DE89370400440532013000 true",
        "^[A-Z]{2}[0-9]{2}[A-Z0-9]{4}[0-9]{7}([A-Z0-9]?){0,16}$ DE8937040044 false",
        "^(low|high)$ high true",
        "^low|high$ lower true",
        "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$ a@b.de true",
        "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$ a@b@c.de false",
        "^[\\u4e00-\\u9fff]+$ 北京 true",
        "^.{2}$ 北京 true",
        "^.$ 😀 true",
        "^[\\w.-]+$ a_b-c.d true",
        "^[a\\]-]+$ a]- true",
        "^\\D\\S\\W$ a.. true",
        "^(?:ab){2,}$ ababab true",
        "^a{0}b$ ab false",
        "^(a|)b$ b true",
        "\\x41\\u0042 xABx true"
      })
  void isFoundAsEcmaScriptFindsIt(String pattern, String text, boolean found) {
    assertThat(TextPattern.of(pattern).isIn(text)).isEqualTo(found);
  }

  @Test
  void theEndIsTheEndOfTheTextAndADotIsNoLineEnd() {
    assertThat(TextPattern.of("a$").isIn("a\n")).isFalse();
    assertThat(TextPattern.of("^a.b$").isIn("a\nb")).isFalse();
    assertThat(TextPattern.of("^a\\sb$").isIn("a\u3000b")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "(a)\\1 \\1",
        "(?=a) look",
        "(?<n>a) look",
        "a** repetition",
        "a+? repetition",
        "*a repeated",
        "^* repeated",
        "a{2,1} {n,m}",
        "a{1001} number",
        "a{,3} number",
        "(a closed",
        "a) opened",
        "[a closed",
        "[] class",
        "[z-a] range",
        "[\\d-z] range",
        "\\bword \\b",
        "a\\ follows",
        "a} \\}",
        "\\u00g0 hexadecimal"
      })
  void refusesWhatItDoesNotMatchAndSaysWhere(String pattern, String why) {
    assertThatThrownBy(() -> TextPattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("character ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "((a?){100}){100}",
        "((a|b|c|d){250})",
        "",
        "(((((((((((((((((((((a)))))))))))))))))))))"
      })
  void refusesWhatIsTooLarge(String pattern) {
    assertThatThrownBy(() -> TextPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TextPattern.of("a".repeat(501)))
        .hasMessageContaining("1 to 500 characters");
  }

  /** Each of these makes a matcher that tries one way after the other run for ages. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a*)*$",
        "^(a|a)*$",
        "^(a|aa)+$",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(a?){300}a{300}$",
        "(((){1000}){1000}){1000}b",
        "^(()*)*$"
      })
  @Timeout(value = 20, unit = SECONDS)
  void takesTimeInProportionToTheTextWhateverThePattern(String pattern) {
    String text = "a".repeat(Domain.Formed.MOST_LENGTH - 1) + "!";
    assertThat(TextPattern.of(pattern).isIn(text)).isFalse();
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** Java's own matcher, where both languages mean the same. */
  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithAnotherMatcher(long seed) {
    Random random = new Random(seed);
    String source = pattern(random, 3);
    TextPattern pattern = TextPattern.of(source);
    Pattern other = Pattern.compile(source);
    for (int i = 0; i < 40; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append("abc1 ".charAt(random.nextInt(5)));
      }
      assertThat(pattern.isIn(text.toString()))
          .as("%s in \"%s\"", source, text)
          .isEqualTo(other.matcher(text).find());
    }
  }

  private static String pattern(Random random, int depth) {
    StringBuilder pattern = new StringBuilder();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int kind = random.nextInt(depth == 0 ? 6 : 9);
      pattern.append(
          switch (kind) {
            case 0, 1 -> List.of("a", "b", "c").get(random.nextInt(3));
            case 2 -> List.of("[ab]", "[^a]", "[a-c1]").get(random.nextInt(3));
            case 3 -> List.of("\\d", "\\w", "\\s", "\\D", "\\W", "\\S").get(random.nextInt(6));
            case 4 -> ".";
            case 5 -> List.of("^a", "b$", "").get(random.nextInt(3));
            case 6 -> "(" + pattern(random, depth - 1) + ")" + repeats(random);
            case 7 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            default -> "c" + repeats(random);
          });
    }
    return pattern.length() == 0 ? "a" : pattern.toString();
  }

  private static String repeats(Random random) {
    return List.of("", "*", "+", "?", "{2}", "{1,2}", "{2,}", "{0}").get(random.nextInt(8));
  }
}
