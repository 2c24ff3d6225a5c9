package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.model.evaluation.ClassGroupFindings;
import org.althing.model.evaluation.ClassGroupFindings.Group;
import org.althing.model.evaluation.ClassGroupFindings.OneClass;
import org.althing.model.evaluation.GroupFindings.Gap;
import org.althing.release.Measure;

/** How a model of several classes did in each group of the held-out records. */
record ClassGroupsSection(ClassGroupFindings findings) {
  /** Beside the accuracy; more classes have tables alone. */
  private static final int MOST_DRAWN = 3;

  Markup body() {
    Markup out = new Markup();
    out.leaf("h3", "In each group of " + findings.column());
    out.leaf(
        "p",
        "Every record counts in one group; accuracy, precision, recall and F1 of all records above are of the sum over the groups, with %s times the noise they would have had without them. Scores are not counted by group, so groups have no AUC. Each interval is one of 95 %% for itself."
            .formatted(Decimal.fixed(StrictMath.sqrt(findings.groups().size()), 2)));
    out.add(figure().toMarkup());
    out.add(byClass("Recall of each class", OneClass::recall).toMarkup());
    out.add(byClass("Share predicted as each class", OneClass::predicted).toMarkup());
    out.add(byClass("Share of each class", OneClass::share).toMarkup());
    return out.add(gaps().toMarkup());
  }

  private Figure figure() {
    Table table = new Table("Groups, with 95 % intervals", "Group", "Records>", "Accuracy>");
    List<List<Optional<Charts.Dot>>> dots = new ArrayList<>();
    int drawn = findings.classes().size() <= MOST_DRAWN ? findings.classes().size() : 0;
    for (Group group : findings.groups()) {
      table.row(group.name(), Wording.count(group.records()), GroupsSection.cell(group.accuracy()));
      dots.add(
          Stream.concat(
                  Stream.of(group.accuracy()),
                  group.classes().stream().limit(drawn).map(OneClass::recall))
              .map(found -> found.map(GroupsSection::dot))
              .toList());
    }
    Drawing drawing =
        Charts.dots(
            Stream.concat(
                    Stream.of("accuracy"),
                    findings.classes().stream().limit(drawn).map(name -> "recall, " + name))
                .toList(),
            findings.groups().stream().map(Group::name).toList(),
            dots);
    return new Figure(
        "groups", "Accuracy in each group (95 % intervals)", finding(), drawing, table);
  }

  private Table byClass(String what, Function<OneClass, Optional<Measure>> figure) {
    Table table =
        new Table(
            what + " in each group, with 95 % intervals",
            Stream.concat(
                    Stream.of("Class"), findings.groups().stream().map(group -> group.name() + ">"))
                .toArray(String[]::new));
    for (int k = 0; k < findings.classes().size(); k++) {
      List<String> row = new ArrayList<>(List.of(findings.classes().get(k)));
      for (Group group : findings.groups()) {
        row.add(GroupsSection.cell(figure.apply(group.classes().get(k))));
      }
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private String finding() {
    List<String> told = new ArrayList<>();
    findings.accuracy().filter(Gap::isTold).ifPresent(gap -> told.add("accuracy"));
    for (int k = 0; k < findings.classes().size(); k++) {
      String name = findings.classes().get(k);
      findings
          .equalOpportunity()
          .get(k)
          .filter(Gap::isTold)
          .ifPresent(gap -> told.add("recall of '" + name + "'"));
      findings
          .demographicParity()
          .get(k)
          .filter(Gap::isTold)
          .ifPresent(gap -> told.add("share predicted as '" + name + "'"));
    }
    return told.isEmpty()
        ? "No difference between groups is told from noise and chance."
        : "Groups differ beyond noise and chance in their " + String.join(", ", told) + ".";
  }

  private Table gaps() {
    Table table =
        GroupsSection.gapTable(
            "Largest difference between declared groups, with intervals of 95 % that allow for the choice of the largest and for the number of classes");
    int declared = findings.groups().size() - 1;
    GroupsSection.row(table, "accuracy", findings.accuracy(), declared);
    IntStream.range(0, findings.classes().size())
        .forEach(
            k -> {
              String name = findings.classes().get(k);
              GroupsSection.row(
                  table,
                  "share predicted as %s (demographic parity)".formatted(name),
                  findings.demographicParity().get(k),
                  declared);
              GroupsSection.row(
                  table,
                  "recall of %s (equal opportunity)".formatted(name),
                  findings.equalOpportunity().get(k),
                  declared);
            });
    return table;
  }
}
