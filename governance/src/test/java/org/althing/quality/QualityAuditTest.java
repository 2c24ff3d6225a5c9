package org.althing.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Operator;
import org.althing.contract.QualityRule.Unit;
import org.althing.contract.RowPredicate;
import org.althing.contract.RowPredicate.Comparison;
import org.althing.contract.RuleMeasure;
import org.althing.contract.RuleMeasure.Drift.Distance;
import org.althing.contract.RuleMeasure.Faults.Kind;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Rho;
import org.althing.release.Estimate;
import org.althing.release.PaperFederation;
import org.althing.release.ReleaseTemplate;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QualityAuditTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));

  private static QualityRule rule(
      String column, Kind kind, Operator operator, double threshold, boolean percent) {
    return rule(
        new RuleMeasure.Faults(column, kind),
        operator,
        threshold,
        percent ? Unit.PERCENT : Unit.ROWS);
  }

  private static QualityRule rule(
      RuleMeasure measure, Operator operator, double threshold, Unit unit) {
    return new QualityRule("rule", measure, operator, threshold, unit, "", "error");
  }

  private static QualityAudit audit(double rho, QualityRule... rules) {
    return new QualityAudit(SCHEMA, List.of(), List.of(rules), Rho.roundedUp(rho));
  }

  private static RecordBatch batch(List<List<String>> rows) {
    return Batches.of(SCHEMA, 0, rows);
  }

  private static QualityFindings exact(List<List<String>> rows, QualityRule... rules) {
    return PaperFederation.exact().run(audit(900, rules), List.of(batch(rows)));
  }

  private static final List<List<String>> TEN =
      List.of(
          List.of("30", "120", "yes"),
          List.of("39.5", "120", "no"),
          List.of("40", "120", "no"),
          List.of("", "79", "no"),
          List.of("?", "high", "no"),
          List.of("old", "", "no"),
          List.of("101", "90", "maybe"),
          List.of("-1", "90", ""),
          List.of("55", "90", "yes"),
          List.of("56", "90", "no"));

  @Test
  void everyRowIsInOneCellOfEachColumn() {
    QualityFindings findings = exact(TEN);
    assertThat(findings.rowCount().value()).isEqualTo(10);
    ColumnFindings age = findings.column("age");
    assertThat(age.fault(Verdict.MISSING).count().value()).isEqualTo(1);
    assertThat(age.fault(Verdict.SENTINEL).count().value()).isEqualTo(1);
    assertThat(age.fault(Verdict.UNPARSABLE).count().value()).isEqualTo(1);
    assertThat(age.fault(Verdict.OUT_OF_RANGE).count().value()).isEqualTo(2);
    assertThat(age.values().get(0).share().count().value()).isEqualTo(2);
    assertThat(age.values().get(1).share().count().value()).isEqualTo(3);
    assertThat(findings.column("bp").values()).hasSize(1);
    assertThat(findings.column("bp").values().get(0).share().count().value()).isEqualTo(7);
    assertThat(findings.column("ill").values().get(1).share().rate().orElseThrow().value())
        .isEqualTo(0.2);
    assertThat(findings.column("ill").fault(Verdict.NOT_IN_SET).count().value()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "NULL_VALUES, MUST_BE_LESS_OR_EQUAL_TO, 1, PASS",
    "NULL_VALUES, MUST_BE_LESS_THAN, 1, FAIL",
    "MISSING_VALUES, MUST_BE_LESS_OR_EQUAL_TO, 1, FAIL",
    "MISSING_VALUES, MUST_BE_LESS_OR_EQUAL_TO, 1.5, FAIL",
    "MISSING_VALUES, MUST_BE_LESS_THAN, 2.5, PASS",
    "INVALID_VALUES, MUST_BE_GREATER_OR_EQUAL_TO, 3, PASS",
    "INVALID_VALUES, MUST_BE_GREATER_THAN, 3, FAIL",
    "INVALID_VALUES, MUST_BE_GREATER_THAN, 2.5, PASS"
  })
  void countsWithoutNoiseAreJudgedExactlyAtTheThreshold(
      Kind metric, Operator operator, double threshold, RuleVerdict verdict) {
    QualityFindings findings = exact(TEN, rule("age", metric, operator, threshold, false));
    assertThat(verdictOf(findings)).isEqualTo(verdict);
  }

  private static RuleVerdict verdictOf(QualityFindings findings) {
    return ((RuleOutcome.Judged) findings.rules().get(0)).verdict();
  }

  @Test
  void coverageCountsRulesThatCannotRun() {
    QualityFindings findings =
        exact(
            TEN,
            rule(new RuleMeasure.RowCount(), Operator.MUST_BE_GREATER_THAN, 5, Unit.ROWS),
            rule("name", Kind.NULL_VALUES, Operator.MUST_BE_LESS_THAN, 5, true));
    assertThat(findings.coverage()).isEqualTo(new QualityFindings.Coverage(2, 1, 1));
    assertThat(((RuleOutcome.NotRun) findings.rules().get(1)).reason()).contains("name");
  }

  @Test
  void auditsChosenColumnsInTheirOrder() {
    QualityAudit audit =
        new QualityAudit(SCHEMA, List.of("ill", "age"), List.of(), Rho.roundedUp(900));
    QualityFindings findings = PaperFederation.exact().run(audit, List.of(batch(TEN)));
    assertThat(findings.columns()).extracting(ColumnFindings::column).containsExactly("ill", "age");
    assertThat(findings.column("age").fault(Verdict.MISSING).count().value()).isEqualTo(1);
    assertThatThrownBy(() -> new QualityAudit(SCHEMA, List.of("id"), List.of(), Rho.roundedUp(1)))
        .hasMessageContaining("id");
  }

  private static List<List<String>> withMissing(int rows, int missing) {
    List<List<String>> all = new ArrayList<>();
    all.addAll(Collections.nCopies(missing, List.of("", "120", "no")));
    all.addAll(Collections.nCopies(rows - missing, List.of("30", "120", "yes")));
    return all;
  }

  /**
   * Over 500 noisings of 300 rows: the row count and a rate are within 4 standard errors of the
   * truth on average (false alarm 6·10⁻⁵) and their spread within 13 % of what they claim (4 of its
   * standard errors).
   */
  @Test
  void estimatesAreUnbiasedAndAsWideAsTheySay() {
    RecordBatch rows = batch(withMissing(300, 60));
    double[] counts = new double[500];
    double[] rates = new double[500];
    double claimedCount = 0;
    double claimedRate = 0;
    for (int i = 0; i < counts.length; i++) {
      QualityFindings findings = PaperFederation.noisy(1, i + 1).run(audit(0.05), List.of(rows));
      var rate = findings.column("age").fault(Verdict.MISSING).rate().orElseThrow();
      counts[i] = findings.rowCount().value();
      rates[i] = rate.value();
      claimedCount += findings.rowCount().noiseDeviation() / counts.length;
      claimedRate += rate.noiseDeviation() / counts.length;
    }
    assertThat(mean(counts)).isCloseTo(300, within(4 * deviation(counts) / Math.sqrt(500)));
    assertThat(mean(rates)).isCloseTo(0.2, within(4 * deviation(rates) / Math.sqrt(500) + 1e-4));
    assertThat(deviation(counts) / claimedCount).isCloseTo(1, within(0.13));
    assertThat(deviation(rates) / claimedRate).isCloseTo(1, within(0.13));
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /**
   * Worst cases: the truth sits exactly on the threshold, on its right or its wrong side. Of 1000
   * noisings at most 25 may err on average; 46 is 4.2 standard deviations more, a false alarm in
   * 10⁻⁴ of all seeds.
   */
  @ParameterizedTest
  @CsvSource({
    "true, MUST_BE_LESS_OR_EQUAL_TO, 10, 30, FAIL",
    "true, MUST_BE_LESS_THAN, 10, 30, PASS",
    "true, MUST_BE_GREATER_OR_EQUAL_TO, 10, 30, FAIL",
    "true, MUST_BE_GREATER_THAN, 10, 30, PASS",
    "false, MUST_BE_LESS_OR_EQUAL_TO, 30, 30, FAIL",
    "false, MUST_BE_LESS_OR_EQUAL_TO, 30, 31, PASS",
    "false, MUST_BE_LESS_THAN, 30, 30, PASS",
    "false, MUST_BE_GREATER_OR_EQUAL_TO, 30, 29, PASS"
  })
  void wrongVerdictsStayBelowTheirRate(
      boolean percent, Operator operator, double threshold, int missing, RuleVerdict wrong) {
    RecordBatch rows = batch(withMissing(300, missing));
    QualityRule rule = rule("age", Kind.NULL_VALUES, operator, threshold, percent);
    int errors = 0;
    for (long seed = 1; seed <= 1000; seed++) {
      QualityFindings findings =
          PaperFederation.noisy(1, seed).run(audit(0.2, rule), List.of(rows));
      errors += verdictOf(findings) == wrong ? 1 : 0;
    }
    assertThat(errors).isLessThanOrEqualTo(46);
  }

  private static final Schema TEXTS =
      new Schema(
          List.of(
              new Column("note", new Domain.Words(Language.ENGLISH, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));

  private static QualityRule meanWords(int most, Operator operator, double threshold) {
    return new QualityRule(
        "mean" + most + operator,
        new RuleMeasure.MeanWords("note", most),
        operator,
        threshold,
        Unit.WORDS,
        "",
        "error");
  }

  private static QualityAudit texts(double rho, QualityRule... rules) {
    return new QualityAudit(TEXTS, List.of(), List.of(rules), Rho.roundedUp(rho));
  }

  /** Of 2, 4 and 9 words, and one row without a text: 15 / 3, and with at most 4 of each 10 / 3. */
  @Test
  void theMeanNumberOfWordsCountsSoManyOfEachValidText() {
    RecordBatch rows =
        Batches.of(
            TEXTS,
            0,
            List.of(
                List.of("a b", "no"),
                List.of("a a a a", "no"),
                List.of("", "yes"),
                List.of("a b c d e f g h i", "yes")));
    QualityRule all = meanWords(100, Operator.MUST_BE_LESS_OR_EQUAL_TO, 5);
    QualityRule clipped = meanWords(4, Operator.MUST_BE_GREATER_OR_EQUAL_TO, 3.8);
    QualityFindings findings = PaperFederation.exact().run(texts(900, all, clipped), List.of(rows));
    RuleOutcome.Judged first = (RuleOutcome.Judged) findings.rules().get(0);
    RuleOutcome.Judged second = (RuleOutcome.Judged) findings.rules().get(1);
    assertThat(first.metric().orElseThrow().value()).isCloseTo(5, within(1e-9));
    assertThat(second.metric().orElseThrow().value()).isCloseTo(10.0 / 3, within(1e-9));
    assertThat(second.verdict()).isEqualTo(RuleVerdict.FAIL);
    assertThat(PaperFederation.exact().run(texts(900), List.of(rows)).columns())
        .as("counts are what they are without rules about words")
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*[dD]eviation")
        .isEqualTo(findings.columns());
    LocalAudit local = new LocalAudit(TEXTS, List.of(all, clipped));
    local.add(rows);
    assertThat(((RuleOutcome.Judged) local.findings().rules().get(0)).verdict())
        .as("without noise a mean at its threshold is within it")
        .isEqualTo(RuleVerdict.PASS);
    assertThat(((RuleOutcome.Judged) local.findings().rules().get(1)).metric())
        .hasValueSatisfying(m -> assertThat(m.value()).isCloseTo(10.0 / 3, within(1e-9)));
  }

  /** Counts: 2 columns; words: 100² and 4². Together they cost what an audit without words does. */
  @Test
  void theWordsOfATextAreBoundedByWhatCountsAndPaidByAShare() {
    ReleaseTemplate release =
        texts(
                9,
                meanWords(100, Operator.MUST_BE_LESS_OR_EQUAL_TO, 5),
                // Another bound on the same mean costs nothing.
                meanWords(100, Operator.MUST_BE_GREATER_OR_EQUAL_TO, 2),
                meanWords(4, Operator.MUST_BE_LESS_OR_EQUAL_TO, 5))
            .releases()
            .get(0);
    assertThat(release.blocks()).hasSize(3);
    assertThat(release.blocks().get(0).bound().recordL2Squared(1)).isEqualTo(2);
    assertThat(release.blocks().get(1).bound().recordL2Squared(1)).isEqualTo(100 * 100);
    assertThat(release.blocks().get(2).bound().recordL2Squared(1)).isEqualTo(4 * 4);
    NoisePlan plan = NoisePlan.calibrate(release.blocks(), 1, 1);
    double count = deviation(plan, 0);
    // Noise is of whole steps, at least eight.
    assertThat(deviation(plan, 1) / count).isCloseTo(100, withinPercentage(13));
    assertThat(deviation(plan, 2) / count).isCloseTo(4, withinPercentage(13));
    long paid = release.blocks().stream().mapToLong(block -> block.rho().pico()).sum();
    assertThat(paid)
        .isLessThanOrEqualTo(Rho.roundedUp(9).pico())
        .isGreaterThan(Rho.roundedUp(9).pico() - 4);
    for (long seed = 1; seed <= 20; seed++) {
      // A record beyond the bound would stop the sum.
      PaperFederation.exact()
          .run(
              texts(9, meanWords(7, Operator.MUST_BE_LESS_OR_EQUAL_TO, 5)),
              List.of(Batches.hostile(TEXTS, seed, 50)));
    }
  }

  /**
   * As {@link #wrongVerdictsStayBelowTheirRate}: the truth is 3 words, on the line or beyond it.
   */
  @ParameterizedTest
  @CsvSource({
    "MUST_BE_LESS_OR_EQUAL_TO, 3, FAIL",
    "MUST_BE_LESS_OR_EQUAL_TO, 2.999, PASS",
    "MUST_BE_GREATER_OR_EQUAL_TO, 3, FAIL",
    "MUST_BE_GREATER_OR_EQUAL_TO, 3.001, PASS"
  })
  void wrongVerdictsOfAMeanStayBelowTheirRate(
      Operator operator, double threshold, RuleVerdict wrong) {
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(Collections.nCopies(200, List.of("a b", "no")));
    rows.addAll(Collections.nCopies(200, List.of("a b c d", "yes")));
    RecordBatch batch = Batches.of(TEXTS, 0, rows);
    QualityRule rule = meanWords(10, operator, threshold);
    int errors = 0;
    double[] means = new double[1000];
    double claimed = 0;
    for (int seed = 1; seed <= means.length; seed++) {
      QualityFindings findings =
          PaperFederation.noisy(1, seed).run(texts(0.2, rule), List.of(batch));
      errors += verdictOf(findings) == wrong ? 1 : 0;
      Estimate metric = ((RuleOutcome.Judged) findings.rules().get(0)).metric().orElseThrow();
      means[seed - 1] = metric.value();
      claimed += metric.noiseDeviation() / means.length;
    }
    assertThat(errors).isLessThanOrEqualTo(46);
    assertThat(mean(means)).isCloseTo(3, within(4 * deviation(means) / Math.sqrt(1000) + 1e-3));
    assertThat(deviation(means) / claimed).isCloseTo(1, within(0.1));
  }

  /** Of a block's noise, in units of value. */
  private static double deviation(NoisePlan plan, int block) {
    return (double) plan.sigmas().get(block) / plan.shape().blocks().get(block).scale();
  }

  @Test
  void decidesWhatIsFarFromTheThresholdAndPricesWhatIsNot() {
    QualityRule lax = rule("age", Kind.NULL_VALUES, Operator.MUST_BE_LESS_THAN, 50, true);
    QualityRule strict = rule("age", Kind.NULL_VALUES, Operator.MUST_BE_LESS_THAN, 1, true);
    QualityRule near = rule("age", Kind.NULL_VALUES, Operator.MUST_BE_LESS_THAN, 10.4, true);
    QualityFindings findings =
        PaperFederation.noisy(1, 2)
            .run(audit(0.2, lax, strict, near), List.of(batch(withMissing(300, 30))));
    assertThat(findings.rules())
        .extracting(outcome -> ((RuleOutcome.Judged) outcome).verdict())
        .containsExactly(RuleVerdict.PASS, RuleVerdict.FAIL, RuleVerdict.INCONCLUSIVE);
    RuleOutcome.Judged open = (RuleOutcome.Judged) findings.rules().get(2);
    assertThat(open.costFactor().orElseThrow()).isGreaterThan(1);
  }

  @Test
  void leavesSharesOpenWhereThereAreNoRows() {
    QualityRule rule = rule("age", Kind.NULL_VALUES, Operator.MUST_BE_LESS_THAN, 5, true);
    QualityFindings findings =
        PaperFederation.noisy(1, 1).run(audit(1e-6, rule), List.of(Batches.empty(SCHEMA)));
    assertThat(verdictOf(findings)).isEqualTo(RuleVerdict.INCONCLUSIVE);
  }

  private static final RowPredicate YOUNG = new RowPredicate.Compared("age", Comparison.LESS, 40);
  private static final RowPredicate ILL = new RowPredicate.OneOf("ill", List.of("yes"));

  private static QualityRule rows(
      RowPredicate where, Optional<RowPredicate> among, Operator operator, double most, Unit unit) {
    return rule(new RuleMeasure.Matching(where, among), operator, most, unit);
  }

  private static QualityRule shareOf(
      RowPredicate where, Optional<RowPredicate> among, double mostPercent) {
    return rows(where, among, Operator.MUST_BE_LESS_OR_EQUAL_TO, mostPercent, Unit.PERCENT);
  }

  private static Estimate metricOf(QualityFindings findings) {
    return ((RuleOutcome.Judged) findings.rules().get(0)).metric().orElseThrow();
  }

  /** Two of ten rows are young, one of them ill; five have a known age. */
  @Test
  void countsTheRowsThatARuleMatches() {
    QualityRule some =
        rows(YOUNG, Optional.empty(), Operator.MUST_BE_LESS_OR_EQUAL_TO, 2, Unit.ROWS);
    QualityFindings findings = exact(TEN, some);
    assertThat(metricOf(findings).value()).isEqualTo(2);
    assertThat(verdictOf(findings)).isEqualTo(RuleVerdict.PASS);
    assertThat(metricOf(exact(TEN, shareOf(YOUNG, Optional.empty(), 19))).value()).isEqualTo(20);
    assertThat(metricOf(exact(TEN, shareOf(ILL, Optional.of(YOUNG), 50))).value()).isEqualTo(50);
    RowPredicate known = new RowPredicate.Not(new RowPredicate.IsNull("age"));
    assertThat(metricOf(exact(TEN, shareOf(YOUNG, Optional.of(known), 50))).value()).isEqualTo(40);
    assertThat(findings.rowCount().value()).isEqualTo(10);
  }

  @Test
  void aRuleAboutRowsRunsWhereAllItsColumnsAreAudited() {
    QualityRule rule = shareOf(ILL, Optional.of(YOUNG), 50);
    QualityAudit part = new QualityAudit(SCHEMA, List.of("ill"), List.of(rule), Rho.roundedUp(900));
    QualityFindings findings = PaperFederation.exact().run(part, List.of(batch(TEN)));
    assertThat(((RuleOutcome.NotRun) findings.rules().get(0)).reason()).contains("age");
    assertThat(part.releases().get(0).blocks().get(0).length()).isEqualTo(7);
    assertThat(audit(1, rule).releases().get(0).blocks().get(0).length()).isEqualTo(7 + 7 + 6 + 2);
    assertThat(audit(1, rule).releases().get(0).blocks().get(0).bound().recordL2Squared(1))
        .isEqualTo(4);
  }

  private static QualityRule drift(Distance distance, double max, Double... reference) {
    String column = reference.length == 2 ? "ill" : "age";
    return rule(
        new RuleMeasure.Drift(column, distance, List.of(reference)),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        max,
        Unit.DISTANCE);
  }

  /** Of eight valid values of {@code ill}, two are yes. */
  @Test
  void measuresDriftAmongTheValidValues() {
    QualityRule half = drift(Distance.L_INFINITY, 0.3, 0.5, 0.5);
    assertThat(metricOf(exact(TEN, half)).value()).isCloseTo(0.5 - 2.0 / 8, within(1e-12));
    assertThat(verdictOf(exact(TEN, half))).isEqualTo(RuleVerdict.PASS);
    assertThat(verdictOf(exact(TEN, drift(Distance.L_INFINITY, 0.2, 0.5, 0.5))))
        .isEqualTo(RuleVerdict.FAIL);
  }

  private static final Schema BINS =
      new Schema(
          List.of(new Column("age", new Domain.Numbers(0, 100, true, List.of(25.0, 50.0, 75.0)))));

  /** The difference of four bins accumulates: ½ at the second edge. */
  @Test
  void measuresDriftOfADistributionAtTheEdgesOfItsBins() {
    List<List<String>> rows =
        IntStream.range(0, 40).mapToObj(i -> List.of(i < 20 ? "10" : "30")).toList();
    for (Distance distance : List.of(Distance.L_INFINITY, Distance.KOLMOGOROV_SMIRNOV)) {
      QualityRule rule = drift(distance, 0.5, 0.25, 0.25, 0.25, 0.25);
      QualityAudit audit = new QualityAudit(BINS, List.of(), List.of(rule), Rho.roundedUp(900));
      QualityFindings findings =
          PaperFederation.exact().run(audit, List.of(Batches.of(BINS, 0, rows)));
      double expected = distance == Distance.L_INFINITY ? 0.25 : 0.5;
      assertThat(metricOf(findings).value()).isCloseTo(expected, within(1e-12));
    }
  }

  /**
   * The drift sits on its threshold, on its right or its wrong side by one row in a thousand. Of
   * 1000 noisings at most 50 may err on average; 79 is 4.2 standard deviations more.
   */
  @ParameterizedTest
  @CsvSource({
    "L_INFINITY, 250, FAIL",
    "L_INFINITY, 251, PASS",
    "KOLMOGOROV_SMIRNOV, 250, FAIL",
    "KOLMOGOROV_SMIRNOV, 251, PASS"
  })
  void wrongVerdictsOfDriftStayBelowTheirRate(Distance distance, int more, RuleVerdict wrong) {
    List<List<String>> rows =
        IntStream.range(0, 1000)
            .mapToObj(i -> List.of(i < 250 + more ? "10" : i < 500 + more / 2 ? "30" : "60"))
            .toList();
    RecordBatch batch = Batches.of(BINS, 0, rows);
    QualityRule rule = drift(distance, 0.25, 0.25, 0.25, 0.25, 0.25);
    int errors = 0;
    for (long seed = 1; seed <= 1000; seed++) {
      QualityAudit audit = new QualityAudit(BINS, List.of(), List.of(rule), Rho.roundedUp(0.01));
      QualityFindings findings = PaperFederation.noisy(1, seed).run(audit, List.of(batch));
      errors += verdictOf(findings) == wrong ? 1 : 0;
    }
    assertThat(errors).isLessThanOrEqualTo(79);
  }

  @Test
  void leavesDriftOpenWhereThereAreNoRows() {
    QualityFindings findings =
        PaperFederation.noisy(1, 1)
            .run(
                audit(1e-6, drift(Distance.L_INFINITY, 0.2, 0.5, 0.5)),
                List.of(Batches.empty(SCHEMA)));
    assertThat(verdictOf(findings)).isEqualTo(RuleVerdict.INCONCLUSIVE);
  }

  /** Over rows as hostile as a batch can hold: a node's own audit is the federation's of itself. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void anOrganisationsOwnAuditIsTheExactOne(long seed) {
    List<QualityRule> rules =
        List.of(
            shareOf(ILL, Optional.of(YOUNG), 50),
            rule("age", Kind.MISSING_VALUES, Operator.MUST_BE_LESS_THAN, 5, true),
            drift(Distance.L_INFINITY, 0.2, 0.5, 0.5));
    LocalAudit local = new LocalAudit(SCHEMA, rules);
    RecordBatch first = Batches.hostile(SCHEMA, seed, 100);
    RecordBatch second = Batches.hostile(SCHEMA, seed + 10, 57);
    local.add(first);
    local.add(second);
    QualityFindings exact =
        PaperFederation.exact()
            .run(
                new QualityAudit(SCHEMA, List.of(), rules, Rho.roundedUp(900)),
                List.of(first, second));
    assertThat(local.findings())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*[dD]eviation")
        .isEqualTo(exact);
  }
}
