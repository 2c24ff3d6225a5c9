package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.model.evaluation.Performance;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.statistics.Interval;

/** How a model did on the held-out records. */
record EvaluationSection(Performance performance) {
  static final String NOT_KNOWN = "too few records for the noise";
  static final String NONE = "\u2013";

  Markup body() {
    Markup out = new Markup();
    out.leaf("h3", "On held-out records");
    remarks().forEach(remark -> out.leaf("p", remark));
    out.add(figures().toMarkup());
    if (performance.roc().size() > 2) {
      out.add(roc().toMarkup());
    }
    if (performance.precisionRecall().size() > 1) {
      out.add(precisionRecall().toMarkup());
    }
    out.add(
        new CalibrationFigure(
                "predicted probability",
                performance.calibration(),
                performance.probabilities().calibration())
            .toMarkup());
    return out.add(confusion().toMarkup());
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    Performance.Rates rates = performance.rates();
    if (rates.accuracy().isPresent() && rates.commonerClass().isPresent()) {
      remarks.add(
          "The model is right about %s %% of the records; whoever says the commoner class of every record is right about %s %%."
              .formatted(
                  Decimal.percent(Wording.cut(rates.accuracy().get()), 1),
                  Decimal.percent(Wording.cut(rates.commonerClass().get()), 1)));
    }
    if (Stream.of(rates.accuracy(), rates.auc(), rates.baseRate())
        .flatMap(Optional::stream)
        .anyMatch(rate -> rate.value() < 0 || rate.value() > 1)) {
      remarks.add(
          "The hold-out is too small for the noise: a share came out below 0 or above 1 and is cut to what is possible. More held-out records or a larger budget would tell more.");
    }
    remarks.add(surety());
    return remarks;
  }

  private String surety() {
    double scale = performance.scale();
    if (scale == 1) {
      return "These records do not contradict how sure the model is of what it predicts, so its log-odds are left as trained.";
    }
    return "As trained, the model was %s often right than its probabilities said. So its log-odds, and weights with their intervals, here and in model.json, are those of training times %s: the nearest to 1 that these records do not contradict. The order of records and their sides of probability \u00bd stay. Log-loss, Brier score and calibration error are after it and over the same records: too good by a part of the errors shown."
        .formatted(scale < 1 ? "less" : "more", Decimal.fixed(scale, 3));
  }

  private Table figures() {
    Table table = emptyTable();
    Performance.Rates rates = performance.rates();
    share(table, "Accuracy at probability \u00bd", rates.accuracy());
    share(table, "Accuracy of always saying the commoner class", rates.commonerClass());
    share(table, "AUC", rates.auc());
    share(table, "Precision at probability \u00bd", performance.positiveClass().precision());
    share(table, "Recall at probability \u00bd", performance.positiveClass().recall());
    share(table, "F1 at probability \u00bd", performance.positiveClass().f1());
    addProbabilities(table, performance.probabilities(), 1);
    share(table, "Share of positive records", rates.baseRate());
    return addRecords(table, performance.records());
  }

  static Table emptyTable() {
    return new Table(
        "Figures with their 95 % intervals and two errors",
        "Figure", "Value>", "95 % interval>", "\u00b1 noise>", "\u00b1 sampling>");
  }

  /**
   * @param mostBrier the largest that the score can be
   */
  static void addProbabilities(
      Table table, Performance.Probabilities probabilities, double mostBrier) {
    row(table, "Log-loss", probabilities.logLoss(), Double.MAX_VALUE);
    row(table, "Brier score", probabilities.brier(), mostBrier);
    table.row(
        "Calibration error (ECE)",
        probabilities.calibration().map(e -> Decimal.fixed(e.value(), 4)).orElse(NOT_KNOWN),
        NONE,
        NONE,
        NONE);
  }

  static Table addRecords(Table table, Estimate records) {
    return table.row(
        "Held-out records",
        Decimal.grouped(records.value()),
        NONE,
        Decimal.grouped(records.noiseDeviation()),
        NONE);
  }

  static void share(Table table, String name, Optional<Measure> measure) {
    row(table, name, measure, 1);
  }

  private static void row(Table table, String name, Optional<Measure> measure, double most) {
    if (measure.isEmpty()) {
      table.row(name, NOT_KNOWN, NONE, NONE, NONE);
      return;
    }
    Measure found = measure.get();
    Interval interval = Interval.of(found).within(0, most);
    table.row(
        name,
        Decimal.fixed(Math.max(0, Math.min(most, found.value())), 4),
        Decimal.fixed(interval.low(), 3) + " \u2013 " + Decimal.fixed(interval.high(), 3),
        Decimal.fixed(found.noiseDeviation(), 4),
        Decimal.fixed(found.samplingDeviation(), 4));
  }

  private Figure roc() {
    Table table =
        new Table(
            "Points of the curve", "Threshold (log-odds)", "False positives>", "True positives>");
    double positives = total(performance.positives());
    double deviation = performance.cellDeviation();
    List<Charts.CurvePoint> points = new ArrayList<>();
    int bins = performance.positives().size();
    for (int i = 0; i < performance.roc().size(); i++) {
      Performance.RocPoint p = performance.roc().get(i);
      table.row(
          threshold(p.logit()),
          Decimal.fixed(p.falsePositiveRate(), 3),
          Decimal.fixed(p.truePositiveRate(), 3));
      // Noise of a partial sum of i bins, given the whole: widest in the middle, none at the ends.
      double inside = Math.min(i, bins);
      double spread =
          deviation * StrictMath.sqrt(inside * (bins - inside) / bins) / Math.max(1, positives);
      points.add(
          new Charts.CurvePoint(
              p.falsePositiveRate(),
              p.truePositiveRate(),
              p.truePositiveRate() - 2 * spread,
              p.truePositiveRate() + 2 * spread));
    }
    String finding =
        performance
            .rates()
            .auc()
            .map(a -> "The area under the curve is %s; 0.5 is chance.".formatted(Wording.share(a)))
            .orElse("There are too few records for the noise to state the area.");
    return new Figure(
        "roc",
        "Telling the classes apart (ROC, band \u00b1 2 deviations of the noise)",
        finding,
        Charts.curve(points, 0, 1, "false positive rate", "true positive rate"),
        table);
  }

  private static String threshold(double logit) {
    return Double.isInfinite(logit)
        ? (logit > 0 ? "above all" : "below all")
        : Decimal.significant(logit, 3);
  }

  private Figure precisionRecall() {
    Table table =
        new Table(
            "Points of the curve", "Threshold (log-odds)", "Recall>", "Precision>", "\u00b1>");
    List<Charts.CurvePoint> points = new ArrayList<>();
    for (Performance.PrecisionPoint p : performance.precisionRecall()) {
      double precision = Wording.cut(p.precision());
      double noise = p.precision().noiseDeviation();
      points.add(
          new Charts.CurvePoint(
              p.recall(),
              precision,
              Math.max(0, precision - 2 * noise),
              Math.min(1, precision + 2 * noise)));
      table.row(
          threshold(p.logit()),
          Decimal.fixed(p.recall(), 3),
          Decimal.fixed(precision, 3),
          Decimal.fixed(p.precision().totalDeviation(), 3));
    }
    double base = performance.rates().baseRate().map(Wording::cut).orElse(0.0);
    return new Figure(
        "precision-recall",
        "Precision against recall (band \u00b1 2 deviations of the noise)",
        precisionFinding(base),
        Charts.curve(points, base, base, "recall", "precision"),
        table);
  }

  private String precisionFinding(double base) {
    return performance
        .positiveClass()
        .f1()
        .map(
            f1 ->
                "At probability \u00bd, F1 is %s; the dashed line is the share of positive records, %s."
                    .formatted(Wording.share(f1), Decimal.fixed(base, 3)))
        .orElse("The dashed line is the share of positive records.");
  }

  private static double total(List<Double> counts) {
    double sum = 0;
    for (double count : counts) {
      sum += count;
    }
    return sum;
  }

  private Figure confusion() {
    Performance.Confusion c = performance.confusion();
    Table table =
        new Table(
            "Records by class and prediction",
            "Class",
            "Predicted positive>",
            "Predicted negative>");
    table.row("positive", Wording.count(c.truePositives()), Wording.count(c.falseNegatives()));
    table.row("negative", Wording.count(c.falsePositives()), Wording.count(c.trueNegatives()));
    double all = Math.max(1, performance.records().value());
    Drawing drawing =
        Charts.heat(
            List.of("predicted positive", "predicted negative"),
            List.of("positive", "negative"),
            List.of(
                List.of(cell(c.truePositives(), all), cell(c.falseNegatives(), all)),
                List.of(cell(c.falsePositives(), all), cell(c.trueNegatives(), all))));
    String finding =
        "At probability \u00bd, %s records are on the right side."
            .formatted(Decimal.grouped(c.truePositives().value() + c.trueNegatives().value()));
    return new Figure("confusion", "Right and wrong predictions", finding, drawing, table);
  }

  /** A count, shaded by its share of {@code all}. */
  static Charts.Cell cell(Estimate count, double all) {
    return new Charts.Cell(
        count.value() / all,
        Decimal.grouped(count.value()),
        "\u00b1 " + Decimal.grouped(count.noiseDeviation()));
  }
}
