package org.althing.node.source;

import java.util.function.Consumer;
import org.althing.cleaning.TextRows;

/** The rows of one reading, handed over {@value #MOST_ROWS} at a time, or fewer long ones. */
final class RowBatches {
  static final int MOST_ROWS = 8192;

  /** Reached by rows of five hundred bytes. */
  private static final int MANY_BYTES = 1 << 22;

  private final Consumer<TextRows> consumer;
  private final TextRows rows;

  RowBatches(int fields, Consumer<TextRows> consumer) {
    this.consumer = consumer;
    this.rows = new TextRows(fields);
  }

  /** For the fields of the row that has not ended. */
  TextRows rows() {
    return rows;
  }

  void add(String[] row) {
    rows.add(row);
    handOverMany();
  }

  void endRow() {
    rows.endRow();
    handOverMany();
  }

  private void handOverMany() {
    if (rows.rows() == MOST_ROWS || rows.size() >= MANY_BYTES) {
      handOver();
    }
  }

  /** To be called after the last row too. */
  void handOver() {
    if (rows.rows() > 0) {
      consumer.accept(rows);
      rows.clear();
    }
  }
}
