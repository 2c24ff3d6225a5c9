package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.model.evaluation.ClassPerformance;
import org.althing.model.evaluation.ClassPerformance.Figures;
import org.althing.model.evaluation.ClassPerformance.OneClass;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/** How a model of several classes did on the held-out records. */
record ClassEvaluationSection(ClassPerformance performance) {
  /** A picture of more classes than these side by side has no room for numbers. */
  static final int MOST_ACROSS = 8;

  Markup body() {
    Markup out = new Markup();
    out.leaf("h3", "On held-out records");
    remark().ifPresent(remark -> out.leaf("p", remark));
    out.add(figures().toMarkup());
    out.add(classes().toMarkup());
    out.add(scores().toMarkup());
    out.add(confusion());
    return out.add(
        new CalibrationFigure(
                "predicted probability of the likeliest class",
                performance.calibration(),
                performance.probabilities().calibration())
            .toMarkup());
  }

  private Optional<String> remark() {
    return performance
        .accuracy()
        .flatMap(
            accuracy ->
                performance
                    .commonestClass()
                    .map(
                        commonest ->
                            "The model's likeliest class is right for %s %% of the records; whoever says the commonest class of every record is right about %s %%."
                                .formatted(
                                    Decimal.percent(Wording.cut(accuracy), 1),
                                    Decimal.percent(Wording.cut(commonest), 1))));
  }

  private Table figures() {
    Table table = EvaluationSection.emptyTable();
    Figures macro = performance.macro();
    EvaluationSection.share(table, "Accuracy", performance.accuracy());
    EvaluationSection.share(
        table, "Accuracy of always saying the commonest class", performance.commonestClass());
    EvaluationSection.share(table, "Precision, mean over the classes", macro.precision());
    EvaluationSection.share(table, "Recall, mean over the classes", macro.recall());
    EvaluationSection.share(table, "F1, mean over the classes", macro.f1());
    EvaluationSection.share(
        table, "AUC of each class against the rest, mean over the classes", macro.auc());
    EvaluationSection.addProbabilities(table, performance.probabilities(), 2);
    return EvaluationSection.addRecords(table, performance.records());
  }

  private Figure classes() {
    Table table =
        new Table("Classes, with 95 % intervals", "Class", "Records>", "Precision>", "Recall>");
    List<List<Optional<Charts.Dot>>> dots = new ArrayList<>();
    for (OneClass each : performance.classes()) {
      table.row(
          each.name(),
          Wording.count(each.records()),
          GroupsSection.cell(each.figures().precision()),
          GroupsSection.cell(each.figures().recall()));
      dots.add(
          Stream.of(
                  each.figures().precision(),
                  each.figures().recall(),
                  each.figures().f1(),
                  each.figures().auc())
              .map(found -> found.map(GroupsSection::dot))
              .toList());
    }
    Drawing drawing = Charts.dots(List.of("precision", "recall", "F1", "AUC"), names(), dots);
    return new Figure("classes", "How each class is found", finding(), drawing, table);
  }

  /** Apart from the other figures: a table of all of them is wider than a page. */
  private Table scores() {
    Table table =
        new Table(
            "F1 and AUC of each class against the rest, with 95 % intervals",
            "Class", "Share of records>", "F1>", "AUC>");
    for (OneClass each : performance.classes()) {
      table.row(
          each.name(),
          GroupsSection.cell(each.share()),
          GroupsSection.cell(each.figures().f1()),
          GroupsSection.cell(each.figures().auc()));
    }
    return table;
  }

  private String finding() {
    List<OneClass> told =
        performance.classes().stream().filter(c -> c.figures().recall().isPresent()).toList();
    if (told.isEmpty()) {
      return "No class has enough records for the noise.";
    }
    OneClass best = told.get(0);
    OneClass worst = told.get(0);
    for (OneClass each : told) {
      best = recall(each).value() > recall(best).value() ? each : best;
      worst = recall(each).value() < recall(worst).value() ? each : worst;
    }
    return "Found best is '%s' (recall %s), worst '%s' (recall %s)."
        .formatted(
            best.name(), Wording.share(recall(best)), worst.name(), Wording.share(recall(worst)));
  }

  private static Measure recall(OneClass of) {
    return of.figures().recall().orElseThrow();
  }

  private List<String> names() {
    return performance.classes().stream().map(OneClass::name).toList();
  }

  private Markup confusion() {
    List<String> names = names();
    String[] headings =
        Stream.concat(Stream.of("Class"), names.stream().map(n -> "as " + n + ">"))
            .toArray(String[]::new);
    Table table = new Table("Records by class and by predicted class", headings);
    List<List<Charts.Cell>> rows = new ArrayList<>();
    double right = 0;
    for (int k = 0; k < names.size(); k++) {
      List<Estimate> counts = performance.confusion().get(k);
      table.row(
          Stream.concat(Stream.of(names.get(k)), counts.stream().map(Wording::count))
              .toArray(String[]::new));
      Estimate ofClass = performance.classes().get(k).records();
      // Of a class that drowns in the noise no share is any darker than another.
      double all = ofClass.standsAbove(2) ? ofClass.value() : Double.MAX_VALUE;
      rows.add(counts.stream().map(count -> EvaluationSection.cell(count, all)).toList());
      right += counts.get(k).value();
    }
    if (names.size() > MOST_ACROSS) {
      return table.toMarkup();
    }
    String finding =
        "%s records are predicted as what they are, those on the diagonal. Rows are what records are, columns what they are predicted as; darker is a larger share of the row. Counts with one deviation of their noise."
            .formatted(Decimal.grouped(right));
    return new Figure(
            "confusion",
            "Right and wrong predictions",
            finding,
            Charts.heat(names, names, rows),
            table)
        .toMarkup();
  }
}
