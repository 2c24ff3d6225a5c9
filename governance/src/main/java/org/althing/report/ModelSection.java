package org.althing.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.LinearModel;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * The model: how well it tells the classes apart, whether its probabilities are true, its weights.
 */
record ModelSection(Findings findings, LinearModel model) {
  private static final int MOST_WEIGHTS = 20;

  Markup body() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "The model gives the log-odds of '%s = %s' as a sum of %d weights; model.json holds them all."
            .formatted(
                model.label().column(),
                String.join(" or ", model.label().positive()),
                model.weights().length));
    Optional<Performance> performance = findings.outcome().evaluation();
    if (performance.isPresent()) {
      evaluate(out, performance.get());
    } else {
      out.leaf("p", "Nothing was held out, so nothing is known of how well it does.");
    }
    return out.add(weights().toMarkup());
  }

  private void evaluate(Markup out, Performance performance) {
    out.leaf("h3", "On held-out records").add(figures(performance).toMarkup());
    if (performance.roc().size() > 2) {
      out.add(roc(performance).toMarkup());
    }
    if (performance.calibration().isEmpty()) {
      out.leaf("p", "No score bin stands far enough above the noise to show its calibration.");
    } else {
      out.add(calibration(performance).toMarkup());
    }
    out.add(confusion(performance).toMarkup());
  }

  private static Table figures(Performance performance) {
    Table table =
        new Table(
            "Figures with their two errors",
            "Figure",
            "Value>",
            "\u00b1 noise>",
            "\u00b1 sampling>");
    add(table, "Accuracy at probability \u00bd", performance.rates().accuracy());
    add(table, "AUC", performance.rates().auc());
    add(table, "Share of positive records", performance.rates().baseRate());
    Estimate records = performance.records();
    return table.row(
        "Held-out records",
        Decimal.grouped(records.value()),
        Decimal.grouped(records.noiseDeviation()),
        "\u2013");
  }

  private static void add(Table table, String name, Optional<Measure> measure) {
    table.row(
        name,
        measure.map(m -> Decimal.fixed(m.value(), 4)).orElse("too few records for the noise"),
        measure.map(m -> Decimal.fixed(m.noiseDeviation(), 4)).orElse("\u2013"),
        measure.map(m -> Decimal.fixed(m.samplingDeviation(), 4)).orElse("\u2013"));
  }

  private static Figure roc(Performance performance) {
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
          Double.isInfinite(p.logit())
              ? (p.logit() > 0 ? "above all" : "below all")
              : Decimal.significant(p.logit(), 3),
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
        Charts.curve(points, "false positive rate", "true positive rate"),
        table);
  }

  private static double total(List<Double> counts) {
    double sum = 0;
    for (double count : counts) {
      sum += count;
    }
    return sum;
  }

  private static Figure calibration(Performance performance) {
    Table table = new Table("Score bins", "Predicted", "Observed>", "\u00b1>", "Records>");
    List<Charts.CurvePoint> points = new ArrayList<>();
    int within = 0;
    for (Performance.CalibrationPoint p : performance.calibration()) {
      Measure observed = p.observed();
      double error = observed.totalDeviation();
      points.add(
          new Charts.CurvePoint(
              p.predicted(), observed.value(), observed.value() - error, observed.value() + error));
      table.row(
          Decimal.fixed(p.predicted(), 3),
          Decimal.fixed(observed.value(), 3),
          Decimal.fixed(error, 3),
          Wording.count(p.records()));
      within += Math.abs(observed.value() - p.predicted()) <= 2 * error ? 1 : 0;
    }
    String finding =
        "In %d of %d score bins the observed share lies within two deviations of the predicted one."
            .formatted(within, points.size());
    return new Figure(
        "calibration",
        "Predicted and observed shares (calibration)",
        finding,
        Charts.points(points, "predicted probability", "observed share"),
        table);
  }

  private static Figure confusion(Performance performance) {
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

  private static Charts.Cell cell(Estimate count, double all) {
    return new Charts.Cell(
        count.value() / all,
        Decimal.grouped(count.value()),
        "\u00b1 " + Decimal.grouped(count.noiseDeviation()));
  }

  private Figure weights() {
    double[] weights = model.weights();
    List<String> names = model.features().coordinateNames();
    List<Integer> order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -Math.abs(weights[i]))
                    .thenComparing(i -> i))
            .limit(MOST_WEIGHTS)
            .toList();
    Table table = new Table("The largest weights", "Coordinate", "Weight>");
    List<Charts.Bar> bars = new ArrayList<>();
    for (int i : order) {
      String text = Decimal.fixed(weights[i], 3);
      bars.add(new Charts.Bar(names.get(i), weights[i], 0, text));
      table.row(names.get(i), text);
    }
    String finding =
        "The strongest of %d weights is that of '%s', %s; positive weights speak for the label."
            .formatted(
                weights.length, names.get(order.get(0)), Decimal.fixed(weights[order.get(0)], 3));
    return new Figure(
        "weights", "What the model goes by", finding, Charts.bars(bars, "log-odds"), table);
  }
}
