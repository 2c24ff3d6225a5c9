package org.althing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.QualityRule;
import org.althing.encoding.Digest;
import org.althing.table.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractDocumentTest {
  static final String HEART =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: heart
      version: 1.0.0
      status: active
      name: Heart disease
      description: {purpose: "Learn together", limitations: "Adults"}
      schema:
        - name: visits
          logicalType: object
          dataGranularityDescription: one row per patient
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: patient_id, rows: 2}}
          quality:
            - {id: enough, metric: rowCount, mustBeGreaterOrEqualTo: 200, severity: error}
          properties:
            - {name: patient_id, logicalType: string, required: true}
            - name: age
              logicalType: integer
              logicalTypeOptions: {minimum: 0, maximum: 120}
              customProperties:
                - {property: althing.bins, value: [40, 50, 60]}
            - name: sex
              logicalType: string
              quality:
                - {id: sex_codes, metric: invalidValues, arguments: {validValues: [female, male]}, mustBe: 0}
            - name: chol
              logicalType: number
              logicalTypeOptions: {minimum: 50, maximum: 700}
              quality:
                - id: chol_missing
                  metric: missingValues
                  arguments: {missingValues: [null, 0, -9]}
                  unit: percent
                  mustBeLessThan: 10
              customProperties:
                - {property: althing.unit, value: mg/dL}
            - name: disease
              logicalType: integer
              required: true
              customProperties:
                - {property: althing.categories, value: [0, 1]}
            - {name: note, logicalType: string, customProperties: [{property: althing.use, value: never}]}
      """;

  static Contract heart() {
    return parse(HEART);
  }

  private static Contract parse(String text) {
    try {
      return ContractDocument.parse("heart.yaml", text.getBytes(UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  @Test
  void readsEverythingThatRuns() {
    Contract contract = heart();
    assertThat(contract.id()).isEqualTo("heart");
    assertThat(contract.version()).isEqualTo("1.0.0");
    assertThat(contract.table()).isEqualTo("visits");
    assertThat(contract.unit()).isEqualTo(new PrivacyUnit("patient", Optional.of("patient_id"), 2));
    assertThat(contract.digest()).isEqualTo(Digest.of(HEART.getBytes(UTF_8)));
    assertThat(contract.schema().columns().stream().map(c -> c.name()))
        .containsExactly("age", "sex", "chol", "disease");
    assertThat(contract.schema().column("age").domain())
        .isEqualTo(new Domain.Numbers(0, 120, true, List.of(40.0, 50.0, 60.0)));
    assertThat(contract.schema().column("sex").domain())
        .isEqualTo(new Domain.Categories(List.of("female", "male")));
    assertThat(contract.schema().column("disease").domain())
        .isEqualTo(new Domain.Categories(List.of("0", "1")));
    ContractColumn chol = contract.column("chol").orElseThrow();
    assertThat(chol.missingCodes()).containsExactly("0", "-9");
    assertThat(chol.unitOfMeasure()).contains("mg/dL");
    assertThat(contract.column("note").orElseThrow().use()).isEqualTo(ContractColumn.Use.NEVER);
    assertThat(contract.column("patient_id").orElseThrow().use())
        .isEqualTo(ContractColumn.Use.LOCAL);
    assertThat(contract.rules())
        .containsExactly(
            new QualityRule(
                "enough",
                Optional.empty(),
                QualityRule.Metric.ROW_COUNT,
                QualityRule.Operator.MUST_BE_GREATER_OR_EQUAL_TO,
                200,
                false,
                "coverage",
                "error"),
            new QualityRule(
                "sex_codes",
                Optional.of("sex"),
                QualityRule.Metric.INVALID_VALUES,
                QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO,
                0,
                false,
                "conformity",
                "error"),
            new QualityRule(
                "chol_missing",
                Optional.of("chol"),
                QualityRule.Metric.MISSING_VALUES,
                QualityRule.Operator.MUST_BE_LESS_THAN,
                10,
                true,
                "completeness",
                "error"));
  }

  /** What is replaced in the good contract, by what, and how the error begins. */
  static Stream<Arguments> spoiled() {
    return Stream.of(
        Arguments.of(
            "v3.1.0", "v3.0.2", "ALT-DOC-015 not one of the choices  heart.yaml:1:13  apiVersion"),
        Arguments.of(
            "status: active",
            "status: activ",
            "ALT-DOC-015 not one of the choices  heart.yaml:5:9  status: expected proposed | draft | active | deprecated | retired, got \"activ\" → did you mean \"active\"?"),
        Arguments.of(
            "name: Heart disease",
            "nmae: Heart",
            "ALT-DOC-012 unknown key  heart.yaml:6:1  nmae → did you mean \"name\"?"),
        Arguments.of(
            "name: Heart disease",
            "slaProperties: []",
            "ALT-DOC-018 cannot run  heart.yaml:6:16  slaProperties: service levels are not checked"),
        Arguments.of(
            "metric: rowCount",
            "metric: duplicateValues",
            "ALT-DOC-018 cannot run  heart.yaml:15:30  schema[0].quality[0].metric: a table's rule can be rowCount"),
        Arguments.of(
            "metric: rowCount",
            "type: sql, query: SELECT 1",
            "ALT-DOC-018 cannot run  heart.yaml:15:28  schema[0].quality[0].type: only library rules run here, got \"sql\""),
        Arguments.of("metric: rowCount", "type: custom, engine: x", "ALT-DOC-018 cannot run"),
        Arguments.of("metric: rowCount", "metric: freshness", "ALT-DOC-018 cannot run"),
        Arguments.of(
            "mustBeGreaterOrEqualTo: 200",
            "mustBeGreaterOrEqualTo: 200, mustBeLessThan: 900",
            "ALT-DOC-017 not acceptable  heart.yaml:15:85  schema[0].quality[0].mustBeLessThan: a rule has one operator, this one has 2"),
        Arguments.of(
            "mustBeGreaterOrEqualTo: 200",
            "dimension: coverage",
            "ALT-DOC-017 not acceptable  heart.yaml:15:14  schema[0].quality[0].id: a rule has one operator, this one has 0"),
        Arguments.of(
            "mustBeGreaterOrEqualTo: 200",
            "mustBeBetween: [1, 2]",
            "ALT-DOC-018 cannot run  heart.yaml:15:55  schema[0].quality[0].mustBeBetween"),
        Arguments.of("mustBe: 0}", "mustBe: 3}", "ALT-DOC-018 cannot run"),
        Arguments.of(
            "validValues: [female", "pattern: x, validValues: [female", "ALT-DOC-018 cannot run"),
        Arguments.of(
            "validValues: [female, male]", "validValue: [female, male]", "ALT-DOC-012 unknown key"),
        Arguments.of("[0, 1]", "[0, 1], scale: 3", "ALT-DOC-012 unknown key"),
        Arguments.of("althing.bins", "althing.bin", "ALT-DOC-015 not one of the choices"),
        Arguments.of(
            "[40, 50, 60]",
            "[40, 60, 50]",
            "ALT-DOC-017 not acceptable  heart.yaml:22:45  schema[0].properties[1].customProperties[0].value: bin edges ascend strictly within the range"),
        Arguments.of(
            "minimum: 0, maximum: 120", "minimum: 120, maximum: 0", "ALT-DOC-017 not acceptable"),
        Arguments.of(
            "minimum: 0, maximum: 120",
            "minimum: 0, exclusiveMaximum: 120",
            "ALT-DOC-018 cannot run"),
        Arguments.of("minimum: 0, maximum: 120", "minimum: 0", "ALT-DOC-011 missing key"),
        Arguments.of("[female, male]", "[female, female]", "ALT-DOC-017 not acceptable"),
        Arguments.of("[0, 1]", "[0, x]", "ALT-DOC-017 not acceptable"),
        Arguments.of("key: patient_id", "key: patient", "ALT-DOC-017 not acceptable"),
        Arguments.of("key: patient_id, ", "", "ALT-DOC-017 not acceptable"),
        Arguments.of("rows: 2", "rows: 0", "ALT-DOC-014 out of range"),
        Arguments.of("id: sex_codes", "id: enough", "ALT-DOC-017 not acceptable"),
        Arguments.of("logicalType: number", "logicalType: date", "ALT-DOC-018 cannot run"),
        Arguments.of("required: true}", "required: true, unique: true}", "ALT-DOC-018 cannot run"),
        Arguments.of("required: true}", "required: yes}", "ALT-DOC-013 wrong type"),
        Arguments.of("name: sex", "name: age", "ALT-DOC-017 not acceptable"),
        Arguments.of("[null, 0, -9]", "[null, 0, [1]]", "ALT-DOC-013 wrong type"),
        Arguments.of(
            "{property: althing.unit, value: mg/dL}",
            "{property: althing.use, value: local}",
            "ALT-DOC-018 cannot run  heart.yaml:31:11  schema[0].properties[3].quality: a rule is judged by sums"),
        Arguments.of(
            "[{property: althing.use, value: never}]", "[]", "ALT-DOC-017 not acceptable"));
  }

  @ParameterizedTest
  @MethodSource("spoiled")
  void refusesWhatItWouldOtherwiseHaveToSkip(String good, String bad, String message) {
    assertThat(HEART).contains(good);
    String text = HEART.replaceFirst(java.util.regex.Pattern.quote(good), bad);
    DocumentError error =
        catchThrowableOfType(
            DocumentError.class, () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8)));
    assertThat(error).isNotNull().hasMessageStartingWith(message);
  }

  @Test
  void needsAPrivacyUnit() {
    String text =
        HEART.replace(
            "property: althing.unit-of-privacy, value: {name: patient, key: patient_id, rows: 2}",
            "property: althing.unit-of-privacy");
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8))))
        .hasMessageStartingWith(
            "ALT-DOC-011 missing key  heart.yaml:13:9  schema[0].customProperties[0].value");
    String without =
        HEART.replaceAll(" +customProperties:\n +- \\{property: althing.unit-of.*\n", "");
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", without.getBytes(UTF_8))))
        .hasMessageContaining("no privacy unit is declared");
  }
}
