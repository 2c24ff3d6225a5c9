package org.althing.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Script;
import org.althing.table.Verdict;

/**
 * A statement about the values of one row, a closed subset of SQL's conditions with its logic of
 * three values: of a value whose verdict is not {@link Verdict#OK} only {@link IsNull} tells
 * anything.
 */
public sealed interface RowPredicate {
  /** Words that are no column's name unless it is quoted. */
  Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "IN", "IS", "NULL", "BETWEEN");

  /** The columns it names, as often as it does. */
  Stream<String> columns();

  /** Itself and all that it is made of. */
  default Stream<RowPredicate> parts() {
    return Stream.of(this);
  }

  /**
   * Looks the columns up once, so that rows are tested fast.
   *
   * @throws java.util.NoSuchElementException where the schema lacks a column
   * @throws IllegalArgumentException where a column's domain cannot be compared so
   */
  RowTest on(Schema schema);

  /** In SQL; what {@code document} reads back to the same predicate. */
  String sql();

  /** A predicate on the rows of one schema. */
  @FunctionalInterface
  interface RowTest {
    Truth of(RecordBatch batch, int row);
  }

  /** How two numbers are compared. */
  enum Comparison {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    boolean holds(double left, double right) {
      return switch (this) {
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
      };
    }
  }

  /** What is true of a value of one column. */
  sealed interface OfColumn extends RowPredicate {
    String column();

    @Override
    default Stream<String> columns() {
      return Stream.of(column());
    }
  }

  /** The column has no valid value: it is empty, a code for "not known", or faulty. */
  record IsNull(String column) implements OfColumn {
    @Override
    public RowTest on(Schema schema) {
      int position = schema.indexOf(column);
      return (batch, row) -> Truth.of(batch.verdict(position, row) != Verdict.OK);
    }

    @Override
    public String sql() {
      return quoted(column) + " IS NULL";
    }
  }

  /** The column's free text is written in a script; unknown of one without letters. */
  record InScript(String column, Script script) implements OfColumn {
    @Override
    public RowTest on(Schema schema) {
      int position = schema.indexOf(column);
      if (!(schema.column(column).domain() instanceof Domain.Words)) {
        throw new IllegalArgumentException(column + " holds no free text");
      }
      return (batch, row) -> {
        int found = batch.verdict(position, row) == Verdict.OK ? batch.cell(position, row) : -1;
        return found < 0 ? Truth.UNKNOWN : Truth.of(found == script.place());
      };
    }

    @Override
    public String sql() {
      return quoted(column) + " IS " + script;
    }
  }

  /** The column's category is one of {@code values}. */
  record OneOf(String column, List<String> values) implements OfColumn {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public RowTest on(Schema schema) {
      int position = schema.indexOf(column);
      if (!(schema.column(column).domain() instanceof Domain.Categories categories)) {
        throw new IllegalArgumentException(column + " has no list of values");
      }
      boolean[] wanted = new boolean[categories.cells()];
      for (String value : values) {
        wanted[categories.cellOf(value)] = true;
      }
      return (batch, row) ->
          batch.verdict(position, row) == Verdict.OK
              ? Truth.of(wanted[batch.cell(position, row)])
              : Truth.UNKNOWN;
    }

    @Override
    public String sql() {
      String list = values.stream().map(OneOf::literal).collect(Collectors.joining(", "));
      return values.size() == 1
          ? quoted(column) + " = " + list
          : quoted(column) + " IN (" + list + ")";
    }

    private static String literal(String value) {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  /** The column's number compared with a constant. */
  record Compared(String column, Comparison comparison, double constant) implements OfColumn {
    @Override
    public RowTest on(Schema schema) {
      int position = numbers(schema, column);
      return (batch, row) ->
          batch.verdict(position, row) == Verdict.OK
              ? Truth.of(comparison.holds(batch.number(position, row), constant))
              : Truth.UNKNOWN;
    }

    @Override
    public String sql() {
      return quoted(column) + " " + comparison.sign() + " " + Domain.Numbers.plain(constant);
    }
  }

  /** The column's day compared with a constant. */
  record ComparedDay(String column, Comparison comparison, LocalDate day) implements OfColumn {
    @Override
    public RowTest on(Schema schema) {
      return new Compared(column, comparison, day.toEpochDay()).on(schema);
    }

    @Override
    public String sql() {
      return quoted(column) + " " + comparison.sign() + " DATE '" + day + "'";
    }
  }

  /** Two columns' numbers or days compared. */
  record ComparedColumns(String left, Comparison comparison, String right) implements RowPredicate {
    @Override
    public Stream<String> columns() {
      return Stream.of(left, right);
    }

    @Override
    public RowTest on(Schema schema) {
      return ofBoth(numbers(schema, left), numbers(schema, right), comparison::holds);
    }

    @Override
    public String sql() {
      return quoted(left) + " " + comparison.sign() + " " + quoted(right);
    }
  }

  /**
   * How many days of the calendar {@code later} is after {@code earlier}, less than 0 where it is
   * before it, compared with a constant.
   */
  record DaysApart(String later, String earlier, Comparison comparison, int days)
      implements RowPredicate {
    /** More than the calendar's years of four digits have. */
    public static final int MOST_DAYS = 4_000_000;

    public DaysApart {
      if (Math.abs((long) days) > MOST_DAYS) {
        throw new IllegalArgumentException(
            "days apart are at most %d, got %d".formatted(MOST_DAYS, days));
      }
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(later, earlier);
    }

    @Override
    public RowTest on(Schema schema) {
      // Numbers of days are whole and far below 2^53, so their difference is exact.
      return ofBoth(
          daysOf(schema, later),
          daysOf(schema, earlier),
          (day, before) -> comparison.holds(day - before, days));
    }

    @Override
    public String sql() {
      return "%s - %s %s INTERVAL '%d' DAY"
          .formatted(quoted(later), quoted(earlier), comparison.sign(), days);
    }
  }

  /** Not so. */
  record Not(RowPredicate of) implements RowPredicate {
    @Override
    public Stream<RowPredicate> parts() {
      return Stream.concat(Stream.of(this), of.parts());
    }

    @Override
    public Stream<String> columns() {
      return of.columns();
    }

    @Override
    public RowTest on(Schema schema) {
      RowTest test = of.on(schema);
      return (batch, row) -> test.of(batch, row).not();
    }

    @Override
    public String sql() {
      if (of instanceof InScript text) {
        return quoted(text.column()) + " IS NOT " + text.script();
      }
      return of instanceof IsNull none
          ? quoted(none.column()) + " IS NOT NULL"
          : "NOT (" + of.sql() + ")";
    }
  }

  /** How several predicates make one. */
  enum Connective {
    AND(Truth.TRUE),
    OR(Truth.FALSE);

    private final Truth ofNone;

    Connective(Truth ofNone) {
      this.ofNone = ofNone;
    }

    private Truth join(Truth left, Truth right) {
      return this == AND ? left.and(right) : left.or(right);
    }
  }

  /** All of them, or at least one; at least two are given, and none is joined by the same. */
  record Joined(Connective by, List<RowPredicate> of) implements RowPredicate {
    public Joined {
      of = List.copyOf(of);
    }

    @Override
    public Stream<RowPredicate> parts() {
      return Stream.concat(Stream.of(this), of.stream().flatMap(RowPredicate::parts));
    }

    @Override
    public Stream<String> columns() {
      return of.stream().flatMap(RowPredicate::columns);
    }

    @Override
    public RowTest on(Schema schema) {
      List<RowTest> tests = tests(of, schema);
      return (batch, row) -> {
        Truth truth = by.ofNone;
        for (RowTest test : tests) {
          truth = by.join(truth, test.of(batch, row));
        }
        return truth;
      };
    }

    /** AND binds closer than OR. */
    @Override
    public String sql() {
      return of.stream()
          .map(p -> by == Connective.AND && p instanceof Joined ? "(" + p.sql() + ")" : p.sql())
          .collect(Collectors.joining(" " + by + " "));
    }
  }

  private static List<RowTest> tests(List<RowPredicate> predicates, Schema schema) {
    List<RowTest> tests = new ArrayList<>();
    for (RowPredicate predicate : predicates) {
      tests.add(predicate.on(schema));
    }
    return tests;
  }

  /** A test of two numbers or days. */
  @FunctionalInterface
  interface PairTest {
    boolean holds(double first, double second);
  }

  private static RowTest ofBoth(int first, int second, PairTest test) {
    return (batch, row) ->
        batch.verdict(first, row) == Verdict.OK && batch.verdict(second, row) == Verdict.OK
            ? Truth.of(test.holds(batch.number(first, row), batch.number(second, row)))
            : Truth.UNKNOWN;
  }

  private static int numbers(Schema schema, String column) {
    Domain domain = schema.column(column).domain();
    if (!(domain instanceof Domain.Numbers || domain instanceof Domain.Dates)) {
      throw new IllegalArgumentException(column + " holds no numbers or days");
    }
    return schema.indexOf(column);
  }

  private static int daysOf(Schema schema, String column) {
    if (!(schema.column(column).domain() instanceof Domain.Dates)) {
      throw new IllegalArgumentException(column + " holds no days");
    }
    return schema.indexOf(column);
  }

  /** A plain name that is no word of the language stays as it is. */
  private static String quoted(String column) {
    return column.matches("[\\p{L}_][\\p{L}\\p{N}_]*")
            && !KEYWORDS.contains(column.toUpperCase(Locale.ROOT))
        ? column
        : "\"" + column.replace("\"", "\"\"") + "\"";
  }
}
