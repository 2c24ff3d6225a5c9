package org.althing.export;

import java.util.ArrayList;
import java.util.List;
import org.althing.export.Term.KnownNumbers;
import org.althing.report.ModelFile;
import org.althing.table.Domain;

/**
 * A model as a graph of standard ONNX operators: one input per column, N × 1, of texts for
 * categories and of double precision for numbers, NaN where missing; outputs {@code probability},
 * {@code log_odds} and {@code prediction}.
 *
 * <p>Numbers are double precision because the edges of bins are: a float 0.7 lies below the edge
 * 0.7.
 */
final class OnnxWriter {
  private final ModelFile file;
  private final OnnxGraph graph = new OnnxGraph();

  OnnxWriter(ModelFile file) {
    this.file = file;
  }

  byte[] write() {
    List<Term> terms = Term.of(file);
    for (Term term : terms) {
      boolean texts = term instanceof Term.OfCategories;
      graph.input(
          graph.name(term.column().name()), texts ? OnnxGraph.Type.STRING : OnnxGraph.Type.DOUBLE);
    }
    String probability = graph.name("probability");
    String logOdds = graph.name("log_odds");
    String prediction = graph.name("prediction");
    List<String> summands = new ArrayList<>();
    terms.forEach(term -> summands.add(summand(term)));
    double[] weights = file.model().weights();
    summands.add(graph.scalar(weights[weights.length - 1]));
    graph.applyTo(logOdds, "Sum", summands.toArray(new String[0]));
    graph.applyTo(probability, "Sigmoid", logOdds);
    String positive = graph.apply("GreaterOrEqual", probability, graph.scalar(0.5));
    graph.applyTo(prediction, "Identity", graph.cast(positive, OnnxGraph.Type.INT64));
    graph.output(probability, OnnxGraph.Type.DOUBLE);
    graph.output(logOdds, OnnxGraph.Type.DOUBLE);
    graph.output(prediction, OnnxGraph.Type.INT64);
    return graph.toModel(file.study(), file.title(), Property.of(file));
  }

  private String summand(Term term) {
    String input = term.column().name();
    if (term instanceof Term.OfCategories categories) {
      List<String> keys = categories.values().stream().map(Term.Weighted::value).toList();
      List<Double> weights = categories.values().stream().map(Term.Weighted::weight).toList();
      return gather(weights, term.other(), graph.places(input, keys));
    }
    if (term instanceof Term.OfBins bins) {
      String edges = graph.row(doubles(bins.known().range().edges()));
      String passed = graph.cast(graph.apply("GreaterOrEqual", input, edges), OnnxGraph.Type.INT64);
      String bin = graph.apply("ReduceSum", passed, graph.list(1L));
      String place =
          graph.apply(
              "Where", isValue(input, bins.known()), bin, graph.list((long) bins.weights().size()));
      return gather(bins.weights(), term.other(), place);
    }
    return scaled(input, (Term.OfNumber) term);
  }

  private String gather(List<Double> weights, double other, String places) {
    List<Double> all = new ArrayList<>(weights);
    all.add(other);
    return graph.apply("Gather", graph.list(doubles(all)), places);
  }

  private String scaled(String input, Term.OfNumber term) {
    Domain.Numbers range = term.known().range();
    double half = range.maximum() / 2 - range.minimum() / 2;
    double middle = range.minimum() / 2 + range.maximum() / 2;
    String centred = graph.apply("Sub", input, graph.scalar(middle));
    String share = graph.apply("Div", centred, graph.scalar(half));
    String clamped = graph.apply("Clip", share, graph.scalar(-1), graph.scalar(1));
    String steps = graph.apply("Mul", clamped, graph.scalar((double) term.stepsPerUnit()));
    String whole = graph.apply("Round", steps);
    String weight = graph.scalar(term.weight() / term.stepsPerUnit());
    String value = graph.apply("Mul", whole, weight);
    if (term.square() != 0) {
      value = graph.apply("Add", value, squared(whole, term));
    }
    return graph.apply("Where", isValue(input, term.known()), value, graph.scalar(term.other()));
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
