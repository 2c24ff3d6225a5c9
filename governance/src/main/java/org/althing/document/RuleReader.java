package org.althing.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Metric;
import org.althing.contract.QualityRule.Operator;

/** One entry of an ODCS {@code quality} list: a library metric against one bound. */
final class RuleReader {
  private static final Map<String, Metric> COLUMN_METRICS =
      Map.of(
          "nullValues", Metric.NULL_VALUES,
          "missingValues", Metric.MISSING_VALUES,
          "invalidValues", Metric.INVALID_VALUES);
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "mustBeLessThan", Operator.MUST_BE_LESS_THAN,
          "mustBeLessOrEqualTo", Operator.MUST_BE_LESS_OR_EQUAL_TO,
          "mustBeGreaterThan", Operator.MUST_BE_GREATER_THAN,
          "mustBeGreaterOrEqualTo", Operator.MUST_BE_GREATER_OR_EQUAL_TO);
  private static final List<String> DIMENSIONS =
      List.of(
          "accuracy",
          "completeness",
          "conformity",
          "consistency",
          "coverage",
          "timeliness",
          "uniqueness");
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "query", "SQL is code from another party and is not run",
          "engine", "other engines are not run",
          "implementation", "other engines are not run",
          "schedule", "a rule runs when a study asks for it",
          "scheduler", "a rule runs when a study asks for it",
          "mustNotBe", "a noisy count cannot show inequality",
          "mustBeBetween", "the standard and its tools disagree whether the ends belong",
          "mustNotBeBetween", "the standard and its tools disagree whether the ends belong");
  private static final double MOST = 1e15;

  private RuleReader() {}

  static QualityRule ofTable(Mapping rule) throws DocumentError {
    String metric = metric(rule);
    if (!metric.equals("rowCount")) {
      throw rule.cannotRun(
          "metric",
          "a table's rule can be rowCount, got " + DocumentError.quoted(metric),
          "put rules about values under their column");
    }
    return read(rule, Optional.empty(), Metric.ROW_COUNT);
  }

  static QualityRule ofColumn(Mapping rule, String column) throws DocumentError {
    String metric = metric(rule);
    Metric known = COLUMN_METRICS.get(metric);
    if (known == null) {
      throw rule.cannotRun(
          "metric",
          "a column's rule can be nullValues, missingValues or invalidValues, got "
              + DocumentError.quoted(metric),
          metric.equals("rowCount") ? "put it under the table" : "remove the rule");
    }
    return read(rule, Optional.of(column), known);
  }

  private static String metric(Mapping rule) throws DocumentError {
    Optional<String> type = rule.optionalText("type");
    if (type.isPresent() && !type.get().equals("library")) {
      throw rule.cannotRun(
          "type",
          "only library rules run here, got " + DocumentError.quoted(type.get()),
          "write it as a metric, or remove it");
    }
    ContractDocument.refuse(rule, NOT_RUN);
    return rule.text("metric");
  }

  private static QualityRule read(Mapping rule, Optional<String> column, Metric metric)
      throws DocumentError {
    rule.allow("name", "description", "businessImpact", "tags");
    String id = Names.id(rule, "id");
    boolean percent =
        rule.has("unit") && rule.choice("unit", List.of("rows", "percent")).equals("percent");
    if (percent && metric == Metric.ROW_COUNT) {
      throw rule.error("unit", "a number of rows is no percentage", "remove unit");
    }
    Bound bound = bound(rule, percent);
    String dimension =
        rule.has("dimension") ? rule.choice("dimension", DIMENSIONS) : usualDimension(metric);
    String severity =
        rule.has("severity")
            ? rule.choice("severity", List.of("error", "warning", "info"))
            : "error";
    return new QualityRule(
        id, column, metric, bound.operator(), bound.threshold(), percent, dimension, severity);
  }

  private record Bound(Operator operator, double threshold) {}

  private static Bound bound(Mapping rule, boolean percent) throws DocumentError {
    List<String> given =
        rule.keys().stream().filter(k -> OPERATORS.containsKey(k) || k.equals("mustBe")).toList();
    OPERATORS.keySet().forEach(rule::has);
    rule.has("mustBe");
    if (given.size() != 1) {
      throw rule.error(
          given.size() < 2 ? "id" : given.get(1),
          "a rule has one operator, this one has " + given.size(),
          "write mustBeLessThan, mustBeLessOrEqualTo, mustBeGreaterThan or mustBeGreaterOrEqualTo,"
              + " and a second rule for a second bound");
    }
    String operator = given.get(0);
    double threshold = rule.number(operator, 0, percent ? 100 : MOST);
    Operator known = OPERATORS.get(operator);
    if (known != null) {
      return new Bound(known, threshold);
    }
    if (threshold == 0) {
      // A count is never negative: "is 0" and "is at most 0" say the same.
      return new Bound(Operator.MUST_BE_LESS_OR_EQUAL_TO, 0);
    }
    throw rule.cannotRun(
        operator, "a noisy count can show \"at most\", not \"exactly\"", "use mustBeLessOrEqualTo");
  }

  private static String usualDimension(Metric metric) {
    return switch (metric) {
      case NULL_VALUES, MISSING_VALUES -> "completeness";
      case INVALID_VALUES -> "conformity";
      case ROW_COUNT -> "coverage";
    };
  }
}
