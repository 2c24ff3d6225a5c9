package org.althing.model.features;

import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * One column as coordinates of a feature space. Of its coordinates a record sets exactly one, to at
 * most 1 in absolute value: a field adds at most 1 to the squared norm of any record.
 */
public sealed interface Field {
  Column column();

  /** How many coordinates the field has. */
  int size();

  /** What a coordinate stands for, as a reader of the contract would write it. */
  String coordinateName(int coordinate);

  /** The coordinate that a record sets, 0 to size - 1. */
  int coordinate(RecordBatch batch, int position, int row);

  /** What it is set to, in whole steps of 1 / {@code stepsPerUnit}. */
  long steps(RecordBatch batch, int position, int row, long stepsPerUnit);

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
    public int size() {
      return column.domain().cells() + 1;
    }

    @Override
    public String coordinateName(int coordinate) {
      return coordinate < column.domain().cells() ? column.domain().cellName(coordinate) : OTHER;
    }

    @Override
    public int coordinate(RecordBatch batch, int position, int row) {
      int other = column.domain().cells();
      if (batch.verdict(position, row) != Verdict.OK) {
        return other;
      }
      int cell = batch.cell(position, row);
      return cell >= 0 && cell < other ? cell : other;
    }

    @Override
    public long steps(RecordBatch batch, int position, int row, long stepsPerUnit) {
      return stepsPerUnit;
    }
  }

  /**
   * A number without bins, its declared range mapped on -1 to 1; any verdict but OK is 0 there and
   * 1 at a second coordinate.
   *
   * <p>The indicator costs no privacy, because a record sets one of the two, and lets a model learn
   * what missing means instead of taking it for the middle of the range.
   */
  record Bounded(Column column) implements Field {
    public Bounded {
      if (!(column.domain() instanceof Domain.Numbers)) {
        throw new IllegalArgumentException(
            "column %s has no declared range of numbers".formatted(column.name()));
      }
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public String coordinateName(int coordinate) {
      return coordinate == 0 ? "value" : OTHER;
    }

    @Override
    public int coordinate(RecordBatch batch, int position, int row) {
      boolean known =
          batch.verdict(position, row) == Verdict.OK && !Double.isNaN(batch.number(position, row));
      return known ? 0 : 1;
    }

    @Override
    public long steps(RecordBatch batch, int position, int row, long stepsPerUnit) {
      if (coordinate(batch, position, row) == 1) {
        return stepsPerUnit;
      }
      Domain.Numbers range = (Domain.Numbers) column.domain();
      double half = range.maximum() / 2 - range.minimum() / 2;
      double middle = range.minimum() / 2 + range.maximum() / 2;
      double scaled = (batch.number(position, row) - middle) / half;
      // The clamp also holds where a range of denormals makes the division overflow.
      double clamped = scaled >= -1 ? Math.min(1, scaled) : -1;
      return (long) Math.rint(clamped * stepsPerUnit);
    }
  }
}
