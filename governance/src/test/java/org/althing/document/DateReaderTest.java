package org.althing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.althing.quality.LocalAudit;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateReaderTest {
  static final String VISITS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: visits
      version: 1.0.0
      status: active
      customProperties:
        - {property: althing.reference-day, value: 2026-06-30}
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: visit}}
          quality:
            - id: in_order
              type: sql
              query: SELECT COUNT(*) FROM {object} WHERE left_on < seen_on
              mustBe: 0
            - id: before_the_war
              type: sql
              query: SELECT COUNT(*) FROM {object} WHERE seen_on < DATE '2022-02-24'
              mustBe: 0
          properties:
            - name: seen_on
              logicalType: date
              logicalTypeOptions: {minimum: 2020-01-01, maximum: 2026-12-31, format: dd.MM.yyyy}
              quality:
                - id: fresh
                  type: custom
                  engine: althing
                  implementation: {check: freshness, max_days: 30, max_percent: 50}
              customProperties:
                - {property: althing.bins, value: [2024-01-01, 2026-01-01]}
            - {name: left_on, logicalType: date, logicalTypeOptions: {minimum: 2020-01-01, maximum: 2026-12-31}}
      slaProperties:
        - {property: latency, value: 7, unit: d, element: visits.seen_on}
      """;

  private static Contract parse(String text) throws DocumentError {
    return ContractDocument.parse("visits.yaml", text.getBytes(UTF_8));
  }

  private static QualityFindings audited(Contract contract, String... rows) {
    Binding binding =
        new Binding(
            contract.id(),
            contract.version(),
            SourceFormat.COMMA_UTF8,
            List.of(BoundColumn.same("seen_on"), BoundColumn.same("left_on")),
            contract.digest());
    Cleaner cleaner = new Cleaner(contract, binding, new byte[16]);
    List<String[]> fields = Stream.of(rows).map(row -> row.split(",", -1)).toList();
    cleaner.see(TextRows.of(fields));
    cleaner.startPass();
    LocalAudit audit = new LocalAudit(contract.schema(), contract.rules());
    audit.add(cleaner.clean(TextRows.of(fields)));
    return audit.findings();
  }

  private static RuleOutcome.Judged outcome(QualityFindings findings, String id) {
    return findings.rules().stream()
        .filter(rule -> rule.rule().id().equals(id))
        .map(RuleOutcome.Judged.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** From 2026-06-30 the 31st of May is 30 days ago, the 30th 31. */
  @Test
  void agesAreCountedFromTheDeclaredDay() throws DocumentError {
    QualityFindings findings =
        audited(
            parse(VISITS),
            "31.05.2026,2026-06-01",
            "30.05.2026,2026-05-01",
            "01.01.2023,",
            "29.02.2026,",
            "01.01.2019,",
            ",2026-06-01");
    assertThat(outcome(findings, "fresh").metric().orElseThrow().value())
        .isCloseTo(200.0 / 3, within(1e-9));
    assertThat(outcome(findings, "fresh").verdict()).isEqualTo(RuleVerdict.FAIL);
    assertThat(outcome(findings, "in_order").metric().orElseThrow().value()).isEqualTo(1);
    assertThat(outcome(findings, "before_the_war").verdict()).isEqualTo(RuleVerdict.PASS);
    assertThat(outcome(findings, "latency_seen_on").verdict()).isEqualTo(RuleVerdict.FAIL);
    assertThat(findings.column("seen_on").fault(Verdict.UNPARSABLE).count().value()).isEqualTo(1);
    assertThat(findings.column("seen_on").fault(Verdict.OUT_OF_RANGE).count().value()).isEqualTo(1);
    assertThat(findings.column("seen_on").values())
        .extracting(value -> value.cell() + ": " + (int) value.share().count().value())
        .containsExactly(
            "before 2024-01-01: 1", "2024-01-01 – 2025-12-31: 0", "from 2026-01-01: 2");
  }

  @Test
  void oneRecentRecordMakesATableUpToDate() throws DocumentError {
    QualityFindings findings = audited(parse(VISITS), "23.06.2026,", "01.01.2024,");
    assertThat(outcome(findings, "latency_seen_on").verdict()).isEqualTo(RuleVerdict.PASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "althing.reference-day, value: 2026-06-30 | althing.reference-day, value: today | ALT-DOC-017",
        "visits.seen_on} | visits.nothing} | ALT-DOC-018",
        "unit: d | unit: h | ALT-DOC-015",
        "format: dd.MM.yyyy | format: dd.MM.yy | ALT-DOC-015",
        "minimum: 2020-01-01, maximum: 2026-12-31, | minimum: 2026-12-31, maximum: 2020-01-01, | ALT-DOC-017",
        "[2024-01-01, 2026-01-01] | [2026-01-01, 2024-01-01] | ALT-DOC-017",
        "left_on < seen_on | left_on < 3 | ALT-DOC-018",
        "DATE '2022-02-24' | DATE '2022-02-30' | ALT-DOC-018"
      })
  void refusesDaysThatMeanNothing(String good, String bad, String code) {
    assertThat(VISITS).contains(good);
    assertThat(catchThrowableOfType(DocumentError.class, () -> parse(VISITS.replace(good, bad))))
        .hasMessageStartingWith(code);
  }

  @Test
  void needsADayToCountFrom() {
    String text =
        VISITS.replaceFirst("customProperties:\n  - .property: althing.reference-day[^\n]*\n", "");
    assertThat(catchThrowableOfType(DocumentError.class, () -> parse(text)))
        .hasMessageContaining("there is no day to count from");
  }
}
