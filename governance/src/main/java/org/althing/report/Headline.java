package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.model.kmeans.Clusters;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.statistics.Interval;
import org.althing.statistics.StatisticsFindings;
import org.althing.study.Choice;

/** The result in two facts for the head of a report. */
record Headline(Findings findings) {
  /** A name, the value in large type, and a remark below it. */
  record Fact(String name, String value, String remark) {}

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    findings.outcome().quality().ifPresent(quality -> addQuality(facts, quality));
    findings.outcome().statistics().ifPresent(statistics -> addStatistics(facts, statistics));
    findings.outcome().clusters().ifPresent(clusters -> addClusters(facts, clusters));
    findings.outcome().choice().ifPresent(choice -> facts.add(chosen(choice)));
    findings
        .outcome()
        .evaluation()
        .ifPresent(
            performance ->
                addModel(facts, "AUC", performance.rates().auc(), performance.rates().accuracy()));
    findings
        .outcome()
        .classEvaluation()
        .ifPresent(
            performance ->
                addModel(facts, "Mean AUC", performance.macro().auc(), performance.accuracy()));
    return facts;
  }

  private static Fact chosen(Choice choice) {
    String best =
        "the best %s of %d"
            .formatted(choice.comparison().criterion().inWords(), choice.candidates().size());
    return new Fact(
        "Chosen",
        choice.chosen().name(),
        choice
            .comparison()
            .optimism()
            .map(most -> best + ", too good by at most " + Decimal.fixed(most, 3))
            .orElse("the first, no figure stands above the noise"));
  }

  private static void addStatistics(List<Fact> facts, StatisticsFindings statistics) {
    facts.add(rows(statistics.rows()));
    facts.add(
        new Fact("Columns", Integer.toString(statistics.columns().size()), "described one by one"));
  }

  private static void addClusters(List<Fact> facts, Clusters clusters) {
    facts.add(rows(clusters.records()));
    long told = clusters.clusters().stream().filter(Clusters.Cluster::isDistinct).count();
    facts.add(
        new Fact(
            "Clusters",
            Long.toString(told),
            "of %d stand above the noise".formatted(clusters.clusters().size())));
  }

  private static Fact rows(Estimate count) {
    return new Fact(
        "Rows",
        Decimal.grouped(count.value()),
        "\u00b1 " + Decimal.grouped(count.noiseDeviation()));
  }

  private static void addQuality(List<Fact> facts, QualityFindings quality) {
    facts.add(rows(quality.rowCount()));
    facts.add(
        new Fact(
            "Rules",
            verdicts(quality, RuleVerdict.PASS) + " pass",
            "%d fail, %d inconclusive, %d not run"
                .formatted(
                    verdicts(quality, RuleVerdict.FAIL),
                    verdicts(quality, RuleVerdict.INCONCLUSIVE),
                    quality.coverage().notRun())));
  }

  static long verdicts(QualityFindings quality, RuleVerdict verdict) {
    return quality.rules().stream()
        .filter(RuleOutcome.Judged.class::isInstance)
        .map(RuleOutcome.Judged.class::cast)
        .filter(judged -> judged.verdict() == verdict)
        .count();
  }

  private static void addModel(
      List<Fact> facts, String area, Optional<Measure> auc, Optional<Measure> accuracy) {
    auc.ifPresent(found -> facts.add(heldOut(area, found)));
    accuracy.ifPresent(found -> facts.add(heldOut("Accuracy", found)));
  }

  private static Fact heldOut(String name, Measure found) {
    Interval interval = Interval.of(found).within(0, 1);
    return new Fact(
        name,
        Decimal.fixed(Wording.cut(found), 3),
        "%s \u2013 %s at 95\u00a0%%, on held-out"
            .formatted(Decimal.fixed(interval.low(), 3), Decimal.fixed(interval.high(), 3)));
  }
}
