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
   * Groups of rows of one organisation that are equal in all of some columns: those of more than
   * one row or, with a label, of more than one label. A row with a missing or faulty value in one
   * of these columns is in none; rows of different organisations are never compared.
   */
  record Groups(List<String> equal, Optional<String> label) implements RuleMeasure {
    public Groups {
      equal = List.copyOf(equal);
    }

    @Override
    public List<String> columns() {
      return Stream.concat(equal.stream(), label.stream()).toList();
    }
  }

  /**
   * How many words a column's valid texts have on average, as often as they occur in them; in
   * Chinese each character is one.
   *
   * @param most of one text that count, 1 to {@value #MOST_WORDS}
   */
  record MeanWords(String column, int most) implements RuleMeasure {
    public static final int MOST_WORDS = 10_000;

    public MeanWords {
      if (most < 1 || most > MOST_WORDS) {
        throw new IllegalArgumentException(
            "words of one text that count are 1 to %d, got %d".formatted(MOST_WORDS, most));
      }
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /**
   * How far the valid values of a column are spread otherwise than a declared reference.
   *
   * @param reference the share of each of the column's cells, in their order; they sum to 1
   */
  record Drift(String column, Distance distance, List<Double> reference) implements RuleMeasure {
    /** 0 for equal spreads; all but the last two are at most 1. */
    public enum Distance {
      /** The largest difference of two shares. */
      L_INFINITY,
      /** The largest difference of two shares of values up to an edge (of the bins alone). */
      KOLMOGOROV_SMIRNOV,
      /** The Jensen-Shannon divergence in bits. */
      JENSEN_SHANNON,
      /**
       * The population stability index Σ (p−q) ln(p/q), in whose logarithm p counts as at least a
       * tenth of q.
       */
      STABILITY_INDEX,
      /** Pearson's Σ (p−q)²/q: χ² for one row, which does not grow with their number. */
      CHI_SQUARE;

      /** Whether all differences add up, rather than the largest alone counting. */
      public boolean isSumOverCells() {
        return this != L_INFINITY && this != KOLMOGOROV_SMIRNOV;
      }

      /** Whether a cell without a share in the reference would make it endless. */
      public boolean dividesByReference() {
        return this == STABILITY_INDEX || this == CHI_SQUARE;
      }
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
