package org.althing.document;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.ContractColumn;
import org.althing.contract.PredicateText;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Operator;
import org.althing.contract.QualityRule.Unit;
import org.althing.contract.RowPredicate;
import org.althing.contract.RuleMeasure;
import org.althing.contract.RuleMeasure.Drift.Distance;
import org.althing.contract.RuleMeasure.Faults.Kind;
import org.althing.table.Domain;
import org.althing.table.RowKey;

/**
 * One entry of an ODCS {@code quality} list: a library metric, a count of rows in SQL, or a check
 * of our own, against one bound.
 */
final class RuleReader {
  private static final Map<String, Kind> COLUMN_METRICS =
      Map.of(
          "nullValues", Kind.NULL_VALUES,
          "missingValues", Kind.MISSING_VALUES,
          "invalidValues", Kind.INVALID_VALUES);
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
          "schedule", "a rule runs when a study asks for it",
          "scheduler", "a rule runs when a study asks for it",
          "method", "a rule says by itself how it is counted",
          "rule", "it is the old name of metric",
          "mustNotBe", "a noisy count cannot show inequality",
          "mustBeBetween", "the standard and its tools disagree whether the ends belong",
          "mustNotBeBetween", "the standard and its tools disagree whether the ends belong");
  private static final Map<String, Distance> DISTANCES =
      Map.of(
          "linf", Distance.L_INFINITY,
          "ks", Distance.KOLMOGOROV_SMIRNOV,
          "js", Distance.JENSEN_SHANNON,
          "psi", Distance.STABILITY_INDEX,
          "chi2", Distance.CHI_SQUARE);
  private static final List<String> DISTANCE_NAMES = List.of("linf", "ks", "js", "psi", "chi2");
  private static final double MOST = 1e15;

  /** Of a distance that has no greatest value. */
  private static final double MOST_INDEX = 100;

  /** Shares are written with few digits: so far their sum may be from 1. */
  private static final double MOST_ROUNDING = 0.005;

  private RuleReader() {}

  /** What a rule is written in. */
  private enum Form {
    LIBRARY,
    SQL,
    ALTHING
  }

  /** A rule about the rows of a table. */
  static QualityRule ofTable(Mapping rule, String table, List<ContractColumn> columns)
      throws DocumentError {
    return switch (form(rule)) {
      case LIBRARY -> ofWholeTable(rule, columns);
      case SQL -> counted(rule, table, columns);
      case ALTHING -> check(rule, columns);
    };
  }

  /**
   * Whether a rule under a column is a library metric, which may also declare the column's values.
   */
  static boolean isLibrary(Mapping rule) throws DocumentError {
    return form(rule) == Form.LIBRARY;
  }

  /** A library metric of a column. */
  static QualityRule ofColumn(Mapping rule, String column) throws DocumentError {
    String metric = rule.text("metric");
    Kind kind = COLUMN_METRICS.get(metric);
    if (kind == null) {
      throw rule.cannotRun(
          "metric",
          "a column's rule can be nullValues, missingValues or invalidValues, got "
              + DocumentError.quoted(metric),
          metric.equals("rowCount") ? "put it under the table" : "remove the rule");
    }
    return read(
        rule,
        new RuleMeasure.Faults(column, kind),
        kind == Kind.INVALID_VALUES ? "conformity" : "completeness");
  }

  /** A rule of another form under a column. */
  static QualityRule ofColumn(Mapping rule, ContractColumn column, Optional<LocalDate> referenceDay)
      throws DocumentError {
    if (form(rule) == Form.SQL) {
      throw rule.cannotRun(
          "type", "a count of rows is a rule of the table", "put it under the table");
    }
    Mapping check = rule.mapping("implementation");
    String name = check.choice("check", List.of("drift", "freshness", "script", "words"));
    return switch (name) {
      case "drift" -> drift(rule, check, column);
      case "script" -> script(rule, check, column);
      case "words" -> meanWords(rule, check, column);
      default -> DateReader.freshness(rule, check, column, referenceDay);
    };
  }

  private static Domain.Words freeText(Mapping check, ContractColumn column) throws DocumentError {
    if (column.column().domain() instanceof Domain.Words words) {
      return words;
    }
    throw check.cannotRun(
        "check", "the column holds no free text", "declare althing.text, or remove the rule");
  }

  private static QualityRule meanWords(Mapping rule, Mapping check, ContractColumn column)
      throws DocumentError {
    freeText(check, column);
    int most = (int) check.whole("most", 1, RuleMeasure.MeanWords.MOST_WORDS);
    if (check.has("min_mean") == check.has("max_mean")) {
      throw check.error(
          "check",
          "a mean has one bound",
          "say min_mean or max_mean, and the other in a second rule");
    }
    boolean least = check.has("min_mean");
    return new QualityRule(
        Names.id(rule, "id"),
        new RuleMeasure.MeanWords(column.column().name(), most),
        least ? Operator.MUST_BE_GREATER_OR_EQUAL_TO : Operator.MUST_BE_LESS_OR_EQUAL_TO,
        check.number(least ? "min_mean" : "max_mean", 0, most),
        Unit.WORDS,
        dimension(rule, "conformity"),
        severity(rule));
  }

  /** Few of the texts may be written in another script than their language's. */
  private static QualityRule script(Mapping rule, Mapping check, ContractColumn column)
      throws DocumentError {
    Domain.Words words = freeText(check, column);
    String name = column.column().name();
    return new QualityRule(
        Names.id(rule, "id"),
        new RuleMeasure.Matching(
            new RowPredicate.Not(new RowPredicate.InScript(name, words.language().script())),
            Optional.of(new RowPredicate.Not(new RowPredicate.IsNull(name)))),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        check.number("max_percent", 0, 100),
        Unit.PERCENT,
        dimension(rule, "conformity"),
        severity(rule));
  }

  private static Form form(Mapping rule) throws DocumentError {
    ContractDocument.refuse(rule, NOT_RUN);
    StandardForm.ofRule(rule);
    Optional<String> type = rule.optionalText("type");
    if (type.isEmpty() || type.get().equals("library")) {
      return Form.LIBRARY;
    }
    if (type.get().equals("sql")) {
      return Form.SQL;
    }
    if (!type.get().equals("custom")) {
      throw rule.cannotRun(
          "type",
          "only library, sql and custom rules run here, got " + DocumentError.quoted(type.get()),
          "write it as one of these, or put it under description");
    }
    String engine = rule.text("engine");
    if (!engine.equals("althing")) {
      throw rule.cannotRun(
          "engine",
          "expected althing, got " + DocumentError.quoted(engine),
          "other engines are not run: write the rule for this one, or remove it");
    }
    return Form.ALTHING;
  }

  private static QualityRule ofWholeTable(Mapping rule, List<ContractColumn> columns)
      throws DocumentError {
    String metric = rule.text("metric");
    if (metric.equals("rowCount")) {
      return read(rule, new RuleMeasure.RowCount(), "coverage");
    }
    if (!metric.equals("duplicateValues")) {
      throw rule.cannotRun(
          "metric",
          "a table's rule can be rowCount or duplicateValues, got " + DocumentError.quoted(metric),
          "put rules about values under their column");
    }
    Mapping arguments = rule.mapping("arguments");
    List<String> equal = compared(arguments, "properties", columns);
    return read(rule, new RuleMeasure.Groups(equal, Optional.empty()), "uniqueness");
  }

  private static QualityRule check(Mapping rule, List<ContractColumn> columns)
      throws DocumentError {
    Mapping check = rule.mapping("implementation");
    return check.choice("check", List.of("rows", "label_conflict")).equals("rows")
        ? matching(rule, check, columns)
        : labelConflict(rule, check, columns);
  }

  private static QualityRule labelConflict(
      Mapping rule, Mapping check, List<ContractColumn> columns) throws DocumentError {
    List<String> features = compared(check, "features", columns);
    String label = check.text("label");
    Domain domain = entering(check, "label", label, columns).column().domain();
    if (!(domain instanceof Domain.Categories) || features.contains(label)) {
      throw check.error(
          "label", "a label has a list of values and is none of the features", "name another");
    }
    return new QualityRule(
        Names.id(rule, "id"),
        new RuleMeasure.Groups(features, Optional.of(label)),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        check.number("max_percent", 0, 100),
        Unit.PERCENT,
        dimension(rule, "consistency"),
        severity(rule));
  }

  /** Columns whose equal values make a group. */
  private static List<String> compared(Mapping owner, String key, List<ContractColumn> columns)
      throws DocumentError {
    List<String> names = owner.texts(key);
    if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
      throw owner.error(key, "expected one column or more, each once", "list the columns");
    }
    for (String name : names) {
      if (entering(owner, key, name, columns).column().domain() instanceof Domain.Formed) {
        throw owner.cannotRun(key, RowKey.NOT_COMPARED, "name other columns");
      }
    }
    return names;
  }

  private static ContractColumn entering(
      Mapping owner, String key, String name, List<ContractColumn> columns) throws DocumentError {
    Optional<ContractColumn> column =
        columns.stream().filter(c -> c.column().name().equals(name)).findFirst();
    if (column.isEmpty()) {
      throw owner.error(key, "there is no column " + DocumentError.quoted(name), "name another");
    }
    if (column.get().use() != ContractColumn.Use.FEDERATED) {
      throw owner.cannotRun(
          key,
          "column %s never enters a sum".formatted(DocumentError.quoted(name)),
          "name columns that do; of the privacy unit's key no more rows count than the contract says,"
              + " and node data check tells how many do not");
    }
    return column.get();
  }

  private static QualityRule counted(Mapping rule, String table, List<ContractColumn> columns)
      throws DocumentError {
    String query = rule.text("query");
    try {
      RowPredicate where = PredicateText.count(query, table, columns);
      return read(rule, new RuleMeasure.Matching(where, Optional.empty()), "consistency");
    } catch (PredicateText.Refused e) {
      throw cannotRun(rule, "query", e, "SELECT COUNT(*) FROM {object} WHERE column < 1");
    }
  }

  private static DocumentError cannotRun(
      Mapping rule, String key, PredicateText.Refused refused, String example) {
    return rule.cannotRun(
        key,
        String.valueOf(refused.getMessage()),
        "write a condition on one row, such as " + example);
  }

  private static QualityRule matching(Mapping rule, Mapping check, List<ContractColumn> columns)
      throws DocumentError {
    RowPredicate where = condition(check, "where", columns);
    Optional<RowPredicate> among =
        check.has("among") ? Optional.of(condition(check, "among", columns)) : Optional.empty();
    double most = check.number("max_percent", 0, 100);
    return new QualityRule(
        Names.id(rule, "id"),
        new RuleMeasure.Matching(where, among),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        most,
        Unit.PERCENT,
        dimension(rule, "consistency"),
        severity(rule));
  }

  private static RowPredicate condition(Mapping check, String key, List<ContractColumn> columns)
      throws DocumentError {
    try {
      return PredicateText.condition(check.text(key), columns);
    } catch (PredicateText.Refused e) {
      throw cannotRun(check, key, e, "column IS NULL");
    }
  }

  private static QualityRule drift(Mapping rule, Mapping check, ContractColumn column)
      throws DocumentError {
    Distance distance =
        DISTANCES.getOrDefault(check.choice("distance", DISTANCE_NAMES), Distance.L_INFINITY);
    Domain domain = column.column().domain();
    if (domain.cells() < 2) {
      throw check.cannotRun(
          "check", "the column is not cut into values or bins", "add althing.bins");
    }
    if (distance == Distance.KOLMOGOROV_SMIRNOV && domain instanceof Domain.Categories) {
      throw check.cannotRun("distance", "a list of values has no order", "say linf");
    }
    List<Double> reference = check.numbers("reference", 0, 1);
    double sum = reference.stream().mapToDouble(Double::doubleValue).sum();
    if (reference.size() != domain.cells() || Math.abs(sum - 1) > MOST_ROUNDING) {
      throw check.error(
          "reference",
          "expected %d shares that sum to 1, got %d that sum to %s"
              .formatted(domain.cells(), reference.size(), sum),
          "give the share of each value or bin, in the order in which the column declares them");
    }
    if (distance.dividesByReference() && reference.contains(0.0)) {
      throw check.error(
          "reference",
          "a share of 0 divides by nothing in psi and chi2",
          "give every value or bin a share, or say js");
    }
    return new QualityRule(
        Names.id(rule, "id"),
        new RuleMeasure.Drift(
            column.column().name(), distance, reference.stream().map(r -> r / sum).toList()),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        check.number("max", 0, distance.dividesByReference() ? MOST_INDEX : 1),
        Unit.DISTANCE,
        dimension(rule, "consistency"),
        severity(rule));
  }

  private static QualityRule read(Mapping rule, RuleMeasure measure, String usualDimension)
      throws DocumentError {
    String id = Names.id(rule, "id");
    boolean percent =
        rule.has("unit") && rule.choice("unit", List.of("rows", "percent")).equals("percent");
    if (percent && measure instanceof RuleMeasure.RowCount) {
      throw rule.error("unit", "a number of rows is no percentage", "remove unit");
    }
    Bound bound = bound(rule, percent);
    return new QualityRule(
        id,
        measure,
        bound.operator(),
        bound.threshold(),
        percent ? Unit.PERCENT : Unit.ROWS,
        dimension(rule, usualDimension),
        severity(rule));
  }

  static String dimension(Mapping rule, String usual) throws DocumentError {
    return rule.has("dimension") ? rule.choice("dimension", DIMENSIONS) : usual;
  }

  static String severity(Mapping rule) throws DocumentError {
    return rule.has("severity")
        ? rule.choice("severity", List.of("error", "warning", "info"))
        : "error";
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
}
