package org.althing.quality;

import java.util.List;
import org.althing.table.RecordBatch;

/**
 * Which numbers of an audit a record adds 1 to: one cell of every column, then at most one count of
 * every rule about rows. Some rules compare rows, so it serves one organisation's rows, each once.
 */
record AuditCells(List<ColumnCells> columns, List<RuleCounts.Counter> rowRules) {
  /** The most numbers that one record adds to. */
  int most() {
    return columns.size() + rowRules.size();
  }

  int length() {
    return columns.stream().mapToInt(ColumnCells::size).sum()
        + rowRules.stream().mapToInt(RuleCounts.Counter::size).sum();
  }

  /**
   * Writes the positions, ascending, into {@code index}, which has room for {@link #most}.
   *
   * @return how many there are
   */
  int of(RecordBatch batch, int row, int[] index) {
    int offset = 0;
    int used = 0;
    for (ColumnCells column : columns) {
      index[used++] = offset + column.cellOf(batch, row);
      offset += column.size();
    }
    for (RuleCounts.Counter rule : rowRules) {
      int cell = rule.cellOf(batch, row);
      if (cell >= 0) {
        index[used++] = offset + cell;
      }
      offset += rule.size();
    }
    return used;
  }

  /** Adds what {@link #of} says of every record, a block after the other. */
  void count(RecordBatch batch, long[] counts) {
    int offset = 0;
    for (ColumnCells column : columns) {
      for (int row = 0; row < batch.rows(); row++) {
        counts[offset + column.cellOf(batch, row)]++;
      }
      offset += column.size();
    }
    for (RuleCounts.Counter rule : rowRules) {
      for (int row = 0; row < batch.rows(); row++) {
        int cell = rule.cellOf(batch, row);
        if (cell >= 0) {
          counts[offset + cell]++;
        }
      }
      offset += rule.size();
    }
  }
}
