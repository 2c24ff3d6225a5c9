package org.althing.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Free entry, call now! | LATIN",
        "Bitte schö\u0308n anrufen | LATIN",
        "ＷＩＮ now | LATIN",
        "血压偏高 | HAN",
        "送了2份KFC | HAN",
        "KFC和麦当劳 hot dog | HAN",
        "OK 好 | OTHER",
        "好 OK OK | LATIN",
        "Позвони сейчас | OTHER",
        "Call Иван сейчас now | OTHER",
        "きれいですね | OTHER",
        "한국어 | OTHER",
        "𠮷野 | HAN"
      })
  void isWhatMoreThanHalfOfTheTextIsWrittenIn(String text, Script script) {
    assertThat(Script.of(text)).contains(script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12:30", "!!! 😀", "\u0301", "3.5 %"})
  void isNotToldWhereThereAreNoLetters(String text) {
    assertThat(Script.of(text)).isEmpty();
  }
}
