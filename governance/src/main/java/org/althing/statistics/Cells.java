package org.althing.statistics;

import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * The cells of one column's histogram: missing, invalid, then the declared cells of the valid
 * values, or one for them all. A record falls in exactly one.
 *
 * @param position of the column in its schema
 */
record Cells(Column column, int position) {
  static final int MISSING = 0;
  static final int INVALID = 1;
  static final int FIRST_VALUE = 2;

  int size() {
    return FIRST_VALUE + valueCells();
  }

  int valueCells() {
    return Math.max(1, column.domain().cells());
  }

  String valueName(int cell) {
    return column.domain().cells() == 0 ? "valid" : column.domain().cellName(cell);
  }

  int cellOf(RecordBatch batch, int row) {
    return switch (batch.verdict(position, row)) {
      case OK -> valueCellOf(batch, row);
      case MISSING, SENTINEL -> MISSING;
      case UNPARSABLE, OUT_OF_RANGE, NOT_IN_SET -> INVALID;
    };
  }

  private int valueCellOf(RecordBatch batch, int row) {
    if (column.domain() instanceof Domain.Numbers && Double.isNaN(batch.number(position, row))) {
      return INVALID;
    }
    int cell = column.domain().cells() == 0 ? 0 : batch.cell(position, row);
    return cell >= 0 && cell < valueCells() ? FIRST_VALUE + cell : INVALID;
  }

  /** The declared cell of a row; for whatever is no valid value, one more. */
  int crossCellOf(RecordBatch batch, int row) {
    boolean valid = batch.verdict(position, row) == Verdict.OK;
    int cell = valid ? cellOf(batch, row) - FIRST_VALUE : -1;
    return cell >= 0 ? cell : valueCells();
  }
}
