package org.althing.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.althing.model.features.LinearModel;
import org.althing.release.Measure;
import org.althing.statistics.Interval;

/**
 * A model's weights as bars: the largest, or where their errors are known those whose intervals lie
 * furthest from 0.
 *
 * @param errors one for each weight; empty where none are known
 * @param shown the coordinates that it chooses from
 */
record WeightsFigure(LinearModel model, List<Measure> errors, List<Integer> shown) {
  private static final int MOST_WEIGHTS = 20;

  Figure figure() {
    return errors.isEmpty() ? plain() : withIntervals();
  }

  private Figure plain() {
    double[] weights = model.weights();
    List<String> names = model.features().coordinateNames();
    List<Integer> order = order(i -> Math.abs(weights[i]));
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
                shown.size(), names.get(order.get(0)), Decimal.fixed(weights[order.get(0)], 3));
    return of(finding, bars, table);
  }

  private Figure withIntervals() {
    List<String> names = model.features().coordinateNames();
    List<Integer> order = order(i -> fromZero(errors.get(i)));
    Table table =
        new Table(
            "The weights furthest from 0, with their 95 % intervals and two errors",
            "Coordinate", "Weight>", "95 % interval>", "\u00b1 noise>", "\u00b1 sampling>");
    List<Charts.Bar> bars = new ArrayList<>();
    for (int i : order) {
      Measure weight = errors.get(i);
      Interval interval = Interval.of(weight);
      String text = Decimal.fixed(weight.value(), 3);
      bars.add(
          new Charts.Bar(
              names.get(i), weight.value(), (interval.high() - interval.low()) / 2, text));
      table.row(
          names.get(i),
          text,
          interval(interval),
          Decimal.fixed(weight.noiseDeviation(), 3),
          Decimal.fixed(weight.samplingDeviation(), 3));
    }
    return of(finding(names, order.get(0)), bars, table);
  }

  private String finding(List<String> names, int first) {
    long told = errors.stream().filter(weight -> fromZero(weight) > 0).count();
    String surest =
        told == 0
            ? "No interval of the %d weights leaves 0 out.".formatted(errors.size())
            : "%d of %d weights have intervals that leave 0 out; furthest from it is that of '%s', %s (%s)."
                .formatted(
                    told,
                    errors.size(),
                    names.get(first),
                    Decimal.fixed(errors.get(first).value(), 3),
                    interval(Interval.of(errors.get(first))));
    return surest
        + " Positive weights speak for the label, against an average value of the same column."
        + " About 95 % of intervals hold what the same rounds would come to without noise over the whole population; that too few rounds leave weights short of endless training is not in them.";
  }

  private static String interval(Interval interval) {
    return Decimal.fixed(interval.low(), 3) + " to " + Decimal.fixed(interval.high(), 3);
  }

  /** How far the interval lies from 0; negative where it holds 0. */
  private static double fromZero(Measure weight) {
    Interval interval = Interval.of(weight);
    return Math.max(interval.low(), -interval.high());
  }

  private List<Integer> order(ToDoubleFunction<Integer> descending) {
    return shown.stream()
        .sorted(
            Comparator.comparingDouble(descending)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_WEIGHTS)
        .toList();
  }

  private static Figure of(String finding, List<Charts.Bar> bars, Table table) {
    return new Figure(
        "weights", "What the model goes by", finding, Charts.bars(bars, "log-odds"), table);
  }
}
