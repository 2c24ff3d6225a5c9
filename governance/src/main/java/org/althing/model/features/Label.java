package org.althing.model.features;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * What a model predicts: whether a column's value is one of {@code positive}, or, where none is
 * named, which of its values it is, each a class of its own.
 *
 * <p>A record whose label is not a value of the declared domain is unlabelled: it adds nothing to
 * training or evaluation.
 *
 * @param column a column with cells
 * @param positive names of some of its cells, not all; none for {@value #LEAST_CLASSES} to {@value
 *     #MOST_CLASSES} cells that are classes
 */
public record Label(Schema schema, String column, Set<String> positive) {
  /** Of two classes one is the positive one, and has to be named. */
  public static final int LEAST_CLASSES = 3;

  public static final int MOST_CLASSES = 32;

  public Label {
    positive = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(positive));
    if (!schema.contains(column)) {
      throw new IllegalArgumentException("label %s is no column of the schema".formatted(column));
    }
    misfit(column, cellNames(schema, column), positive)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  /**
   * Why a column is no label with these positive values, if it is none.
   *
   * @param cells the names of the column's cells
   */
  public static Optional<String> misfit(
      String column, List<String> cells, Collection<String> positive) {
    if (cells.isEmpty()) {
      return Optional.of(
          "label %s is a number without bins: declare its bins or categories in the contract"
              .formatted(column));
    }
    List<String> strangers = positive.stream().filter(value -> !cells.contains(value)).toList();
    if (!strangers.isEmpty()) {
      return Optional.of(
          "label %s has no value %s; declared are %s"
              .formatted(column, String.join(", ", strangers), String.join(", ", cells)));
    }
    if (positive.size() == cells.size()) {
      return Optional.of(
          "label %s: all its values count as positive, so there is nothing to tell apart"
              .formatted(column));
    }
    boolean classes = cells.size() >= LEAST_CLASSES && cells.size() <= MOST_CLASSES;
    return classes || !positive.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "label %s: classes are %d to %d declared values, it has %d: say under positive which of them count as 1"
                .formatted(column, LEAST_CLASSES, MOST_CLASSES, cells.size()));
  }

  private static List<String> cellNames(Schema schema, String column) {
    var domain = schema.column(column).domain();
    return java.util.stream.IntStream.range(0, domain.cells()).mapToObj(domain::cellName).toList();
  }

  /** Whether it is a yes or a no. */
  public boolean isBinary() {
    return !positive.isEmpty();
  }

  /** K: 2 of a yes or a no. */
  public int classes() {
    return isBinary() ? 2 : schema.column(column).domain().cells();
  }

  /** The names of the K classes by their outcome, where each is a value of its own. */
  public List<String> classNames() {
    if (isBinary()) {
      throw new IllegalStateException("a yes-or-no label has no classes with names of their own");
    }
    return cellNames(schema, column);
  }

  /** What it says of a record, for readers. */
  public String inWords() {
    return isBinary()
        ? column + " = " + String.join(" or ", positive)
        : "%s, one of %d classes".formatted(column, classes());
  }

  /** Prepares the reading of records; safe for concurrent use. */
  public Reader reader() {
    return new Reader(this);
  }

  /** Reads the label of records. */
  public static final class Reader {
    private final int position;
    private final int[] outcomes;

    private Reader(Label label) {
      position = label.schema.indexOf(label.column);
      List<String> names = cellNames(label.schema, label.column);
      outcomes = new int[names.size()];
      for (int cell = 0; cell < outcomes.length; cell++) {
        int positive = label.positive.contains(names.get(cell)) ? 1 : 0;
        outcomes[cell] = label.isBinary() ? positive : cell;
      }
    }

    /** Whether the record has a label at all. */
    public boolean isLabelled(RecordBatch batch, int row) {
      return isLabelled(batch.verdict(position, row), batch.cell(position, row));
    }

    private boolean isLabelled(Verdict verdict, int cell) {
      return verdict == Verdict.OK && cell >= 0 && cell < outcomes.length;
    }

    /** The outcome that a value of the label's column is, if it is one. */
    public OptionalInt outcome(Verdict verdict, int cell) {
      return isLabelled(verdict, cell) ? OptionalInt.of(outcomes[cell]) : OptionalInt.empty();
    }

    /**
     * 1 for a positive record, 0 for a negative one, or the place of its class; only of labelled
     * records.
     */
    public int outcome(RecordBatch batch, int row) {
      return outcomes[batch.cell(position, row)];
    }
  }
}
