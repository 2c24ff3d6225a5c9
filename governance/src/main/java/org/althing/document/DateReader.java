package org.althing.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.contract.ContractColumn;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Operator;
import org.althing.contract.QualityRule.Unit;
import org.althing.contract.RowPredicate.ComparedDay;
import org.althing.contract.RowPredicate.Comparison;
import org.althing.contract.RowPredicate.IsNull;
import org.althing.contract.RowPredicate.Not;
import org.althing.contract.RuleMeasure;
import org.althing.table.Domain;

/**
 * What a contract says of days. How old a record is, is always told from the contract's declared
 * reference day, never from a clock: everybody must judge the same rule.
 */
final class DateReader {
  private static final String FIRST_FORMAT = Domain.Dates.FORMATS.get(0);
  private static final int MOST_DAYS = 40_000;

  private DateReader() {}

  static Domain.Dates dates(Mapping options, Optional<Mapping> bins) throws DocumentError {
    String format =
        options.has("format") ? options.choice("format", Domain.Dates.FORMATS) : FIRST_FORMAT;
    LocalDate first = day(options, "minimum");
    LocalDate last = day(options, "maximum");
    List<Double> edges = new ArrayList<>();
    if (bins.isPresent()) {
      for (String edge : bins.get().texts("value")) {
        edges.add((double) day(edge, bins.get(), "value").toEpochDay());
      }
    }
    try {
      return new Domain.Dates(
          new Domain.Numbers(first.toEpochDay(), last.toEpochDay(), true, edges), format);
    } catch (IllegalArgumentException e) {
      throw bins.orElse(options)
          .error(bins.isPresent() ? "value" : "minimum", String.valueOf(e.getMessage()));
    }
  }

  static LocalDate day(Mapping owner, String key) throws DocumentError {
    return day(owner.text(key), owner, key);
  }

  private static LocalDate day(String text, Mapping owner, String key) throws DocumentError {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw owner.error(
          key, "expected a day, got " + DocumentError.quoted(text), "write it as 2026-06-30");
    }
  }

  /** Few of the days that are known may be too old. */
  static QualityRule freshness(
      Mapping rule, Mapping check, ContractColumn column, Optional<LocalDate> referenceDay)
      throws DocumentError {
    requireDates(column, check, "check");
    LocalDate oldest =
        oldest(check, "max_days", check.whole("max_days", 0, MOST_DAYS), referenceDay);
    String name = column.column().name();
    return new QualityRule(
        Names.id(rule, "id"),
        new RuleMeasure.Matching(
            new ComparedDay(name, Comparison.LESS, oldest), Optional.of(new Not(new IsNull(name)))),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        check.number("max_percent", 0, 100),
        Unit.PERCENT,
        RuleReader.dimension(rule, "timeliness"),
        RuleReader.severity(rule));
  }

  /** The standard's latency: that the newest record is not too old, so that at least one is new. */
  static QualityRule latency(
      Mapping level, String table, List<ContractColumn> columns, Optional<LocalDate> referenceDay)
      throws DocumentError {
    String property = level.text("property");
    if (!property.equals("latency")) {
      throw level.cannotRun(
          "property",
          "of service levels only latency is checked, got " + DocumentError.quoted(property),
          "remove it from this contract");
    }
    level.choice("unit", List.of("d", "day", "days"));
    StandardForm.ofServiceLevel(level);
    String element = level.text("element");
    Optional<ContractColumn> column =
        columns.stream()
            .filter(c -> element.equals(table + "." + c.column().name()))
            .filter(c -> c.use() == ContractColumn.Use.FEDERATED)
            .findFirst();
    if (column.isEmpty()) {
      throw level.cannotRun(
          "element",
          "expected TABLE.COLUMN of a column that enters sums, got "
              + DocumentError.quoted(element),
          "name a date column of the table");
    }
    requireDates(column.get(), level, "element");
    String name = column.get().column().name();
    LocalDate oldest = oldest(level, "value", level.whole("value", 0, MOST_DAYS), referenceDay);
    return new QualityRule(
        level.has("id") ? Names.id(level, "id") : "latency_" + name,
        new RuleMeasure.Matching(
            new ComparedDay(name, Comparison.GREATER_OR_EQUAL, oldest), Optional.empty()),
        Operator.MUST_BE_GREATER_OR_EQUAL_TO,
        1,
        Unit.ROWS,
        "timeliness",
        "error");
  }

  private static void requireDates(ContractColumn column, Mapping owner, String key)
      throws DocumentError {
    if (!(column.column().domain() instanceof Domain.Dates)) {
      throw owner.cannotRun(
          key, "the column holds no dates", "declare logicalType: date, or remove the rule");
    }
  }

  private static LocalDate oldest(
      Mapping owner, String key, long days, Optional<LocalDate> referenceDay) throws DocumentError {
    if (referenceDay.isEmpty()) {
      throw owner.cannotRun(
          key,
          "there is no day to count from, and a clock would not give everybody the same",
          "add {property: althing.reference-day, value: 2026-06-30} to the contract's own"
              + " customProperties");
    }
    return referenceDay.get().minusDays(days);
  }
}
