package org.althing.model.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * The groups a model is evaluated in: the declared cells of a column, then the records without a
 * valid value of it.
 *
 * @param column a column with {@value #LEAST_CELLS} to {@value #MOST_CELLS} cells
 */
public record Groups(Schema schema, String column) {
  public static final int LEAST_CELLS = 2;
  public static final int MOST_CELLS = 12;
  static final String NOT_KNOWN = "not known";

  public Groups {
    misfit(schema, column)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  /** Why a column's cells are no groups, if they are none. */
  public static Optional<String> misfit(Schema schema, String column) {
    int cells = schema.column(column).domain().cells();
    return cells >= LEAST_CELLS && cells <= MOST_CELLS
        ? Optional.empty()
        : Optional.of(
            "groups are %d to %d declared values or bins, column %s has %d: name another, or declare fewer and wider bins"
                .formatted(LEAST_CELLS, MOST_CELLS, column, cells));
  }

  /** How many cells are declared: all groups but the last. */
  public int declared() {
    return domain().cells();
  }

  /** How many groups there are. */
  public int count() {
    return declared() + 1;
  }

  List<String> names() {
    Stream<String> cells = IntStream.range(0, declared()).mapToObj(domain()::cellName);
    return Stream.concat(cells, Stream.of(NOT_KNOWN)).toList();
  }

  private Domain domain() {
    return schema.column(column).domain();
  }

  Reader reader() {
    return new Reader(schema.indexOf(column), declared());
  }

  /** Finds the one group of each record. */
  record Reader(int position, int declared) {
    int of(RecordBatch batch, int row) {
      int cell = batch.cell(position, row);
      boolean known = batch.verdict(position, row) == Verdict.OK && cell >= 0 && cell < declared;
      return known ? cell : declared;
    }
  }
}
