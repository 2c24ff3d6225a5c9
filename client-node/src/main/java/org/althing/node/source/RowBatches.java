package org.althing.node.source;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;

/** The rows of one reading, handed over {@value #MOST_ROWS} at a time, or fewer long ones. */
final class RowBatches {
  static final int MOST_ROWS = 8192;

  /** Rows that stay in a processor's own memory between threads that hand them on. */
  static final int FEW_ROWS = 256;

  /** Reached by rows of five hundred bytes. */
  private static final int MANY_BYTES = 1 << 22;

  private final int mostRows;
  private final UnaryOperator<TextRows> exchange;
  private TextRows rows;

  RowBatches(int fields, Consumer<TextRows> consumer) {
    this(
        fields,
        MOST_ROWS,
        rows -> {
          consumer.accept(rows);
          rows.clear();
          return rows;
        });
  }

  /**
   * As the other, of another size.
   *
   * @param exchange is given rows and gives back what others go into, empty
   */
  RowBatches(int fields, int mostRows, UnaryOperator<TextRows> exchange) {
    this.mostRows = mostRows;
    this.exchange = exchange;
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
    endRows(1);
  }

  /** For the fields of so many rows, which {@link #endRows} ends together. */
  TextRows reserveRows(int count) {
    if (rows.rows() + count > mostRows) {
      handOver();
    }
    rows.reserveRows(count);
    return rows;
  }

  void endRows(int count) {
    rows.endRows(count);
    handOverMany();
  }

  private void handOverMany() {
    if (rows.rows() == mostRows || rows.size() >= MANY_BYTES) {
      handOver();
    }
  }

  /** To be called after the last row too. */
  void handOver() {
    if (rows.rows() > 0) {
      rows = exchange.apply(rows);
    }
  }
}
