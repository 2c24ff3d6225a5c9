package org.althing.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void everyControlCharacterIsAQuestionMarkAndNothingElseIs() {
    for (char c = 0; c < 0x3000; c++) {
      assertThat(OneLine.of("a" + c))
          .as("character %x", (int) c)
          .isEqualTo(Character.isISOControl(c) ? "a?" : "a" + c);
    }
  }

  @Test
  void isCutWhereItIsTooLong() {
    assertThat(OneLine.of("x".repeat(1000))).hasSize(1000);
    assertThat(OneLine.of("x".repeat(1001))).hasSize(1004).endsWith("x ...");
  }
}
