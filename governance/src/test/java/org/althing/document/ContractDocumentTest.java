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
import org.althing.contract.RowPredicate;
import org.althing.contract.RuleMeasure;
import org.althing.encoding.Digest;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Script;
import org.althing.table.TextPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
                new RuleMeasure.RowCount(),
                QualityRule.Operator.MUST_BE_GREATER_OR_EQUAL_TO,
                200,
                QualityRule.Unit.ROWS,
                "coverage",
                "error"),
            new QualityRule(
                "sex_codes",
                new RuleMeasure.Faults("sex", RuleMeasure.Faults.Kind.INVALID_VALUES),
                QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO,
                0,
                QualityRule.Unit.ROWS,
                "conformity",
                "error"),
            new QualityRule(
                "chol_missing",
                new RuleMeasure.Faults("chol", RuleMeasure.Faults.Kind.MISSING_VALUES),
                QualityRule.Operator.MUST_BE_LESS_THAN,
                10,
                QualityRule.Unit.PERCENT,
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
            "slaProperties: [{property: retention, value: 5, unit: y}]",
            "ALT-DOC-018 cannot run  heart.yaml:6:28  slaProperties[0].property: of service levels only latency is checked"),
        Arguments.of(
            "metric: rowCount",
            "metric: freshness",
            "ALT-DOC-018 cannot run  heart.yaml:15:30  schema[0].quality[0].metric: a table's rule can be rowCount or duplicateValues, got \"freshness\""),
        Arguments.of(
            "metric: rowCount",
            "type: sql, query: SELECT 1",
            "ALT-DOC-018 cannot run  heart.yaml:15:40  schema[0].quality[0].query: character 8: expected COUNT, got \"1\""),
        Arguments.of(
            "metric: rowCount",
            "type: text",
            "ALT-DOC-018 cannot run  heart.yaml:15:28  schema[0].quality[0].type: only library, sql and custom rules run here"),
        Arguments.of(
            "metric: rowCount",
            "type: custom, engine: soda",
            "ALT-DOC-018 cannot run  heart.yaml:15:44  schema[0].quality[0].engine: expected althing, got \"soda\""),
        Arguments.of(
            "metric: rowCount, mustBeGreaterOrEqualTo: 200",
            "type: custom, engine: althing, implementation: {check: row, where: age > 1, max_percent: 1}",
            "ALT-DOC-015 not one of the choices"),
        Arguments.of(
            "metric: rowCount, mustBeGreaterOrEqualTo: 200",
            "type: custom, engine: althing, implementation: {check: rows, where: note > 1, max_percent: 1}",
            "ALT-DOC-018 cannot run  heart.yaml:15:90  schema[0].quality[0].implementation.where: column \"note\" never enters a sum"),
        Arguments.of(
            "metric: rowCount, mustBeGreaterOrEqualTo: 200",
            "type: custom, engine: althing, implementation: {check: rows, where: age > 1, max_percent: 101}",
            "ALT-DOC-014 out of range"),
        Arguments.of(
            "metric: rowCount, mustBeGreaterOrEqualTo: 200",
            "type: custom, engine: althing, implementation: {check: rows, where: age > 1, max_percent: 1}, mustBe: 0",
            "ALT-DOC-012 unknown key"),
        Arguments.of(
            "logicalTypeOptions: {minimum: 0, maximum: 120}",
            "logicalTypeOptions: {minimum: 0, maximum: 120}\n        quality: [{id: q, type: sql, query: x, mustBe: 0}]",
            "ALT-DOC-018 cannot run  heart.yaml:21:33  schema[0].properties[1].quality[0].type: a count of rows is a rule of the table"),
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
        Arguments.of("logicalType: number", "logicalType: timestamp", "ALT-DOC-018 cannot run"),
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

  private static String withTableRule(String rule) {
    return HEART.replace(
        "      - {id: enough", "      - {id: more, " + rule + "}\n      - {id: enough");
  }

  private static String withAgeRule(String rule) {
    return HEART.replace(
        "logicalTypeOptions: {minimum: 0, maximum: 120}",
        "logicalTypeOptions: {minimum: 0, maximum: 120}\n        quality: [{id: more, "
            + rule
            + "}]");
  }

  @Test
  void readsACountOfRowsInSql() {
    Contract contract =
        parse(
            withTableRule(
                "type: sql, query: \"select count(*) from {object} where age < 20 and sex = 'male' or chol is null;\","
                    + " unit: percent, mustBeLessThan: 2"));
    QualityRule rule = contract.rules().get(0);
    RuleMeasure.Matching matching = (RuleMeasure.Matching) rule.measure();
    assertThat(matching.where().sql()).isEqualTo("age < 20 AND sex = 'male' OR chol IS NULL");
    assertThat(matching.among()).isEmpty();
    assertThat(matching.columns()).containsExactly("age", "sex", "chol");
    assertThat(rule.unit()).isEqualTo(QualityRule.Unit.PERCENT);
    assertThat(rule.dimension()).isEqualTo("consistency");
  }

  @Test
  void readsAShareOfSomeRows() {
    Contract contract =
        parse(
            withTableRule(
                "type: custom, engine: althing, dimension: completeness, severity: warning, implementation:"
                    + " {check: rows, where: chol IS NULL, among: age >= 40, max_percent: 12.5}"));
    assertThat(contract.rules().get(0))
        .isEqualTo(
            new QualityRule(
                "more",
                new RuleMeasure.Matching(
                    new RowPredicate.IsNull("chol"),
                    Optional.of(
                        new RowPredicate.Compared(
                            "age", RowPredicate.Comparison.GREATER_OR_EQUAL, 40))),
                QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO,
                12.5,
                QualityRule.Unit.PERCENT,
                "completeness",
                "warning"));
  }

  @Test
  void readsADriftFromAReference() {
    Contract contract =
        parse(
            withAgeRule(
                "type: custom, engine: althing, implementation:"
                    + " {check: drift, distance: ks, reference: [0.2, 0.3, 0.3, 0.2], max: 0.1}"));
    QualityRule rule = contract.rules().get(1);
    assertThat(rule.measure())
        .isEqualTo(
            new RuleMeasure.Drift(
                "age", RuleMeasure.Drift.Distance.KOLMOGOROV_SMIRNOV, List.of(0.2, 0.3, 0.3, 0.2)));
    assertThat(rule.threshold()).isEqualTo(0.1);
    assertThat(rule.unit()).isEqualTo(QualityRule.Unit.DISTANCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check: drift, distance: kl, reference: [0.2, 0.3, 0.3, 0.2], max: 0.1 | ALT-DOC-015",
        "check: drift, distance: psi, reference: [0.2, 0.4, 0.4, 0], max: 0.1 | ALT-DOC-017",
        "check: drift, distance: js, reference: [0.2, 0.4, 0.4, 0], max: 1.1 | ALT-DOC-014",
        "check: drift, distance: ks, reference: [0.2, 0.3, 0.3], max: 0.1 | ALT-DOC-017",
        "check: drift, distance: ks, reference: [0.2, 0.3, 0.3, 0.3], max: 0.1 | ALT-DOC-017",
        "check: drift, distance: ks, reference: [0.2, 0.3, 0.3, 0.2], max: 1.1 | ALT-DOC-014",
        "check: drift, distance: ks, reference: [0.2, 0.3, 0.3, 0.2] | ALT-DOC-011",
        "check: rows, where: age > 1, max_percent: 1 | ALT-DOC-015"
      })
  void refusesADriftThatMeansNothing(String check, String code) {
    String text = withAgeRule("type: custom, engine: althing, implementation: {" + check + "}");
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8))))
        .hasMessageStartingWith(code);
  }

  @Test
  void readsRulesAboutGroupsOfRows() {
    QualityRule repeated =
        parse(
                withTableRule(
                    "metric: duplicateValues, arguments: {properties: [age, sex]}, mustBe: 0"))
            .rules()
            .get(0);
    assertThat(repeated.measure())
        .isEqualTo(new RuleMeasure.Groups(List.of("age", "sex"), Optional.empty()));
    assertThat(repeated.unit()).isEqualTo(QualityRule.Unit.ROWS);
    QualityRule conflict =
        parse(
                withTableRule(
                    "type: custom, engine: althing, implementation:"
                        + " {check: label_conflict, features: [age, chol], label: disease, max_percent: 2}"))
            .rules()
            .get(0);
    assertThat(conflict.measure())
        .isEqualTo(new RuleMeasure.Groups(List.of("age", "chol"), Optional.of("disease")));
    assertThat(conflict.unit()).isEqualTo(QualityRule.Unit.PERCENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: duplicateValues, arguments: {properties: [patient_id]}, mustBe: 0 | ALT-DOC-018",
        "metric: duplicateValues, arguments: {properties: [note]}, mustBe: 0 | ALT-DOC-018",
        "metric: duplicateValues, arguments: {properties: [agee]}, mustBe: 0 | ALT-DOC-017",
        "metric: duplicateValues, arguments: {properties: []}, mustBe: 0 | ALT-DOC-017",
        "metric: duplicateValues, arguments: {properties: [age, age]}, mustBe: 0 | ALT-DOC-017",
        "metric: duplicateValues, mustBe: 0 | ALT-DOC-011",
        "type: custom, engine: althing, implementation: {check: label_conflict, features: [age], label: age, max_percent: 2} | ALT-DOC-017",
        "type: custom, engine: althing, implementation: {check: label_conflict, features: [sex], label: chol, max_percent: 2} | ALT-DOC-017",
        "type: custom, engine: althing, implementation: {check: label_conflict, features: [age], label: sex} | ALT-DOC-011"
      })
  void refusesGroupsThatMeanNothing(String rule, String code) {
    String text = withTableRule(rule);
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8))))
        .hasMessageStartingWith(code);
  }

  private static String withForm(String property) {
    return HEART.replace(
        "- {name: note, logicalType: string, customProperties: [{property: althing.use, value: never}]}",
        "- {name: plz, logicalType: string, %s}".formatted(property));
  }

  @Test
  void readsTheFormOfTexts() {
    Domain.Formed both = new Domain.Formed(5, 7, Optional.of(TextPattern.of("^[0-9-]+$")));
    String options = "logicalTypeOptions: {minLength: 5, maxLength: 7";
    String rule =
        "quality: [{id: p, metric: invalidValues, arguments: {pattern: '^[0-9-]+$'}, mustBe: 0}]";
    for (String property :
        List.of(
            options + ", pattern: '^[0-9-]+$'}",
            options + "}, " + rule,
            options + ", pattern: '^[0-9-]+$'}, " + rule)) {
      assertThat(parse(withForm(property)).schema().column("plz").domain()).isEqualTo(both);
    }
    Contract ruled = parse(withForm(rule));
    assertThat(ruled.schema().column("plz").domain())
        .isEqualTo(new Domain.Formed(0, Domain.Formed.MOST_LENGTH, both.pattern()));
    assertThat(ruled.rules().get(ruled.rules().size() - 1).measure())
        .isEqualTo(new RuleMeasure.Faults("plz", RuleMeasure.Faults.Kind.INVALID_VALUES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logicalTypeOptions: {pattern: '(a)\\1'} | ALT-DOC-018 | \\1 is not matched here",
        "logicalTypeOptions: {format: email} | ALT-DOC-018 | formats of strings are not checked",
        "logicalTypeOptions: {minLength: 5, maxLength: 4} | ALT-DOC-017 | above maxLength",
        "logicalTypeOptions: {maxLength: 10001} | ALT-DOC-014 | 1 to 10000",
        "logicalTypeOptions: {minimum: 5} | ALT-DOC-012 | minimum",
        "logicalTypeOptions: {pattern: a}, quality: [{id: p, metric: invalidValues, arguments: {pattern: b}, mustBe: 0}] | ALT-DOC-017 | says otherwise",
        "logicalTypeOptions: {pattern: a}, customProperties: [{property: althing.use, value: local}] | ALT-DOC-018 | never enters one",
        "logicalTypeOptions: {pattern: a}, customProperties: [{property: althing.bins, value: [1]}] | ALT-DOC-018 | not cut"
      })
  void refusesAFormThatItCannotCheck(String property, String code, String why) {
    String text = withForm(property);
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8))))
        .hasMessageStartingWith(code)
        .hasMessageContaining(why);
  }

  @Test
  void refusesToCompareRowsByTextsOfAForm() {
    String text =
        withForm("logicalTypeOptions: {maxLength: 5}")
            .replace(
                "- {id: enough",
                "- {id: twice, metric: duplicateValues, arguments: {properties: [plz]}, mustBe: 0}\n      - {id: enough");
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8))))
        .hasMessageStartingWith("ALT-DOC-018")
        .hasMessageContaining("rows are not compared by them");
  }

  private static String withWords(String words) {
    return HEART.replace(
        "{property: althing.use, value: never}",
        "{property: althing.text, value: {language: en, %s}}".formatted(words));
  }

  @Test
  void readsHowManyTextsHaveEachWord() {
    Contract contract = parse(withWords("vocabulary: [call, free], documents: [900, 12]"));
    assertThat(contract.schema().column("note").domain())
        .isEqualTo(new Domain.Words(Language.ENGLISH, List.of("call", "free"), List.of(900, 12)));
  }

  private static String withTextRule(String check) {
    return withWords("vocabulary: [call]")
        .replace(
            "name: note, logicalType: string, ",
            "name: note, logicalType: string, quality: [{id: w, type: custom, engine: althing, implementation: {%s}}], "
                .formatted(check));
  }

  @Test
  void readsABoundOnTheMeanNumberOfWords() {
    List<QualityRule> rules = parse(withTextRule("check: words, most: 200, min_mean: 4.5")).rules();
    assertThat(rules.get(rules.size() - 1))
        .isEqualTo(
            new QualityRule(
                "w",
                new RuleMeasure.MeanWords("note", 200),
                QualityRule.Operator.MUST_BE_GREATER_OR_EQUAL_TO,
                4.5,
                QualityRule.Unit.WORDS,
                "conformity",
                "error"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check: words, min_mean: 4 | ALT-DOC-011",
        "check: words, most: 0, min_mean: 4 | ALT-DOC-014",
        "check: words, most: 10001, min_mean: 4 | ALT-DOC-014",
        "check: words, most: 9, min_mean: 10 | ALT-DOC-014",
        "check: words, most: 9 | ALT-DOC-017",
        "check: words, most: 9, min_mean: 1, max_mean: 3 | ALT-DOC-017"
      })
  void refusesAMeanThatMeansNothing(String check, String code) {
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", withTextRule(check).getBytes(UTF_8))))
        .hasMessageStartingWith(code);
  }

  @Test
  void readsThatFewTextsMayBeInAnotherScript() {
    String rule =
        "quality: [{id: s, type: custom, engine: althing, implementation: {check: script, max_percent: 5}}], ";
    String text =
        withWords("")
            .replace(
                "name: note, logicalType: string, ", "name: note, logicalType: string, " + rule);
    List<QualityRule> rules = parse(text.replace("language: en, }", "language: zh}")).rules();
    QualityRule read = rules.get(rules.size() - 1);
    assertThat(read.measure())
        .isEqualTo(
            new RuleMeasure.Matching(
                new RowPredicate.Not(new RowPredicate.InScript("note", Script.HAN)),
                Optional.of(new RowPredicate.Not(new RowPredicate.IsNull("note")))));
    assertThat(read.threshold()).isEqualTo(5);
    String numbers =
        withAgeRule(
            "type: custom, engine: althing, implementation: {check: script, max_percent: 5}");
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", numbers.getBytes(UTF_8))))
        .hasMessageStartingWith("ALT-DOC-018")
        .hasMessageContaining("no free text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "documents: [900]|2 words has 1 document frequencies",
        "documents: [900, 1.5]|expected whole numbers, got 1.5",
        "documents: [900, 0]|documents[1]",
        "documents: [900, 10001]|documents[1]"
      })
  void refusesFrequenciesThatMeanNothing(String documents, String message) {
    String text = withWords("vocabulary: [call, free], " + documents);
    assertThat(
            catchThrowableOfType(
                DocumentError.class,
                () -> ContractDocument.parse("heart.yaml", text.getBytes(UTF_8))))
        .hasMessageContaining(message);
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
