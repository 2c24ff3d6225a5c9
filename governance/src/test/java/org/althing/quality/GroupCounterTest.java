package org.althing.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Operator;
import org.althing.contract.QualityRule.Unit;
import org.althing.contract.RuleMeasure;
import org.althing.privacy.Rho;
import org.althing.release.Estimate;
import org.althing.release.PaperFederation;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupCounterTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("age", new Domain.Numbers(0, 9, false, List.of())),
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));
  private static final QualityRule REPEATED =
      rule("repeated", new RuleMeasure.Groups(List.of("age", "sex"), Optional.empty()));
  private static final QualityRule CONFLICT =
      rule("conflict", new RuleMeasure.Groups(List.of("age", "sex"), Optional.of("ill")));
  private static final QualityAudit AUDIT =
      new QualityAudit(SCHEMA, List.of(), List.of(REPEATED, CONFLICT), Rho.roundedUp(900));

  private static QualityRule rule(String id, RuleMeasure measure) {
    return new QualityRule(
        id, measure, Operator.MUST_BE_LESS_OR_EQUAL_TO, 1, Unit.ROWS, "uniqueness", "error");
  }

  private static RecordBatch batch(List<List<String>> rows) {
    return Batches.of(SCHEMA, 0, rows);
  }

  private static List<Long> counts(QualityFindings findings) {
    return findings.rules().stream()
        .map(outcome -> ((RuleOutcome.Judged) outcome).metric().map(Estimate::value).orElseThrow())
        .map(Math::round)
        .toList();
  }

  private static QualityFindings local(List<List<String>> rows) {
    LocalAudit audit = new LocalAudit(SCHEMA, List.of(REPEATED, CONFLICT));
    audit.add(batch(rows.subList(0, rows.size() / 2)));
    audit.add(batch(rows.subList(rows.size() / 2, rows.size())));
    return audit.findings();
  }

  @Test
  void textsAreEqualWhereTheirWordsAre() {
    Schema texts =
        new Schema(List.of(new Column("text", new Domain.Words(Language.ENGLISH, List.of()))));
    LocalAudit audit =
        new LocalAudit(
            texts,
            List.of(rule("again", new RuleMeasure.Groups(List.of("text"), Optional.empty()))));
    audit.add(
        Batches.of(
            texts,
            0,
            Stream.of("call now", "now call now", "call later", "free", "call")
                .map(List::of)
                .toList()));
    assertThat(counts(audit.findings())).containsExactly(1L);
  }

  @Test
  void countsGroupsAndNotTheirRows() {
    List<List<String>> rows =
        List.of(
            List.of("1", "f", "no"),
            List.of("1", "f", "no"),
            List.of("1.0", "f", "no"),
            List.of("1", "m", "no"),
            List.of("2", "m", "no"),
            List.of("2", "m", "yes"),
            List.of("2", "m", "yes"),
            List.of("0", "f", "no"),
            List.of("-0", "f", "no"));
    assertThat(counts(local(rows))).containsExactly(3L, 1L);
  }

  @Test
  void whatIsMissingOrFaultyEqualsNothing() {
    List<List<String>> rows =
        List.of(
            List.of("", "f", "no"),
            List.of("", "f", "yes"),
            List.of("99", "f", "no"),
            List.of("99", "f", "yes"),
            List.of("3", "f", "no"),
            List.of("3", "f", "?"));
    assertThat(counts(local(rows))).containsExactly(1L, 0L);
  }

  /** Few values, so that groups are large, or thousands, so that the table of hashes grows. */
  private static List<List<String>> random(Random random, int rows, int ages) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double age = random.nextInt(ages) * 9.0 / ages;
      all.add(
          List.of(
              random.nextInt(10) == 0 ? "" : Double.toString(age),
              random.nextBoolean() ? "f" : "m",
              random.nextInt(8) == 0 ? "yes" : "no"));
    }
    return all;
  }

  /** By maps of the rows themselves. */
  private static List<Long> bruteForce(List<List<String>> rows) {
    Map<List<String>, Integer> sizes = new HashMap<>();
    Map<List<String>, Set<String>> labels = new HashMap<>();
    for (List<String> row : rows) {
      if (!row.get(0).isEmpty()) {
        sizes.merge(row.subList(0, 2), 1, Integer::sum);
        labels.computeIfAbsent(row.subList(0, 2), key -> new HashSet<>()).add(row.get(2));
      }
    }
    return List.of(
        sizes.values().stream().filter(size -> size > 1).count(),
        labels.values().stream().filter(set -> set.size() > 1).count());
  }

  @ParameterizedTest
  @CsvSource({"1, 40, 5", "2, 300, 200", "3, 9000, 6000"})
  void equalsABruteForceCountInAnyOrder(long seed, int size, int ages) {
    List<List<String>> rows = random(new Random(seed), size, ages);
    List<Long> expected = bruteForce(rows);
    assertThat(counts(local(rows))).isEqualTo(expected);
    Collections.shuffle(rows, new Random(seed));
    assertThat(counts(local(rows))).isEqualTo(expected);
  }

  @Test
  void organisationsAreNotComparedWithEachOther() {
    List<List<String>> rows = random(new Random(4), 60, 20);
    QualityFindings twice = PaperFederation.exact().run(AUDIT, List.of(batch(rows), batch(rows)));
    List<Long> once = bruteForce(rows);
    assertThat(counts(twice)).containsExactly(2 * once.get(0), 2 * once.get(1));
  }

  /**
   * Units of up to three rows, the worst ones included: all rows in one group, each in a group that
   * it makes count, and each the only other label.
   */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void withoutAUnitEveryCountIsLessByAtMostItsRows(long seed) {
    Random random = new Random(seed);
    for (int pair = 0; pair < 500; pair++) {
      List<List<String>> others = random(random, random.nextInt(12), 4);
      List<List<String>> unit = new ArrayList<>(random(random, 1 + random.nextInt(3), 4));
      if (pair % 2 == 0 && !others.isEmpty()) {
        unit.replaceAll(row -> relabelled(others.get(random.nextInt(others.size()))));
      }
      List<List<String>> with = new ArrayList<>(others);
      unit.forEach(row -> with.add(random.nextInt(with.size() + 1), row));
      List<Long> more = counts(local(with));
      List<Long> less = counts(local(others));
      for (int rule = 0; rule < 2; rule++) {
        assertThat(more.get(rule) - less.get(rule)).isBetween(0L, (long) unit.size());
      }
    }
  }

  private static List<String> relabelled(List<String> row) {
    return List.of(row.get(0), row.get(1), row.get(2).equals("no") ? "yes" : "no");
  }

  @Test
  void theWorstUnitMovesACountByAllItsRows() {
    List<List<String>> others =
        IntStream.range(0, 3).mapToObj(i -> List.of("" + i, "f", "no")).toList();
    List<List<String>> with = new ArrayList<>(others);
    others.forEach(row -> with.add(relabelled(row)));
    assertThat(counts(local(others))).containsExactly(0L, 0L);
    assertThat(counts(local(with))).containsExactly(3L, 3L);
  }

  @Test
  void aRowIsChargedOneMoreForEachRule() {
    assertThat(AUDIT.releases().get(0).blocks().get(0).bound().recordL2Squared(1)).isEqualTo(5);
  }
}
