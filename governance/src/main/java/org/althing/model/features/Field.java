package org.althing.model.features;

import java.util.List;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * One column, or two that interact, as coordinates of a feature space: it adds at most 1 to the
 * squared norm of any record.
 */
public sealed interface Field
    permits Field.OneHot, Field.Bounded, Field.Squared, Field.Product, WordField {
  /** What it reads: one column, or the two of a product. */
  List<Column> columns();

  /** How many coordinates the field has. */
  int size();

  /** What a coordinate stands for, as {@code column = value}. */
  String coordinateName(int coordinate);

  /** The most coordinates that any record sets. */
  default int mostEntries() {
    return 1;
  }

  /** Whether a record sets exactly one coordinate, to 1. */
  default boolean isOneHot() {
    return false;
  }

  /** Whether coordinates may be negative. */
  default boolean isSigned() {
    return false;
  }

  /**
   * A bound of how many coordinates this record sets.
   *
   * @param at where the field's columns stand in the batch
   */
  default int entries(RecordBatch batch, int[] at, int row) {
    return 1;
  }

  /**
   * Sets this field of all records of {@code out}: of each its coordinates, ascending, and their
   * values.
   *
   * @param at where the field's columns stand in the batch
   * @param first the row of the first record; the others follow
   */
  void encode(RecordBatch batch, int[] at, int first, SparseBlock out);

  /** The name of the coordinate that holds whatever is not a value of the declared domain. */
  String OTHER = "missing or other";

  /** A column with cells: 1 at the record's cell, or at one more cell for any verdict but OK. */
  record OneHot(Column column) implements Field {
    public OneHot {
      if (column.domain().cells() == 0) {
        throw new IllegalArgumentException(
            "column %s has no cells to one-hot encode: declare bins in the contract"
                .formatted(column.name()));
      }
    }

    @Override
    public boolean isOneHot() {
      return true;
    }

    @Override
    public int size() {
      return column.domain().cells() + 1;
    }

    @Override
    public List<Column> columns() {
      return List.of(column);
    }

    @Override
    public String coordinateName(int coordinate) {
      return named(
          column,
          coordinate < column.domain().cells() ? column.domain().cellName(coordinate) : OTHER);
    }

    /** The coordinate of a value; {@code cell} is ignored for any verdict but OK. */
    int place(Verdict verdict, int cell) {
      return place(verdict, cell, column.domain().cells());
    }

    private static int place(Verdict verdict, int cell, int other) {
      return verdict == Verdict.OK && cell >= 0 && cell < other ? cell : other;
    }

    int place(RecordBatch batch, int position, int row) {
      return place(batch.verdict(position, row), batch.cell(position, row));
    }

    @Override
    public void encode(RecordBatch batch, int[] at, int first, SparseBlock out) {
      int position = at[0];
      int other = column.domain().cells();
      long one = out.stepsPerUnit();
      int records = out.records();
      for (int r = 0; r < records; r++) {
        out.set(
            r,
            place(batch.verdict(position, first + r), batch.cell(position, first + r), other),
            one);
      }
    }
  }

  /**
   * Two columns with cells that interact: 1 at the pair of the record's cells, or at one more cell
   * where either has any verdict but OK.
   *
   * <p>A record sets one coordinate to 1, as it does in a single column: bounds grow as by one
   * column more, however many pairs there are.
   */
  record Product(OneHot first, OneHot second) implements Field {
    @Override
    public boolean isOneHot() {
      return true;
    }

    @Override
    public int size() {
      return cells(first) * cells(second) + 1;
    }

    @Override
    public List<Column> columns() {
      return List.of(first.column, second.column);
    }

    @Override
    public String coordinateName(int coordinate) {
      if (coordinate == size() - 1) {
        return "%s, %s = one of them %s"
            .formatted(first.column.name(), second.column.name(), OTHER);
      }
      return first.coordinateName(coordinate / cells(second))
          + ", "
          + second.coordinateName(coordinate % cells(second));
    }

    /**
     * The coordinate of two values.
     *
     * @param ofFirst the coordinate that the value has in the first column alone
     * @param ofSecond the coordinate that the value has in the second column alone
     */
    public int place(int ofFirst, int ofSecond) {
      return ofFirst < cells(first) && ofSecond < cells(second)
          ? ofFirst * cells(second) + ofSecond
          : size() - 1;
    }

    @Override
    public void encode(RecordBatch batch, int[] at, int first, SparseBlock out) {
      for (int r = 0; r < out.records(); r++) {
        int ofFirst = this.first.place(batch, at[0], first + r);
        out.set(r, place(ofFirst, second.place(batch, at[1], first + r)), out.stepsPerUnit());
      }
    }

    private static int cells(OneHot side) {
      return side.column.domain().cells();
    }
  }

  /**
   * A number by its value, its declared range mapped on -1 to 1; any verdict but OK is 0 there and
   * 1 at a second coordinate.
   *
   * <p>The indicator costs no privacy, because a record sets one of the two, and lets a model learn
   * what missing means instead of taking it for the middle of the range.
   */
  record Bounded(Column column) implements Field {
    public Bounded {
      requireRange(column);
    }

    @Override
    public boolean isSigned() {
      return true;
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public String coordinateName(int coordinate) {
      return named(column, coordinate == 0 ? "value" : OTHER);
    }

    @Override
    public List<Column> columns() {
      return List.of(column);
    }

    @Override
    public void encode(RecordBatch batch, int[] at, int first, SparseBlock out) {
      int position = at[0];
      Grid grid = grid(out.stepsPerUnit());
      for (int r = 0; r < out.records(); r++) {
        if (hasNumber(batch, position, first + r)) {
          out.set(r, 0, grid.stepsOf(batch.number(position, first + r)));
        } else {
          out.set(r, 1, out.stepsPerUnit());
        }
      }
    }

    /** Where values fall in the declared range. */
    Grid grid(long stepsPerUnit) {
      return new Grid((Domain.Numbers) column.domain(), stepsPerUnit);
    }
  }

  /**
   * A number with its square: its declared range mapped on -1 to 1 and rounded to {@value #GRID}
   * steps, and that squared, less 1; any verdict but OK is 0 at both and 1 at a third coordinate.
   *
   * <p>Less 1, because x² + (x² − 1)² ≤ 1 wherever x² ≤ 1: the square adds nothing to the bound.
   */
  record Squared(Column column) implements Field {
    /** Steps per unit of x. */
    public static final long GRID = 256;

    /** Steps per unit in which x and x² are both whole. */
    static final long STEPS = GRID * GRID;

    public Squared {
      requireRange(column);
    }

    @Override
    public boolean isSigned() {
      return true;
    }

    @Override
    public int size() {
      return 3;
    }

    @Override
    public int mostEntries() {
      return 2;
    }

    @Override
    public int entries(RecordBatch batch, int[] at, int row) {
      return 2;
    }

    @Override
    public List<Column> columns() {
      return List.of(column);
    }

    @Override
    public String coordinateName(int coordinate) {
      return named(column, List.of("value", "square less 1", OTHER).get(coordinate));
    }

    @Override
    public void encode(RecordBatch batch, int[] at, int first, SparseBlock out) {
      int position = at[0];
      Grid grid = grid();
      for (int r = 0; r < out.records(); r++) {
        if (hasNumber(batch, position, first + r)) {
          long place = grid.stepsOf(batch.number(position, first + r));
          out.set(r, 0, GRID * place);
          out.set(r, 1, place * place - STEPS);
        } else {
          out.set(r, 2, out.stepsPerUnit());
        }
      }
    }

    /** Where values fall in the declared range. */
    Grid grid() {
      return new Grid((Domain.Numbers) column.domain(), GRID);
    }
  }

  /** What stands between a column and its value. */
  String IS = " = ";

  /** What a coordinate of a column stands for. */
  static String named(Column column, String value) {
    return column.name() + IS + value;
  }

  private static boolean hasNumber(RecordBatch batch, int position, int row) {
    return batch.verdict(position, row) == Verdict.OK && !Double.isNaN(batch.number(position, row));
  }

  private static void requireRange(Column column) {
    if (!(column.domain() instanceof Domain.Numbers)) {
      throw new IllegalArgumentException(
          "column %s has no declared range of numbers".formatted(column.name()));
    }
  }

  /** Maps a range of numbers on -1 to 1, in steps. */
  final class Grid {
    /** Of no numbers. */
    static final Grid NONE = new Grid(new Domain.Numbers(-1, 1, false, List.of()), 1);

    private final double half;
    private final double middle;
    private final long stepsPerUnit;

    Grid(Domain.Numbers range, long stepsPerUnit) {
      this.half = range.maximum() / 2 - range.minimum() / 2;
      this.middle = range.minimum() / 2 + range.maximum() / 2;
      this.stepsPerUnit = stepsPerUnit;
    }

    long stepsOf(double number) {
      double scaled = (number - middle) / half;
      // The clamp also holds where a range of denormals makes the division overflow.
      double clamped = scaled >= -1 ? Math.min(1, scaled) : -1;
      return (long) Math.rint(clamped * stepsPerUnit);
    }

    /** {@link #stepsOf} numbers, in their place; NaN stays. */
    void roundToSteps(double[] numbers, int count) {
      for (int i = 0; i < count; i++) {
        double scaled = (numbers[i] - middle) / half;
        double clamped = scaled >= -1 ? Math.min(1, scaled) : -1;
        // Added, a zero has no sign, as whole steps have none.
        double steps = Math.rint(clamped * stepsPerUnit) + 0.0;
        numbers[i] = Double.isNaN(numbers[i]) ? Double.NaN : steps;
      }
    }
  }
}
