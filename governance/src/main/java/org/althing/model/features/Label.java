package org.althing.model.features;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * What a binary model predicts: whether a column's value is one of {@code positive}.
 *
 * <p>A record whose label is not a value of the declared domain is unlabelled: it adds nothing to
 * training or evaluation.
 *
 * @param column a column with cells
 * @param positive names of some of its cells, not all
 */
public record Label(Schema schema, String column, Set<String> positive) {
  public Label {
    positive = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(positive));
    if (!schema.contains(column)) {
      throw new IllegalArgumentException("label %s is no column of the schema".formatted(column));
    }
    List<String> names = cellNames(schema, column);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "label %s is a number without bins: declare its bins or categories in the contract"
              .formatted(column));
    }
    if (positive.isEmpty() || !names.containsAll(positive) || positive.size() == names.size()) {
      throw new IllegalArgumentException(
          "label %s: the positive values are some, not all, of %s; got %s"
              .formatted(column, names, positive));
    }
  }

  private static List<String> cellNames(Schema schema, String column) {
    var domain = schema.column(column).domain();
    return java.util.stream.IntStream.range(0, domain.cells()).mapToObj(domain::cellName).toList();
  }

  /** Prepares the reading of records; safe for concurrent use. */
  public Reader reader() {
    return new Reader(this);
  }

  /** Reads the label of records. */
  public static final class Reader {
    private final int position;
    private final boolean[] positiveCells;

    private Reader(Label label) {
      position = label.schema.indexOf(label.column);
      List<String> names = cellNames(label.schema, label.column);
      positiveCells = new boolean[names.size()];
      for (int cell = 0; cell < positiveCells.length; cell++) {
        positiveCells[cell] = label.positive.contains(names.get(cell));
      }
    }

    /** Whether the record has a label at all. */
    public boolean isLabelled(RecordBatch batch, int row) {
      return isLabelled(batch.verdict(position, row), batch.cell(position, row));
    }

    private boolean isLabelled(Verdict verdict, int cell) {
      return verdict == Verdict.OK && cell >= 0 && cell < positiveCells.length;
    }

    /** The outcome that a value of the label's column is, if it is one. */
    public OptionalInt outcome(Verdict verdict, int cell) {
      return isLabelled(verdict, cell)
          ? OptionalInt.of(positiveCells[cell] ? 1 : 0)
          : OptionalInt.empty();
    }

    /** 1 for a positive record, 0 for a negative one; only of labelled records. */
    public int outcome(RecordBatch batch, int row) {
      return positiveCells[batch.cell(position, row)] ? 1 : 0;
    }
  }
}
