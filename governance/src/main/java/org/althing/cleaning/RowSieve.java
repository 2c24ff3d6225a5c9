package org.althing.cleaning;

import org.althing.table.RecordBatch;

/** One step of a recipe that lets rows go on or not. */
@FunctionalInterface
interface RowSieve {
  /** Whether it can tell; otherwise it must {@link #see} every row that comes to it first. */
  default boolean isSettled() {
    return true;
  }

  /**
   * Takes note of a row.
   *
   * @param id tells the row from all others, whatever their order
   */
  default void see(RecordBatch batch, int row, long id) {
    throw new IllegalStateException("this step looks at one row alone");
  }

  /** Every row was seen. */
  default void settle() {}

  /** Another pass over the same rows in the same order begins. */
  default void restart() {}

  boolean passes(RecordBatch batch, int row);
}
