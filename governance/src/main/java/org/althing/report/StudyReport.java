package org.althing.report;

import java.util.List;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.study.LogEntry;
import org.althing.study.PrivacyTerms;
import org.althing.study.StudyEvent;
import org.althing.study.StudyOutcome;

/**
 * {@code report.html}: the whole study on one page for people, rendered from its log alone. The
 * same findings give the same bytes.
 */
public final class StudyReport {
  public static final String NAME = "report.html";
  private final Findings findings;
  private final Charges charges;

  private StudyReport(Findings findings) {
    this.findings = findings;
    this.charges = Charges.of(findings.record());
  }

  public static byte[] render(Findings findings) {
    return new StudyReport(findings).page().toBytes();
  }

  private Page page() {
    Page page = new Page(findings.study().title() + " \u00b7 Althing report", head());
    page.section("asked", "What was asked", new AskedSection(findings).body());
    page.section("left", "What left the organisations", new LeftSection(findings).body());
    page.section("cost", "What it cost", new CostSection(findings, charges).body());
    findings
        .outcome()
        .quality()
        .ifPresent(
            quality ->
                page.section(
                    "results", "Data quality", new QualitySection(findings, quality).body()));
    findings
        .outcome()
        .model()
        .ifPresent(
            model ->
                page.section("results", "The model", new ModelSection(findings, model).body()));
    findings
        .outcome()
        .statistics()
        .ifPresent(
            statistics ->
                page.section(
                    "results", "Statistics", new StatisticsSection(findings, statistics).body()));
    findings
        .outcome()
        .clusters()
        .ifPresent(
            clusters ->
                page.section(
                    "results", "Clusters", new ClustersSection(findings, clusters).body()));
    if (findings.outcome().equals(StudyOutcome.none())) {
      page.section("results", "Results", stopped());
    }
    page.section("seen", "Who saw what", new TrustSection(findings).seen());
    page.section("unprotected", "What is not protected", new TrustSection(findings).unprotected());
    page.section("verify", "How to verify", new TrustSection(findings).verify());
    page.section("receipt", "Receipt", receipt());
    return page;
  }

  private Markup head() {
    Markup out = new Markup();
    out.leaf("p", "Study report \u00b7 " + findings.study().id(), "class", "over").line();
    out.leaf("h1", findings.study().title()).line();
    out.leaf("p", lede(), "class", "lede").line();
    out.open("dl", "class", "facts");
    Quorum quorum = findings.plan().quorum();
    fact(
        out,
        "State",
        findings.record().completed() ? "Completed" : "Stopped",
        Wording.time(last().timeMillis()));
    fact(
        out,
        "Organisations",
        Integer.toString(quorum.nodes()),
        "a sum needs at least " + quorum.leastConfirmed());
    fact(
        out,
        "Released",
        findings.releases().size() + " of " + findings.plan().releases().size() + " sums",
        Decimal.grouped(numbers()) + " noisy numbers");
    PrivacyTerms terms = findings.study().privacy();
    fact(
        out,
        "Privacy cost",
        "\u03b5 " + epsilon(spent()),
        "at \u03b4 = " + Decimal.significant(terms.delta(), 1) + ", \u03c1 = " + rho(spent()));
    new Headline(findings).facts().forEach(f -> fact(out, f.name(), f.value(), f.remark()));
    return out.close().line();
  }

  private static void fact(Markup out, String name, String value, String remark) {
    out.open("div").leaf("dt", name).open("dd").text(value).leaf("small", remark);
    out.close().close().line();
  }

  private String lede() {
    Roster roster = findings.plan().roster();
    return "%d organisations asked one question of their joint records without sharing them. Only the noisy sums listed below left; each was paid for from the owners' privacy budgets."
        .formatted(roster.members().size());
  }

  private Markup stopped() {
    String reason =
        findings.record().stopped().map(StudyEvent.StudyStopped::reason).orElse("it has not ended");
    return new Markup()
        .leaf("p", "There is no result: the study stopped before its last release.")
        .leaf("p", "Reason in the log: " + reason, "class", "note");
  }

  private LogEntry last() {
    List<LogEntry> entries = findings.record().entries();
    return entries.get(entries.size() - 1);
  }

  private int numbers() {
    return findings.releases().stream().mapToInt(r -> r.total().length).sum();
  }

  /** The dearest any organisation paid for this study. */
  private Rho spent() {
    Rho most = Rho.ZERO;
    for (var id : findings.plan().roster().ids()) {
      most = most.max(charges.paidBy(id));
    }
    return most;
  }

  private String epsilon(Rho rho) {
    return Decimal.ceiling(Accountant.epsilonFor(rho, findings.study().privacy().delta()), 3);
  }

  static String rho(Rho rho) {
    return Decimal.ceiling(rho.toDouble(), 6);
  }

  private Markup receipt() {
    Markup out = new Markup();
    Table entries = new Table("Entries of the study in the log", "No.", "Time", "What", "Entry");
    for (LogEntry entry : findings.record().entries()) {
      entries.row(
          Integer.toString(entry.sequence()),
          Wording.time(entry.timeMillis()),
          Wording.event(entry.event()),
          entry.digest().brief());
    }
    out.leaf(
        "p",
        "This page was rendered from the entries below and from the released sums; nothing else went into it. Entry %d, which follows, lists the SHA-256 digests of this page and of the other files."
            .formatted(last().sequence() + 1));
    out.add(entries.toMarkup());
    List<StudyEvent.Witnessed> witnessed = findings.record().events(StudyEvent.Witnessed.class);
    if (!witnessed.isEmpty()) {
      out.leaf("h3", "Last checkpoint that the nodes cosigned before this report");
      out.leaf("pre", witnessed.get(witnessed.size() - 1).note());
    }
    return out.leaf("p", "Chain head: " + last().digest().hex()).line();
  }

  /** The standard deviation of a block's noise as a reader sees it. */
  static String deviation(Release release, int block) {
    return Decimal.significant(release.noiseDeviation(block), 3);
  }
}
