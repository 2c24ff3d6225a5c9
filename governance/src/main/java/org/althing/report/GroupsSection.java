package org.althing.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.althing.model.evaluation.GroupFindings;
import org.althing.model.evaluation.GroupFindings.Gap;
import org.althing.model.evaluation.GroupFindings.Group;
import org.althing.release.Measure;
import org.althing.statistics.Interval;

/** How a model did in each group of the held-out records, and how far groups are apart. */
record GroupsSection(GroupFindings findings) {
  private record Rate(String name, Function<Group, Optional<Measure>> of) {}

  private static final List<Rate> DRAWN =
      List.of(
          new Rate("predicted positive", Group::predictedPositive),
          new Rate("true positives", Group::truePositiveRate),
          new Rate("false positives", Group::falsePositiveRate),
          new Rate("accuracy", Group::accuracy));

  Markup body() {
    Markup out = new Markup();
    out.leaf("h3", "In each group of " + findings.column());
    out.leaf(
        "p",
        "Every record counts in one group; the figures of all records above are of the sum over the groups, with %s times the noise they would have had without them. Each interval is one of 95 %% for itself."
            .formatted(Decimal.fixed(StrictMath.sqrt(findings.groups().size()), 2)));
    out.add(figure().toMarkup());
    out.add(rates().toMarkup());
    return out.add(gaps().toMarkup());
  }

  private Figure figure() {
    Table table =
        new Table(
            "Groups, at probability \u00bd, with 95 % intervals",
            "Group", "Records>", "Positive>", "Predicted positive>", "Accuracy>");
    for (Group group : findings.groups()) {
      table.row(
          group.name(),
          Wording.count(group.records()),
          cell(group.baseRate()),
          cell(group.predictedPositive()),
          cell(group.accuracy()));
    }
    Drawing drawing =
        Charts.dots(
            DRAWN.stream().map(Rate::name).toList(),
            findings.groups().stream().map(Group::name).toList(),
            findings.groups().stream().map(GroupsSection::dots).toList());
    return new Figure("groups", "Rates in each group (95 % intervals)", finding(), drawing, table);
  }

  /** Apart from the other figures: a table of all of them is wider than a page. */
  private Table rates() {
    Table table =
        new Table(
            "Rates and AUC of each group, with 95 % intervals",
            "Group", "True positive rate>", "False positive rate>", "AUC>");
    for (Group group : findings.groups()) {
      table.row(
          group.name(),
          cell(group.truePositiveRate()),
          cell(group.falsePositiveRate()),
          cell(group.auc()));
    }
    return table;
  }

  private static List<Optional<Charts.Dot>> dots(Group group) {
    return DRAWN.stream().map(rate -> rate.of().apply(group).map(GroupsSection::dot)).toList();
  }

  static Charts.Dot dot(Measure share) {
    Interval interval = interval(share);
    return new Charts.Dot(Wording.cut(share), interval.low(), interval.high());
  }

  private static Interval interval(Measure share) {
    return Interval.of(share).within(0, 1);
  }

  /** A share with its 95 % interval, if it stands above the noise. */
  static String cell(Optional<Measure> share) {
    return share
        .map(s -> Decimal.fixed(Wording.cut(s), 3) + " (" + range(interval(s)) + ")")
        .orElse("too few records");
  }

  static String range(Interval interval) {
    return Decimal.fixed(interval.low(), 3) + " \u2013 " + Decimal.fixed(interval.high(), 3);
  }

  private String finding() {
    List<String> told =
        Stream.of(
                told("shares predicted positive", findings.demographicParity()),
                told("true positive rates", findings.equalOpportunity()))
            .flatMap(Optional::stream)
            .toList();
    return told.isEmpty()
        ? "No difference between groups is told from noise and chance."
        : "Groups differ beyond noise and chance in their " + String.join(" and ", told) + ".";
  }

  private static Optional<String> told(String what, Optional<Gap> gap) {
    return gap.filter(Gap::isTold).map(g -> what);
  }

  /** The interval is of the largest difference, not of the pair: it allows for the choice. */
  private Table gaps() {
    Table table =
        gapTable(
            "Largest difference between declared groups, with intervals of 95 % that allow for the choice of the largest");
    int declared = findings.groups().size() - 1;
    row(
        table,
        "shares predicted positive (demographic parity)",
        findings.demographicParity(),
        declared);
    row(table, "true positive rates (equal opportunity)", findings.equalOpportunity(), declared);
    return table;
  }

  static Table gapTable(String caption) {
    return new Table(
        caption,
        "Difference of",
        "Found>",
        "95 % interval>",
        "Lowest",
        "Highest",
        "Groups compared>",
        "Told from noise");
  }

  /**
   * @param declared how many groups there are to compare
   */
  static void row(Table table, String name, Optional<Gap> gap, int declared) {
    if (gap.isEmpty()) {
      table.row(name, "too few records", "\u2013", "\u2013", "\u2013", "\u2013", "no");
      return;
    }
    Gap found = gap.get();
    table.row(
        name,
        Decimal.fixed(Math.min(1, found.value()), 3),
        range(new Interval(found.low(), found.high())),
        found.lowest(),
        found.highest(),
        "%d of %d".formatted(found.compared(), declared),
        found.isTold() ? "yes" : "not told from noise");
  }
}
