package org.althing.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a quality rule measures; every one is read off sums over rows. */
public sealed interface RuleMeasure {
  /** The columns it speaks of, each once; none for the number of rows. */
  List<String> columns();

  /** The number of rows. */
  record RowCount() implements RuleMeasure {
    @Override
    public List<String> columns() {
      return List.of();
    }
  }

  /** Rows whose value in a column is faulty: the ODCS library metrics of one column. */
  record Faults(String column, Kind kind) implements RuleMeasure {
    /** Which verdicts count. */
    public enum Kind {
      /** Verdict {@code MISSING}. */
      NULL_VALUES,
      /** Verdict {@code MISSING} or {@code SENTINEL}. */
      MISSING_VALUES,
      /** Verdict {@code UNPARSABLE}, {@code OUT_OF_RANGE} or {@code NOT_IN_SET}. */
      INVALID_VALUES
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /**
   * Rows for which {@code where} is true, all of them or among those for which {@code among} is.
   * What cannot be told of a row, since a value is missing or faulty, is not true of it.
   */
  record Matching(RowPredicate where, Optional<RowPredicate> among) implements RuleMeasure {
    @Override
    public List<String> columns() {
      return Stream.concat(where.columns(), among.stream().flatMap(RowPredicate::columns))
          .distinct()
          .toList();
    }
  }

  /**
   * How far the valid values of a column are spread otherwise than a declared reference.
   *
   * @param reference the share of each of the column's cells, in their order; they sum to 1
   */
  record Drift(String column, Distance distance, List<Double> reference) implements RuleMeasure {
    /** Both are 0 to 1. */
    public enum Distance {
      /** The largest difference of two shares. */
      L_INFINITY,
      /** The largest difference of two shares of values up to an edge (of the bins alone). */
      KOLMOGOROV_SMIRNOV
    }

    public Drift {
      reference = List.copyOf(reference);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }
}
