package org.althing.coordinator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmittedTextsTest {
  @Test
  void readsTwoTexts() {
    assertThat(SubmittedTexts.read("{\"study\":\"a\",\"contract\":\"b\"}"))
        .isEqualTo(Optional.of(new SubmittedTexts("a", "b")));
  }

  /** A null was taken for a text, and answered with an internal error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"study\":null,\"contract\":\"b\"}",
        "{\"study\":\"a\",\"contract\":7}",
        "{\"study\":\"a\",\"contract\":{}}",
        "{\"study\":\"a\"}",
        "{\"study\":\"a\",\"contract\":\"b\",\"more\":\"c\"}"
      })
  void anythingElseIsNoSubmission(String body) {
    assertThat(SubmittedTexts.read(body)).isEmpty();
  }

  @Test
  void aDepthThatNoSubmissionHasIsNone() {
    assertThat(SubmittedTexts.read("[".repeat(100_000))).isEmpty();
    assertThat(SubmittedTexts.read("{\"study\":".repeat(100_000))).isEmpty();
  }
}
