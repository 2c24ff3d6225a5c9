package org.althing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.althing.cleaning.Recipe;
import org.althing.cleaning.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeReaderTest {
  private static Recipe read(String cleaning) throws DocumentError {
    String study =
        """
        althing: study/v1
        id: s
        title: t
        purpose: p
        lead: l
        contract: c
        cleaning:
        %s
        analysis: {statistics: {columns: [age]}}
        privacy: {epsilon: 1, delta: 1.0e-5}
        """
            .formatted(cleaning.indent(2).stripTrailing());
    return StudyDocument.read("s.yaml", study.getBytes(StandardCharsets.UTF_8)).cleaning();
  }

  @Test
  void readsEveryStep() throws DocumentError {
    assertThat(
            read(
                """
                - clip: {column: age}
                - clip: {column: chol, to: [100, 400.5]}
                - bins: {column: age, edges: [40, 60]}
                - values: [age, chol]
                - impute: {column: chol, with: 240}
                - impute: {column: sex, with: unknown, faulty: true}
                - keep: age >= 18 AND sex = 'male'
                - distinct: [age, sex]
                - sample: {percent: 20}
                - strata: {column: num, most: 500}
                """))
        .isEqualTo(
            new Recipe(
                List.of(
                    new Step.Clip("age", Optional.empty()),
                    new Step.Clip("chol", Optional.of(new Step.Range(100, 400.5))),
                    new Step.Bins("age", List.of(40.0, 60.0)),
                    new Step.Values(List.of("age", "chol")),
                    new Step.Impute("chol", "240", false),
                    new Step.Impute("sex", "unknown", true),
                    new Step.Keep("age >= 18 AND sex = 'male'"),
                    new Step.Distinct(List.of("age", "sex")),
                    new Step.Sample(20),
                    new Step.Strata("num", 500))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- impute: {column: chol, with: mean}|moves with every row",
        "- impute: {column: chol, with: median}|althing study normalise",
        "- clip: {column: chol, to: [4, 1]}|ascending",
        "- clip: {column: chol, to: [4]}|ascending",
        "- clip: {columns: chol}|columns",
        "- sample: {percent: 100}|100",
        "- values: [a, a]|each once",
        "- distinct: []|at least one",
        "- distinct: [a, a]|each once",
        "- strata: {column: a, most: 0}|most",
        "- scale: {column: a}|scale",
        "- {sample: {percent: 5}, keep: a > 1}|one step",
        "- {}|one step"
      })
  void refusesWithTheReason(String step, String reason) {
    assertThatThrownBy(() -> read(step))
        .isInstanceOf(DocumentError.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("s.yaml:");
  }

  @Test
  void refusesColumnsAfterRows() {
    assertThatThrownBy(() -> read("- sample: {percent: 5}\n- clip: {column: age}"))
        .hasMessageContaining("clip comes after a step about rows");
  }

  @Test
  void refusesToChangeWhatAnAuditJudges() {
    String study =
        """
        althing: study/v1
        id: s
        title: t
        purpose: p
        lead: l
        contract: c
        cleaning: [{clip: {column: age}}]
        analysis: {quality: {}}
        privacy: {epsilon: 1, delta: 1.0e-5}
        """;
    assertThatThrownBy(() -> StudyDocument.read("s.yaml", study.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("a quality audit judges values as they are");
  }
}
