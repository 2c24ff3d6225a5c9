package org.althing.cleaning;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.Excerpt;
import org.althing.contract.PredicateText;
import org.althing.contract.RowPredicate;
import org.althing.contract.Truth;
import org.althing.table.Domain;
import org.althing.table.RowKey;
import org.althing.table.Schema;
import org.althing.table.SplitMix64;
import org.althing.table.Verdict;

/**
 * One operator of a recipe. The list is closed, because each has a proof of its stability: how many
 * rows can differ after it for each that differs before it.
 */
public sealed interface Step {
  /** The word for it in study files. */
  String word();

  /** Rows that can differ after it for each that differs before. */
  int stability();

  /** The contract's columns it looks at. */
  Stream<String> columns(Contract contract);

  /** What it does, as a sentence without its end. */
  String inWords();

  /** Changes what a column's texts become; looks at one value alone, so its stability is 1. */
  sealed interface OfColumn extends Step {
    /** The columns that it changes. */
    List<String> changed();

    /**
     * The column as later steps and the analysis see it.
     *
     * @throws IllegalArgumentException where the step does not fit it
     */
    ContractColumn applied(ContractColumn before);

    @Override
    default int stability() {
      return 1;
    }

    @Override
    default Stream<String> columns(Contract contract) {
      return changed().stream();
    }
  }

  /** Changes one column. */
  sealed interface OfOneColumn extends OfColumn {
    String column();

    @Override
    default List<String> changed() {
      return List.of(column());
    }
  }

  /** Lets some rows go on. */
  sealed interface OfRows extends Step {
    /**
     * The step on cleaned records.
     *
     * @param contract as the recipe's columns leave it
     * @throws IllegalArgumentException where the step does not fit it
     */
    RowSieve on(Contract contract);
  }

  /** The numbers from {@code least} to {@code most}, both included. */
  record Range(double least, double most) {}

  /**
   * A number beyond the range becomes its nearest end.
   *
   * @param range narrower than the contract's, and the column's range from here on; the contract's
   *     without it
   */
  record Clip(String column, Optional<Range> range) implements OfOneColumn {
    @Override
    public String word() {
      return "clip";
    }

    @Override
    public ContractColumn applied(ContractColumn before) {
      Domain.Numbers numbers = numbers(before, "clipped");
      Range to = range.orElse(new Range(numbers.minimum(), numbers.maximum()));
      boolean whole = to.least() == Math.rint(to.least()) && to.most() == Math.rint(to.most());
      if (to.least() < numbers.minimum()
          || to.most() > numbers.maximum()
          || (numbers.whole() && !whole)) {
        throw new IllegalArgumentException(
            "column %s is clipped within its declared range, %s"
                .formatted(column, numbers.inWords()));
      }
      List<Double> edges =
          numbers.edges().stream().filter(e -> e > to.least() && e <= to.most()).toList();
      return before.with(
          new Domain.Numbers(to.least(), to.most(), numbers.whole(), edges),
          before.repair().clipping());
    }

    @Override
    public String inWords() {
      return range
          .map(
              r ->
                  "%s: what is below %s or above %s becomes that bound"
                      .formatted(
                          column, Domain.Numbers.plain(r.least()), Domain.Numbers.plain(r.most())))
          .orElse(column + ": what is beyond the declared range becomes its nearest end");
    }
  }

  /** A number is cut into other bins than the contract's. */
  record Bins(String column, List<Double> edges) implements OfOneColumn {
    public Bins {
      edges = List.copyOf(edges);
    }

    @Override
    public String word() {
      return "bins";
    }

    @Override
    public ContractColumn applied(ContractColumn before) {
      Domain.Numbers numbers = numbers(before, "cut into bins");
      try {
        return before.with(
            new Domain.Numbers(numbers.minimum(), numbers.maximum(), numbers.whole(), edges),
            before.repair());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("column %s: %s".formatted(column, e.getMessage()), e);
      }
    }

    @Override
    public String inWords() {
      return "%s: cut at %s"
          .formatted(column, String.join(", ", edges.stream().map(Domain.Numbers::plain).toList()));
    }
  }

  /** Numbers are read as values on their declared ranges, whatever bins the contract has. */
  record Values(List<String> changed) implements OfColumn {
    public Values {
      changed = List.copyOf(changed);
      if (changed.isEmpty() || changed.stream().distinct().count() != changed.size()) {
        throw new IllegalArgumentException(
            "values names numbers that are not to be cut into bins, each once");
      }
    }

    @Override
    public String word() {
      return "values";
    }

    @Override
    public ContractColumn applied(ContractColumn before) {
      return new Bins(before.column().name(), List.of()).applied(before);
    }

    @Override
    public String inWords() {
      return String.join(", ", changed) + ": read as values, not cut into bins";
    }
  }

  /**
   * A declared value stands for what is not known.
   *
   * @param value as the contract writes it; never taken from the node's own rows
   * @param faulty whether it also stands for texts that are no value
   */
  record Impute(String column, String value, boolean faulty) implements OfOneColumn {
    @Override
    public String word() {
      return "impute";
    }

    @Override
    public ContractColumn applied(ContractColumn before) {
      Domain domain = before.column().domain();
      if (domain instanceof Domain.Words || domain instanceof Domain.Text) {
        throw new IllegalArgumentException(
            "column %s is free text, for which no value can stand".formatted(column));
      }
      return before.with(domain, before.repair().filling(value, faulty));
    }

    @Override
    public String inWords() {
      return "%s: %s stands for what is not known%s"
          .formatted(column, Excerpt.of(value), faulty ? " or faulty" : "");
    }
  }

  /** Rows of which a condition is true go on. */
  record Keep(String condition) implements OfRows {
    @Override
    public String word() {
      return "keep";
    }

    @Override
    public int stability() {
      return 1;
    }

    @Override
    public Stream<String> columns(Contract contract) {
      try {
        return PredicateText.condition(condition, contract.columns()).columns().distinct();
      } catch (PredicateText.Refused e) {
        // The planner says what is wrong with it.
        return Stream.empty();
      }
    }

    @Override
    public RowSieve on(Contract contract) {
      try {
        RowPredicate.RowTest test =
            PredicateText.condition(condition, contract.columns()).on(contract.schema());
        return (batch, row) -> test.of(batch, row) == Truth.TRUE;
      } catch (PredicateText.Refused e) {
        throw new IllegalArgumentException(
            "keep %s: %s".formatted(Excerpt.of(condition), e.getMessage()), e);
      }
    }

    @Override
    public String inWords() {
      return "only rows where " + Excerpt.printable(condition);
    }
  }

  /** Of rows that are equal in some columns one goes on; a value that is missing equals nothing. */
  record Distinct(List<String> equal) implements OfRows {
    public Distinct {
      equal = named(equal, "distinct");
    }

    @Override
    public String word() {
      return "distinct";
    }

    @Override
    public int stability() {
      return 2;
    }

    @Override
    public Stream<String> columns(Contract contract) {
      return equal.stream();
    }

    @Override
    public RowSieve on(Contract contract) {
      RowKey key = new RowKey(contract.schema(), equal);
      return new GroupSieve(
          (batch, row) ->
              key.isWhole(batch, row) ? OptionalLong.of(key.of(batch, row)) : OptionalLong.empty(),
          1);
    }

    @Override
    public String inWords() {
      return "one of the rows that are equal in " + String.join(", ", equal);
    }
  }

  /** Some of the units go on, all rows of each, by a public hash. */
  record Sample(int percent) implements OfRows {
    public Sample {
      if (percent < 1 || percent > 99) {
        throw new IllegalArgumentException("a sample is 1 to 99 per cent, got " + percent);
      }
    }

    @Override
    public String word() {
      return "sample";
    }

    @Override
    public int stability() {
      return 1;
    }

    @Override
    public Stream<String> columns(Contract contract) {
      return Stream.empty();
    }

    @Override
    public RowSieve on(Contract contract) {
      // Mixed again, so that a sample is independent of the split into training and hold-out.
      return (batch, row) ->
          Long.remainderUnsigned(SplitMix64.mixed(batch.unit(row) + SplitMix64.GAMMA), 100)
              < percent;
    }

    @Override
    public String inWords() {
      return percent + " % of the units, by a public hash";
    }
  }

  /**
   * At most so many rows for each value or bin of a column, by a public hash; rows without a valid
   * value are one more stratum.
   */
  record Strata(String column, int most) implements OfRows {
    public static final int MOST_ROWS = 100_000_000;

    public Strata {
      if (most < 1 || most > MOST_ROWS) {
        throw new IllegalArgumentException(
            "a stratum has 1 to %d rows, got %d".formatted(MOST_ROWS, most));
      }
    }

    @Override
    public String word() {
      return "strata";
    }

    @Override
    public int stability() {
      return 2;
    }

    @Override
    public Stream<String> columns(Contract contract) {
      return Stream.of(column);
    }

    @Override
    public RowSieve on(Contract contract) {
      Schema schema = contract.schema();
      int place = schema.indexOf(column);
      int others = schema.column(column).domain().cells();
      if (others == 0) {
        throw new IllegalArgumentException(
            "column %s has no values or bins to take rows by".formatted(column));
      }
      return new GroupSieve(
          (batch, row) ->
              OptionalLong.of(
                  batch.verdict(place, row) == Verdict.OK ? batch.cell(place, row) : others),
          most);
    }

    @Override
    public String inWords() {
      return "at most %d rows for each value of %s in each organisation".formatted(most, column);
    }
  }

  private static List<String> named(List<String> columns, String what) {
    if (columns.isEmpty() || columns.stream().distinct().count() != columns.size()) {
      throw new IllegalArgumentException(what + " names at least one column, each once");
    }
    return List.copyOf(columns);
  }

  private static Domain.Numbers numbers(ContractColumn column, String what) {
    if (column.column().domain() instanceof Domain.Numbers numbers) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "column %s holds no numbers that could be %s".formatted(column.column().name(), what));
  }
}
