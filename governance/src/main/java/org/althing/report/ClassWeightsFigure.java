package org.althing.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.althing.model.features.SoftmaxModel;

/**
 * The weights of the coordinates that set classes furthest apart, class by class.
 *
 * @param shown the coordinates that it chooses from, the bias among them
 */
record ClassWeightsFigure(SoftmaxModel model, List<Integer> shown) {
  private static final int MOST_COORDINATES = 20;

  Markup toMarkup() {
    List<double[]> weights = model.weightsByScore();
    List<String> names = model.features().coordinateNames();
    List<String> classes = model.label().classNames();
    List<Integer> order = order(weights);
    if (order.isEmpty()) {
      return new Markup();
    }
    double most = Math.max(furthest(weights, order.get(0)), Double.MIN_NORMAL);
    String[] headings = new String[classes.size() + 1];
    headings[0] = "Coordinate";
    for (int k = 0; k < classes.size(); k++) {
      headings[k + 1] = classes.get(k) + ">";
    }
    Table table = new Table("Weights that set classes furthest apart", headings);
    List<List<Charts.Cell>> rows = new ArrayList<>();
    for (int i : order) {
      String[] row = new String[headings.length];
      row[0] = names.get(i);
      List<Charts.Cell> cells = new ArrayList<>();
      for (int k = 0; k < classes.size(); k++) {
        double weight = weights.get(k)[i];
        row[k + 1] = Decimal.fixed(weight, 3);
        cells.add(new Charts.Cell(Math.abs(weight) / most, Decimal.fixed(weight, 2), ""));
      }
      table.row(row);
      rows.add(cells);
    }
    if (classes.size() > ClassEvaluationSection.MOST_ACROSS) {
      return new Markup().leaf("h3", "What the model goes by").add(table.toMarkup());
    }
    String finding =
        "Of %d coordinates beside the bias '%s' sets classes furthest apart. Weights sum to 0 over the classes: positive ones speak for the class against the average of all, darker ones louder, and what they differ by is what the log-odds between two classes move by."
            .formatted(shown.size() - 1, names.get(order.get(0)));
    List<String> drawn = order.stream().map(names::get).toList();
    return new Figure(
            "weights", "What the model goes by", finding, Charts.heat(classes, drawn, rows), table)
        .toMarkup();
  }

  private List<Integer> order(List<double[]> weights) {
    // All but the bias, which is the same for every record.
    return shown.stream()
        .filter(i -> i < weights.get(0).length - 1)
        .sorted(
            Comparator.comparingDouble((Integer i) -> -furthest(weights, i))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_COORDINATES)
        .toList();
  }

  private static double furthest(List<double[]> weights, int coordinate) {
    return weights.stream().mapToDouble(each -> Math.abs(each[coordinate])).max().orElseThrow();
  }
}
