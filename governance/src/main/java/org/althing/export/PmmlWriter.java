package org.althing.export;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.model.features.Label;
import org.althing.report.ModelFile;
import org.althing.table.Domain;

/**
 * A model as a PMML 4.4 RegressionModel for a classification, by logit or, of several classes, by
 * softmax; naive Bayes too, of which a sum of weights is another way of writing.
 *
 * <p>What is out of range or never declared is read as missing. Of a missing value PMML gives every
 * category the indicator 0, so the weight of what is missing stands in the intercept, and each
 * category has the difference to it (dmg.org, PMML 4.4.1, "Regression").
 */
final class PmmlWriter {
  private static final String POSITIVE = "1";
  private static final String NEGATIVE = "0";

  // The columns of the table of an interaction.
  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final String PAIR = "pair";

  private final ModelFile file;
  private final List<Term.Sum> sums;

  /** Of the first sum: all read the same columns in the same way. */
  private final List<Term> terms;

  /** Of each interaction the derived field that holds a pair, and is missing where that is none. */
  private final List<String> pairs = new ArrayList<>();

  private final StringWriter text = new StringWriter();
  private final XmlText xml = new XmlText(text);
  private final Set<String> taken = new HashSet<>();

  /** By column, the derived field that holds its value, and is missing where that is none. */
  private final Map<String, String> values = new HashMap<>();

  private final Map<String, String> cells = new HashMap<>();
  private final Map<String, String> scaled = new HashMap<>();
  private final Map<String, String> missing = new HashMap<>();

  PmmlWriter(ModelFile file) {
    this.file = file;
    this.sums = Term.of(file);
    this.terms = sums.get(0).terms();
    terms.forEach(term -> taken.add(term.column().name()));
  }

  /** Whether XML has all the characters that the model's names and values are made of. */
  static boolean isSayable(ModelFile file) {
    boolean names = XmlText.isSayable(file.title());
    if (!file.model().label().isBinary()) {
      names &= file.model().label().classNames().stream().allMatch(XmlText::isSayable);
    }
    for (Term term : Term.of(file).get(0).terms()) {
      names &= XmlText.isSayable(term.column().name());
      if (term instanceof Term.OfCategories categories) {
        names &= categories.values().stream().allMatch(v -> XmlText.isSayable(v.value()));
      }
    }
    return names;
  }

  byte[] write() {
    String outcome = name("outcome");
    xml.start("PMML", "xmlns", "http://www.dmg.org/PMML-4_4", "version", "4.4");
    xml.start("Header", "description", file.title());
    Property.of(file)
        .forEach(p -> xml.empty("Extension", "name", p.key(), "value", XmlText.plain(p.text())));
    xml.empty("Application", "name", "Althing").end();
    dictionary(outcome);
    xml.start(
        "RegressionModel",
        "modelName",
        file.study(),
        "functionName",
        "classification",
        "algorithmName",
        file.method(),
        "normalizationMethod",
        isBinary() ? "logit" : "softmax");
    miningSchema(outcome);
    output();
    xml.start("LocalTransformations");
    terms.forEach(this::derive);
    sums.get(0).pairs().forEach(this::derive);
    xml.end();
    regression();
    xml.end().end();
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String name(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  private void dictionary(String outcome) {
    xml.start("DataDictionary", "numberOfFields", Integer.toString(terms.size() + 1));
    for (Term term : terms) {
      boolean texts = term instanceof Term.OfCategories;
      xml.start(
          "DataField",
          "name",
          term.column().name(),
          "optype",
          texts ? "categorical" : "continuous",
          "dataType",
          texts ? "string" : "double");
      if (term instanceof Term.OfCategories categories) {
        categories.values().forEach(v -> xml.empty("Value", "value", v.value()));
      } else {
        Term.KnownNumbers known = knownBy(term);
        interval("closedClosed", known.range().minimum(), known.range().maximum());
        known.unknown().forEach(n -> xml.empty("Value", "value", number(n), "property", "missing"));
      }
      xml.end();
    }
    xml.start(
        "DataField",
        "name",
        outcome,
        "displayName",
        XmlText.plain(displayName(file.model().label())),
        "optype",
        "categorical",
        "dataType",
        "string");
    outcomes().forEach(value -> xml.empty("Value", "value", value));
    xml.end().end();
  }

  private boolean isBinary() {
    return file.model().label().isBinary();
  }

  private static String displayName(Label label) {
    return label.isBinary()
        ? "1: %s is %s".formatted(label.column(), String.join(" or ", label.positive()))
        : label.column();
  }

  private List<String> outcomes() {
    return isBinary() ? List.of(POSITIVE, NEGATIVE) : file.model().label().classNames();
  }

  private static Term.KnownNumbers knownBy(Term term) {
    return term instanceof Term.OfBins bins ? bins.known() : ((Term.OfNumber) term).known();
  }

  private void interval(String closure, double from, double to) {
    xml.empty(
        "Interval", "closure", closure, "leftMargin", number(from), "rightMargin", number(to));
  }

  private void miningSchema(String outcome) {
    xml.start("MiningSchema");
    for (Term term : terms) {
      xml.empty(
          "MiningField",
          "name",
          term.column().name(),
          "usageType",
          "active",
          "invalidValueTreatment",
          "asMissing");
    }
    xml.empty("MiningField", "name", outcome, "usageType", "target").end();
  }

  private void output() {
    xml.start("Output");
    if (isBinary()) {
      probability(name("probability"), POSITIVE);
    } else {
      outcomes().forEach(value -> probability(name("probability of " + value), value));
    }
    xml.empty(
        "OutputField",
        "name",
        name("prediction"),
        "optype",
        "categorical",
        "dataType",
        "string",
        "feature",
        "predictedValue");
    xml.end();
  }

  private void probability(String name, String value) {
    xml.empty(
        "OutputField",
        "name",
        name,
        "optype",
        "continuous",
        "dataType",
        "double",
        "feature",
        "probability",
        "value",
        value);
  }

  /** The fields between a column and its predictors. */
  private void derive(Term term) {
    String column = term.column().name();
    if (term instanceof Term.OfCategories) {
      return;
    }
    Domain.Numbers range = knownBy(term).range();
    values.put(column, column);
    if (range.whole()) {
      values.put(column, name(column + " (whole)"));
      derived(values.get(column), "continuous", "double");
      xml.start("Apply", "function", "if").start("Apply", "function", "equal").field(column);
      xml.start("Apply", "function", "floor").field(column).end().end().field(column).end().end();
    }
    if (term instanceof Term.OfBins) {
      bins(column, range);
    } else {
      scale(column, range, ((Term.OfNumber) term).stepsPerUnit());
    }
  }

  /** A table of what two columns hold: a pair that is in no row of it is missing. */
  private void derive(Term.Pair pair) {
    String name =
        name("%s, %s".formatted(pair.first().column().name(), pair.second().column().name()));
    pairs.add(name);
    derived(name, "categorical", "string");
    xml.start("MapValues", "outputColumn", PAIR, "dataType", "string");
    xml.empty("FieldColumnPair", "field", cellsOf(pair.first()), "column", FIRST);
    xml.empty("FieldColumnPair", "field", cellsOf(pair.second()), "column", SECOND);
    xml.start("InlineTable");
    List<String> seconds = values(pair.second());
    int first = 0;
    for (String value : values(pair.first())) {
      for (int second = 0; second < seconds.size(); second++) {
        xml.start("row");
        xml.leaf(FIRST, value).leaf(SECOND, seconds.get(second));
        xml.leaf(PAIR, placeOf(first, second)).end();
      }
      first++;
    }
    xml.end().end().end();
  }

  private static String placeOf(int first, int second) {
    return first + "." + second;
  }

  /** The field that holds a column's category or bin. */
  private String cellsOf(Term term) {
    return cells.getOrDefault(term.column().name(), term.column().name());
  }

  /** What that field can hold. */
  private static List<String> values(Term term) {
    return term instanceof Term.OfCategories categories
        ? categories.values().stream().map(Term.Weighted::value).toList()
        : IntStream.range(0, ((Term.OfBins) term).weights().size())
            .mapToObj(Integer::toString)
            .toList();
  }

  private void derived(String name, String optype, String dataType) {
    xml.start("DerivedField", "name", name, "optype", optype, "dataType", dataType);
  }

  private void bins(String column, Domain.Numbers range) {
    cells.put(column, name(column + " (bin)"));
    derived(cells.get(column), "categorical", "string");
    xml.start("Discretize", "field", valueOf(column));
    List<Double> edges = range.edges();
    for (int bin = 0; bin <= edges.size(); bin++) {
      double from = bin == 0 ? range.minimum() : edges.get(bin - 1);
      boolean last = bin == edges.size();
      double to = last ? range.maximum() : edges.get(bin);
      // An edge at the very minimum leaves nothing below it.
      if (from < to || last) {
        xml.start("DiscretizeBin", "binValue", Integer.toString(bin));
        interval(last ? "closedClosed" : "closedOpen", from, to);
        xml.end();
      }
    }
    xml.end().end();
  }

  private void scale(String column, Domain.Numbers range, long stepsPerUnit) {
    String value = valueOf(column);
    double half = range.maximum() / 2 - range.minimum() / 2;
    double middle = range.minimum() / 2 + range.maximum() / 2;
    scaled.put(column, name(column + " (scaled)"));
    derived(scaled.get(column), "continuous", "double");
    ifMissing(value).constant("0");
    xml.start("Apply", "function", "/").start("Apply", "function", "rint");
    xml.start("Apply", "function", "*").start("Apply", "function", "max").constant("-1");
    xml.start("Apply", "function", "min").constant("1").start("Apply", "function", "/");
    xml.start("Apply", "function", "-").field(value).constant(number(middle)).end();
    xml.constant(number(half))
        .end()
        .end()
        .end()
        .constant(number((double) stepsPerUnit))
        .end()
        .end();
    xml.constant(number((double) stepsPerUnit)).end().end().end();
    missing.put(column, name(column + " (missing)"));
    derived(missing.get(column), "continuous", "double");
    ifMissing(value).constant("1").constant("0").end().end();
  }

  private XmlText ifMissing(String field) {
    xml.start("Apply", "function", "if").start("Apply", "function", "isMissing");
    return xml.field(field).end();
  }

  private String valueOf(String column) {
    return values.getOrDefault(column, column);
  }

  private void regression() {
    for (int sum = 0; sum < sums.size(); sum++) {
      table(sums.get(sum), file.model().weightsByScore().get(sum), outcomes().get(sum));
    }
    if (isBinary()) {
      xml.empty("RegressionTable", "intercept", "0", "targetCategory", NEGATIVE);
    }
  }

  private void table(Term.Sum sum, double[] weights, String outcome) {
    List<Term> terms = sum.terms();
    double intercept = weights[weights.length - 1];
    for (Term.Pair pair : sum.pairs()) {
      intercept += pair.other();
    }
    for (Term term : terms) {
      intercept += term instanceof Term.OfNumber of ? -of.square() : term.other();
    }
    xml.start("RegressionTable", "intercept", number(intercept), "targetCategory", outcome);
    for (Term term : terms) {
      if (term instanceof Term.OfNumber of) {
        numeric(scaled.getOrDefault(term.column().name(), ""), of.weight());
        if (of.square() != 0) {
          square(scaled.getOrDefault(term.column().name(), ""), of.square());
        }
        // Of what is missing the scaled value is 0 and its square less 1 would be -1.
        numeric(missing.getOrDefault(term.column().name(), ""), of.other() + of.square());
      }
    }
    terms.forEach(this::categorical);
    for (int p = 0; p < pairs.size(); p++) {
      categorical(pairs.get(p), sum.pairs().get(p));
    }
    xml.end();
  }

  private void numeric(String name, double weight) {
    xml.empty("NumericPredictor", "name", name, "coefficient", number(weight));
  }

  private void square(String name, double weight) {
    xml.empty("NumericPredictor", "name", name, "exponent", "2", "coefficient", number(weight));
  }

  private void categorical(Term term) {
    if (term instanceof Term.OfCategories categories) {
      categories
          .values()
          .forEach(v -> category(term.column().name(), v.value(), v.weight() - term.other()));
    }
    if (term instanceof Term.OfBins bins) {
      String name = cells.getOrDefault(term.column().name(), "");
      for (int bin = 0; bin < bins.weights().size(); bin++) {
        category(name, Integer.toString(bin), bins.weights().get(bin) - term.other());
      }
    }
  }

  private void categorical(String name, Term.Pair pair) {
    for (int first = 0; first < pair.weights().size(); first++) {
      List<Double> row = pair.weights().get(first);
      for (int second = 0; second < row.size(); second++) {
        category(name, placeOf(first, second), row.get(second) - pair.other());
      }
    }
  }

  private void category(String name, String value, double coefficient) {
    xml.empty(
        "CategoricalPredictor", "name", name, "value", value, "coefficient", number(coefficient));
  }

  private static String number(double value) {
    return Domain.Numbers.plain(value);
  }
}
