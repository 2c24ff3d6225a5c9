package org.althing.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.althing.export.Term.KnownNumbers;
import org.althing.report.ModelFile;
import org.althing.table.Domain;

/**
 * A model as a graph of standard ONNX operators: one input per column, N × 1, of texts for
 * categories and of double precision for numbers, NaN where missing; outputs {@code probability},
 * {@code log_odds} and {@code prediction}, or of K classes {@code probability} and {@code score}, N
 * × K, and {@code prediction}, the class's name.
 *
 * <p>Numbers are double precision because the edges of bins are: a float 0.7 lies below the edge
 * 0.7.
 */
final class OnnxWriter {
  private final ModelFile file;
  private final OnnxGraph graph = new OnnxGraph();

  /** By column, the value that holds a record's cell or its steps. */
  private final Map<String, String> places = new HashMap<>();

  /** By the names of two columns, the value that holds the place of a record's pair. */
  private final Map<String, String> met = new HashMap<>();

  /** By column, whether a number is a value. */
  private final Map<String, String> valid = new HashMap<>();

  OnnxWriter(ModelFile file) {
    this.file = file;
  }

  byte[] write() {
    List<Term.Sum> sums = Term.of(file);
    for (Term term : sums.get(0).terms()) {
      boolean texts = term instanceof Term.OfCategories;
      graph.input(
          graph.name(term.column().name()), texts ? OnnxGraph.Type.STRING : OnnxGraph.Type.DOUBLE);
    }
    String probability = graph.name("probability");
    if (file.model().label().isBinary()) {
      binary(sums.get(0), probability);
    } else {
      classes(sums, probability);
    }
    return graph.toModel(file.study(), file.title(), Property.of(file));
  }

  private void binary(Term.Sum sum, String probability) {
    String logOdds = graph.name("log_odds");
    String prediction = graph.name("prediction");
    add(logOdds, sum, file.model().weightsByScore().get(0));
    graph.applyTo(probability, "Sigmoid", logOdds);
    String positive = graph.apply("GreaterOrEqual", probability, graph.scalar(0.5));
    graph.applyTo(prediction, "Identity", graph.cast(positive, OnnxGraph.Type.INT64));
    graph.output(probability, OnnxGraph.Type.DOUBLE);
    graph.output(logOdds, OnnxGraph.Type.DOUBLE);
    graph.output(prediction, OnnxGraph.Type.INT64);
  }

  private void classes(List<Term.Sum> sums, String probability) {
    String score = graph.name("score");
    String prediction = graph.name("prediction");
    List<String> scores = new ArrayList<>();
    for (int k = 0; k < sums.size(); k++) {
      scores.add(graph.name("score_of_class"));
      add(scores.get(k), sums.get(k), file.model().weightsByScore().get(k));
    }
    graph.concatenate(score, scores);
    graph.overColumns(probability, "Softmax", score);
    graph.textOf(prediction, graph.largestColumn(score), file.model().label().classNames());
    graph.output(probability, OnnxGraph.Type.DOUBLE, sums.size());
    graph.output(score, OnnxGraph.Type.DOUBLE, sums.size());
    graph.output(prediction, OnnxGraph.Type.STRING);
  }

  private void add(String result, Term.Sum sum, double[] weights) {
    List<String> summands = new ArrayList<>();
    sum.terms().forEach(term -> summands.add(summand(term)));
    sum.pairs().forEach(pair -> summands.add(summand(pair)));
    summands.add(graph.scalar(weights[weights.length - 1]));
    graph.applyTo(result, "Sum", summands.toArray(new String[0]));
  }

  private String summand(Term term) {
    if (term instanceof Term.OfCategories categories) {
      List<Double> weights = categories.values().stream().map(Term.Weighted::weight).toList();
      return gather(weights, term.other(), place(term));
    }
    if (term instanceof Term.OfBins bins) {
      return gather(bins.weights(), term.other(), place(term));
    }
    return scaled((Term.OfNumber) term);
  }

  /** By both places at once, the last of each being that of what is missing. */
  private String summand(Term.Pair pair) {
    int values = pair.weights().isEmpty() ? 0 : pair.weights().get(0).size();
    List<Double> all = new ArrayList<>();
    for (List<Double> row : pair.weights()) {
      all.addAll(row);
      all.add(pair.other());
    }
    all.addAll(Collections.nCopies(values + 1, pair.other()));
    String names = pair.first().column().name() + '\n' + pair.second().column().name();
    String place =
        once(
            met,
            names,
            () -> {
              String rows = graph.apply("Mul", place(pair.first()), graph.list((long) values + 1));
              return graph.apply("Add", rows, place(pair.second()));
            });
    return graph.apply("Gather", graph.list(doubles(all)), place);
  }

  private String place(Term term) {
    return once(
        places,
        term.column().name(),
        () ->
            term instanceof Term.OfCategories categories
                ? place(categories)
                : place((Term.OfBins) term));
  }

  /** What the sums of several classes share. */
  private static String once(Map<String, String> made, String column, Supplier<String> making) {
    String value = made.containsKey(column) ? made.get(column) : making.get();
    made.put(column, value);
    return value;
  }

  private String place(Term.OfCategories term) {
    return graph.places(
        term.column().name(), term.values().stream().map(Term.Weighted::value).toList());
  }

  private String place(Term.OfBins term) {
    String input = term.column().name();
    String edges = graph.row(doubles(term.known().range().edges()));
    String passed = graph.cast(graph.apply("GreaterOrEqual", input, edges), OnnxGraph.Type.INT64);
    String bin = graph.apply("ReduceSum", passed, graph.list(1L));
    return graph.apply(
        "Where", isValue(input, term.known()), bin, graph.list((long) term.weights().size()));
  }

  private String gather(List<Double> weights, double other, String places) {
    List<Double> all = new ArrayList<>(weights);
    all.add(other);
    return graph.apply("Gather", graph.list(doubles(all)), places);
  }

  private String scaled(Term.OfNumber term) {
    String input = term.column().name();
    String whole = once(places, input, () -> steps(term));
    String weight = graph.scalar(term.weight() / term.stepsPerUnit());
    String value = graph.apply("Mul", whole, weight);
    if (term.square() != 0) {
      value = graph.apply("Add", value, squared(whole, term));
    }
    String known = once(valid, input, () -> isValue(input, term.known()));
    return graph.apply("Where", known, value, graph.scalar(term.other()));
  }

  private String steps(Term.OfNumber term) {
    Domain.Numbers range = term.known().range();
    double half = range.maximum() / 2 - range.minimum() / 2;
    double middle = range.minimum() / 2 + range.maximum() / 2;
    String centred = graph.apply("Sub", term.column().name(), graph.scalar(middle));
    String share = graph.apply("Div", centred, graph.scalar(half));
    String clamped = graph.apply("Clip", share, graph.scalar(-1), graph.scalar(1));
    String steps = graph.apply("Mul", clamped, graph.scalar((double) term.stepsPerUnit()));
    return graph.apply("Round", steps);
  }

  private String squared(String whole, Term.OfNumber term) {
    double unit = (double) (term.stepsPerUnit() * term.stepsPerUnit());
    String square = graph.apply("Mul", whole, whole);
    String less = graph.apply("Sub", square, graph.scalar(unit));
    return graph.apply("Mul", less, graph.scalar(term.square() / unit));
  }

  /** Comparisons with NaN are false, so what is missing is no value. */
  private String isValue(String input, KnownNumbers known) {
    Domain.Numbers range = known.range();
    String value =
        graph.apply(
            "And",
            graph.apply("GreaterOrEqual", input, graph.scalar(range.minimum())),
            graph.apply("LessOrEqual", input, graph.scalar(range.maximum())));
    if (range.whole()) {
      String isWhole = graph.apply("Equal", graph.apply("Floor", input), input);
      value = graph.apply("And", value, isWhole);
    }
    for (double unknown : known.unknown()) {
      String isUnknown = graph.apply("Equal", input, graph.scalar(unknown));
      value = graph.apply("And", value, graph.apply("Not", isUnknown));
    }
    return value;
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
