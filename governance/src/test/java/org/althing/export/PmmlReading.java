package org.althing.export;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Test fixture: so much of PMML 4.4 (dmg.org) as a regression model needs, read off the file by the
 * words of the standard. A value is a text; missing is an empty Optional. An element or function
 * that it does not know is an error.
 */
final class PmmlReading {
  private final Element model;
  private final Element dictionary;

  PmmlReading(byte[] pmml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Element root =
        factory.newDocumentBuilder().parse(new ByteArrayInputStream(pmml)).getDocumentElement();
    require(root.getNamespaceURI().equals("http://www.dmg.org/PMML-4_4"), "namespace");
    require(root.getAttribute("version").equals("4.4"), "version");
    require(names(root).equals(List.of("Header", "DataDictionary", "RegressionModel")), "root");
    dictionary = child(root, "DataDictionary");
    model = child(root, "RegressionModel");
    List<String> parts = names(model);
    require(
        parts.subList(0, 3).equals(List.of("MiningSchema", "Output", "LocalTransformations"))
            && parts.size() >= 5
            && parts.stream().skip(3).allMatch("RegressionTable"::equals),
        "the order of the schema");
    require(
        model.getAttribute("normalizationMethod").equals(parts.size() == 5 ? "logit" : "softmax"),
        "normalisation");
    require(model.getAttribute("functionName").equals("classification"), "function");
    require(
        Integer.toString(children(dictionary).size())
            .equals(dictionary.getAttribute("numberOfFields")),
        "the number of fields");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the file is not as the standard wants it: " + what);
    }
  }

  /**
   * "Regression": of two tables, logit gives the first category 1 / (1 + exp(-y1)); softmax gives
   * each exp(yj) over the sum of all.
   */
  double probability(Map<String, String> row, String category) {
    Map<String, Optional<String>> fields = new HashMap<>();
    for (Element field : children(child(model, "MiningSchema"))) {
      if (field.getAttribute("usageType").equals("active")) {
        String name = field.getAttribute("name");
        require(field.getAttribute("invalidValueTreatment").equals("asMissing"), "treatment");
        fields.put(name, valid(name, row.getOrDefault(name, "")));
      }
    }
    for (Element derived : children(child(model, "LocalTransformations"))) {
      fields.put(derived.getAttribute("name"), evaluate(children(derived).get(0), fields));
    }
    List<Element> tables =
        children(model).stream().filter(e -> e.getTagName().equals("RegressionTable")).toList();
    if (model.getAttribute("normalizationMethod").equals("softmax")) {
      double all = tables.stream().mapToDouble(table -> Math.exp(sum(table, fields))).sum();
      return tables.stream()
          .filter(table -> table.getAttribute("targetCategory").equals(category))
          .mapToDouble(table -> Math.exp(sum(table, fields)) / all)
          .sum();
    }
    Element first = tables.get(0);
    require(first.getAttribute("targetCategory").equals(category), "the first category");
    return 1 / (1 + Math.exp(-sum(first, fields)));
  }

  /** "Data Dictionary": declared values and intervals are valid, the rest is not. */
  private Optional<String> valid(String name, String text) {
    Element field =
        children(dictionary).stream()
            .filter(f -> f.getAttribute("name").equals(name))
            .findFirst()
            .orElseThrow();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean continuous = field.getAttribute("optype").equals("continuous");
    boolean valid = false;
    for (Element each : children(field)) {
      if (each.getTagName().equals("Interval")) {
        valid |= isNumber(text) && inside(each, Double.parseDouble(text));
        continue;
      }
      String value = each.getAttribute("value");
      boolean same =
          continuous
              ? isNumber(text) && Double.parseDouble(text) == Double.parseDouble(value)
              : value.equals(text);
      if (same && each.getAttribute("property").equals("missing")) {
        return Optional.empty();
      }
      valid |= same;
    }
    return valid ? Optional.of(text) : Optional.empty();
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
  }

  private static boolean inside(Element interval, double value) {
    double left = Double.parseDouble(interval.getAttribute("leftMargin"));
    double right = Double.parseDouble(interval.getAttribute("rightMargin"));
    String closure = interval.getAttribute("closure");
    require(List.of("closedClosed", "closedOpen").contains(closure), "closure");
    return value >= left && (closure.equals("closedClosed") ? value <= right : value < right);
  }

  private static Optional<String> evaluate(Element e, Map<String, Optional<String>> fields) {
    switch (e.getTagName()) {
      case "FieldRef":
        return fields.get(e.getAttribute("field"));
      case "Constant":
        return Optional.of(e.getTextContent());
      case "Discretize":
        return fields
            .get(e.getAttribute("field"))
            .flatMap(
                value ->
                    children(e).stream()
                        .filter(b -> inside(child(b, "Interval"), Double.parseDouble(value)))
                        .map(b -> b.getAttribute("binValue"))
                        .findFirst());
      case "MapValues":
        return mapped(e, fields);
      case "Apply":
        List<Optional<String>> arguments = new ArrayList<>();
        children(e).forEach(argument -> arguments.add(evaluate(argument, fields)));
        return apply(e.getAttribute("function"), arguments);
      default:
        throw new AssertionError("unknown element " + e.getTagName());
    }
  }

  /** "Map Values": the row whose columns hold all the values; missing where one is or none does. */
  private static Optional<String> mapped(Element map, Map<String, Optional<String>> fields) {
    require(!map.hasAttribute("defaultValue") && !map.hasAttribute("mapMissingTo"), "defaults");
    Map<String, String> wanted = new HashMap<>();
    for (Element pair : children(map)) {
      if (pair.getTagName().equals("FieldColumnPair")) {
        Optional<String> value = fields.get(pair.getAttribute("field"));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        wanted.put(pair.getAttribute("column"), value.get());
      }
    }
    return children(child(map, "InlineTable")).stream()
        .filter(
            row ->
                wanted.entrySet().stream()
                    .allMatch(e -> child(row, e.getKey()).getTextContent().equals(e.getValue())))
        .map(row -> child(row, map.getAttribute("outputColumn")).getTextContent())
        .findFirst();
  }

  /** "Built-in functions"; but for those that ask, what is missing makes the result missing. */
  private static Optional<String> apply(String function, List<Optional<String>> arguments) {
    if (function.equals("isMissing")) {
      return Optional.of(Boolean.toString(arguments.get(0).isEmpty()));
    }
    if (function.equals("if")) {
      return arguments
          .get(0)
          .flatMap(
              condition ->
                  condition.equals("true")
                      ? arguments.get(1)
                      : arguments.size() > 2 ? arguments.get(2) : Optional.empty());
    }
    if (arguments.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    double[] x = arguments.stream().mapToDouble(a -> Double.parseDouble(a.get())).toArray();
    switch (function) {
      case "equal":
        return Optional.of(Boolean.toString(x[0] == x[1]));
      case "floor":
        return Optional.of(Double.toString(Math.floor(x[0])));
      case "rint":
        return Optional.of(Double.toString(Math.rint(x[0])));
      case "max":
        return Optional.of(Double.toString(Math.max(x[0], x[1])));
      case "min":
        return Optional.of(Double.toString(Math.min(x[0], x[1])));
      case "-":
        return Optional.of(Double.toString(x[0] - x[1]));
      case "*":
        return Optional.of(Double.toString(x[0] * x[1]));
      case "/":
        return Optional.of(Double.toString(x[0] / x[1]));
      default:
        throw new AssertionError("unknown function " + function);
    }
  }

  private static double sum(Element table, Map<String, Optional<String>> fields) {
    double sum = Double.parseDouble(table.getAttribute("intercept"));
    for (Element predictor : children(table)) {
      Optional<String> value = fields.get(predictor.getAttribute("name"));
      double coefficient = Double.parseDouble(predictor.getAttribute("coefficient"));
      if (predictor.getTagName().equals("NumericPredictor")) {
        double exponent =
            predictor.hasAttribute("exponent")
                ? Double.parseDouble(predictor.getAttribute("exponent"))
                : 1;
        sum += coefficient * Math.pow(Double.parseDouble(value.orElseThrow()), exponent);
      } else {
        boolean holds = value.equals(Optional.of(predictor.getAttribute("value")));
        sum += holds ? coefficient : 0;
      }
    }
    return sum;
  }

  private static List<String> names(Element parent) {
    return children(parent).stream().map(Element::getTagName).toList();
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(e -> e.getTagName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
