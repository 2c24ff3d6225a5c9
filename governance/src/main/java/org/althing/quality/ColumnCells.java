package org.althing.quality;

import org.althing.table.Column;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * The cells of one column's block: the five verdicts that are not OK, in the order of {@link
 * Verdict}, then the declared cells of OK values, or one for them all. A record falls in exactly
 * one.
 */
record ColumnCells(Column column, int position, int declared) {
  private static final int FAULTS = 5;

  ColumnCells(Column column, int position) {
    this(column, position, column.domain().cells());
  }

  /** Where the cell of a verdict other than OK stands. */
  static int faultCell(Verdict verdict) {
    return switch (verdict) {
      case MISSING -> 0;
      case SENTINEL -> 1;
      case UNPARSABLE -> 2;
      case OUT_OF_RANGE -> 3;
      case NOT_IN_SET -> 4;
      case OK -> throw new IllegalArgumentException("OK is no fault");
    };
  }

  int size() {
    return FAULTS + valueCells();
  }

  int valueCells() {
    return Math.max(1, declared);
  }

  static int firstValueCell() {
    return FAULTS;
  }

  String valueName(int cell) {
    return declared == 0 ? "in range" : column.domain().cellName(cell);
  }

  int cellOf(RecordBatch batch, int row) {
    Verdict verdict = batch.verdict(position, row);
    if (verdict != Verdict.OK) {
      return faultCell(verdict);
    }
    int cell = declared == 0 ? 0 : batch.cell(position, row);
    // A value without a cell is none of the declared domain, whatever its verdict says.
    return cell >= 0 && cell < valueCells() ? FAULTS + cell : faultCell(Verdict.NOT_IN_SET);
  }
}
