package org.althing.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Which statistics are asked for, by names of columns.
 *
 * @param columns whose counts, and of numbers means and deviations, are asked; empty for all
 * @param quantiles columns of numbers whose quantiles are asked
 * @param correlations columns of numbers whose pairwise correlations are asked; none or at least
 *     two
 * @param tables pairs of columns with cells that are counted together
 */
public record Request(
    List<String> columns, List<String> quantiles, List<String> correlations, List<Pair> tables) {
  public static final int MOST_CORRELATED = 50;
  public static final int MOST_TABLES = 100;

  public Request {
    columns = distinct(columns, "columns");
    quantiles = distinct(quantiles, "quantiles");
    correlations = distinct(correlations, "correlations");
    if (correlations.size() == 1 || correlations.size() > MOST_CORRELATED) {
      throw new IllegalArgumentException(
          "correlations are asked of 2 to %d columns, got %d"
              .formatted(MOST_CORRELATED, correlations.size()));
    }
    tables = distinct(tables, "tables");
    if (tables.size() > MOST_TABLES) {
      throw new IllegalArgumentException(
          "at most %d tables, got %d".formatted(MOST_TABLES, tables.size()));
    }
    for (String name : singledOut(quantiles, correlations, tables)) {
      if (!columns.isEmpty() && !columns.contains(name)) {
        throw new IllegalArgumentException(
            "column %s is not among the columns: name it there too".formatted(name));
      }
    }
  }

  /** Every column that quantiles, correlations or tables name, with repetitions. */
  public List<String> singledOut() {
    return singledOut(quantiles, correlations, tables);
  }

  private static List<String> singledOut(
      List<String> quantiles, List<String> correlations, List<Pair> tables) {
    List<String> named = new ArrayList<>(quantiles);
    named.addAll(correlations);
    tables.forEach(pair -> named.addAll(List.of(pair.rows(), pair.columns())));
    return named;
  }

  /** Two different columns of a cross table. */
  public record Pair(String rows, String columns) {
    public Pair {
      if (rows.equals(columns)) {
        throw new IllegalArgumentException(
            "a table crosses two columns, got %s twice".formatted(rows));
      }
    }
  }

  private static <T> List<T> distinct(List<T> names, String what) {
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException(what + " name something twice");
    }
    return List.copyOf(names);
  }
}
