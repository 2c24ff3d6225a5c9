package org.althing.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.LinearModel;

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
      out.add(new EvaluationSection(performance.get()).body());
    } else {
      out.leaf("p", "Nothing was held out, so nothing is known of how well it does.");
    }
    return out.add(weights().toMarkup());
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
