package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordSplitterTest {
  private static final WordSplitter ENGLISH = splitter(Language.ENGLISH);
  private static final WordSplitter CHINESE = splitter(Language.CHINESE);
  private static final WordSplitter SIMPLIFIED = splitter(Language.SIMPLIFIED_CHINESE);

  private static WordSplitter splitter(Language language, String... vocabulary) {
    return new WordSplitter(new Domain.Words(language, List.of(vocabulary)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREE entry!! Free msg, don't wait | don't entry free msg wait",
        "call 0800-123 now: £1000, 3.5% | 0800 1000 123 3.5 call now",
        "caf\u00e9 cafe\u0301 | caf\u00e9",
        "ＷＩＮ　now | now win",
        "<b>x</b> | b x"
      })
  void takesEnglishApartIntoWordsInLowerCase(String text, String expected) {
    assertThat(ENGLISH.words(text)).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "血压偏高 | 血 压 偏 高 血压 压偏 偏高",
        "好吃，不贵 | 好 吃 不 贵 好吃 不贵",
        "送了2份KFC | 送 了 送了 2 份 kfc",
        "血 | 血"
      })
  void takesChineseApartIntoCharactersAndPairsWithinAClause(String text, String expected) {
    assertThat(CHINESE.words(text)).isEqualTo(new TreeSet<>(List.of(expected.split(" "))));
  }

  @Test
  void countsWordsAsOftenAsTheyOccurAndCharactersOnce() {
    ENGLISH.words("call, call me NOW");
    assertThat(ENGLISH.count()).isEqualTo(4);
    CHINESE.words("送了2份KFC，好吃好吃");
    assertThat(CHINESE.count()).isEqualTo(9);
    CHINESE.words("!");
    assertThat(CHINESE.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!! ...", "，。！", "\u200b", "—", "\u0000\u0001"})
  void findsNoWordWhereThereIsNone(String text) {
    assertThat(ENGLISH.words(text)).isEmpty();
    assertThat(CHINESE.words(text)).isEmpty();
  }

  @Test
  void isTheSameAfterAnyOtherText() {
    String text = "a first text";
    var before = ENGLISH.words(text);
    ENGLISH.words("x".repeat(100_000) + " \ud800 " + "y ".repeat(5000));
    assertThat(ENGLISH.words(text)).isEqualTo(before);
  }

  @Test
  void cutsATextOfTooManyDifferentWordsByTheirHashes() {
    String text = IntStream.range(0, 3000).mapToObj(n -> "w" + n).collect(Collectors.joining(" "));
    int[] hashes = ENGLISH.hashes(ENGLISH.words(text));
    assertThat(hashes).hasSize(Domain.Words.MOST_WORDS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void keepsOnlyDeclaredWordsAndNamesThoseThatNoTextCanHave() {
    WordSplitter declared = splitter(Language.ENGLISH, "free", "win", "Call", "two words");
    assertThat(declared.hashes(declared.words("Free call, win a prize")))
        .containsExactlyInAnyOrder(Domain.Words.hash("free"), Domain.Words.hash("win"));
    assertThat(declared.unreachable()).containsExactly("Call", "two words");
  }

  @ParameterizedTest
  @CsvSource({
    "患者因胸痛入院,患者因胸痛入院",
    "血壓偏高,血压偏高",
    "既往有高血壓病史,既往有高血压病史",
    "頭髮很乾,头发很干",
    "外賣很快、很好吃！,外卖很快、很好吃！"
  })
  void traditionalCharactersAreTheSimplifiedOnesWhereTheLanguageSaysSo(
      String traditional, String simplified) {
    assertThat(SIMPLIFIED.words(traditional)).isEqualTo(CHINESE.words(simplified));
    assertThat(SIMPLIFIED.words(simplified)).isEqualTo(CHINESE.words(simplified));
  }
}
