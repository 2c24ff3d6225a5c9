package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import org.althing.privacy.NoisePlan;
import org.althing.release.Release;
import org.althing.release.ReleaseSpec;
import org.althing.study.StudyEvent;
import org.althing.vector.Block;

/** Exactly what left, with its bound, its noise and its price. */
record LeftSection(Findings findings) {
  Markup body() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "Every number that left a node was added to the numbers of the other nodes under masks; the coordinator saw only the sums below, noise included. Nothing else about any record left.");
    Table table =
        new Table(
            "Releases: one line per block of numbers",
            "Release",
            "Block",
            "From",
            "Numbers>",
            "One unit moves it by at most>",
            "Noise in the sum, \u00b1>",
            "\u03c1>",
            "Nodes in the sum>");
    List<Charts.Bar> bars = new ArrayList<>();
    for (int i = 0; i < findings.plan().releases().size(); i++) {
      addRows(table, i);
      ReleaseSpec spec = findings.plan().releases().get(i);
      double rho = spec.noise().rho().toDouble();
      bars.add(
          new Charts.Bar(i + 1 + " " + spec.name(), rho, 0, StudyReport.rho(spec.noise().rho())));
    }
    out.add(table.toMarkup());
    Table prices = new Table("\u03c1 per release", "Release", "\u03c1>", "State");
    for (int i = 0; i < findings.plan().releases().size(); i++) {
      ReleaseSpec spec = findings.plan().releases().get(i);
      prices.row(i + 1 + " " + spec.name(), StudyReport.rho(spec.noise().rho()), state(i));
    }
    String finding =
        "Together the releases cost one unit at most \u03c1 = %s%s."
            .formatted(StudyReport.rho(findings.plan().cost()), whose());
    Figure figure =
        new Figure(
            "releases", "Price of each release", finding, Charts.bars(bars, "\u03c1"), prices);
    return out.add(figure.toMarkup());
  }

  private void addRows(Table table, int index) {
    ReleaseSpec spec = findings.plan().releases().get(index);
    NoisePlan noise = spec.noise();
    for (int b = 0; b < noise.shape().blocks().size(); b++) {
      Block block = noise.shape().blocks().get(b);
      double bound =
          StrictMath.sqrt((double) block.recordL2Squared()) / block.scale() * noise.rowsPerUnit();
      table.row(
          index + 1 + " " + spec.name(),
          block.name(),
          Wording.partition(spec.partition()),
          Decimal.grouped(block.length()),
          Decimal.significant(bound, 4),
          noise(index, b),
          b == 0 ? StudyReport.rho(noise.rho()) : "\u2033",
          survivors(index));
    }
  }

  private String noise(int index, int block) {
    if (index >= findings.releases().size()) {
      return "\u2013";
    }
    Release release = findings.releases().get(index);
    return StudyReport.deviation(release, block);
  }

  private String survivors(int index) {
    return index < findings.releases().size()
        ? Integer.toString(findings.releases().get(index).survivors())
        : "not released";
  }

  private String state(int index) {
    long aborted =
        findings.record().events(StudyEvent.RoundAborted.class).stream()
            .filter(e -> e.release() == index)
            .count();
    String state = index < findings.releases().size() ? "released" : "not released";
    return aborted == 0 ? state : state + ", " + aborted + " attempts broke down";
  }

  /** Why the price is not that of all releases added up; nothing where it is. */
  private String whose() {
    if (findings.study().folds().isPresent()) {
      return "; each counts as one of all records, also where a fold is left out";
    }
    return findings.plan().holdoutPercent() == 0
        ? ""
        : "; training and held-out records are never the same unit's";
  }
}
