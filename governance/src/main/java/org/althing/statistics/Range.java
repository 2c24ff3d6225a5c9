package org.althing.statistics;

import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * A column of numbers whose declared range is mapped on -1 to 1.
 *
 * @param position of the column in its schema
 */
record Range(Column column, int position) {
  Range {
    if (!(column.domain() instanceof Domain.Numbers)) {
      throw new IllegalArgumentException(
          "column %s has no declared range of numbers".formatted(column.name()));
    }
  }

  Domain.Numbers domain() {
    return (Domain.Numbers) column.domain();
  }

  /** Half the width of the declared range: what 1 stands for, in the column's unit. */
  double half() {
    return domain().maximum() / 2 - domain().minimum() / 2;
  }

  double middle() {
    return domain().minimum() / 2 + domain().maximum() / 2;
  }

  boolean isKnown(RecordBatch batch, int row) {
    return batch.verdict(position, row) == Verdict.OK && !Double.isNaN(batch.number(position, row));
  }

  /** The known number of a row, mapped. */
  double mapped(RecordBatch batch, int row) {
    double scaled = (batch.number(position, row) - middle()) / half();
    // The clamp also holds where a range of denormals makes the division overflow.
    return scaled >= -1 ? Math.min(1, scaled) : -1;
  }
}
