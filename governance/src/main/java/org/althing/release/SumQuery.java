package org.althing.release;

import org.althing.privacy.ContributionSum;
import org.althing.table.RecordBatch;

/**
 * A commutative sum of bounded integer vectors over records: the extension point of the product.
 *
 * <p>A query's Javadoc holds its sensitivity argument, which is about one record.
 */
@FunctionalInterface
public interface SumQuery {
  /** What the records of a batch contribute; asked by one thread. */
  Contributions over(RecordBatch batch);

  /**
   * What each record of a batch contributes: at most one vector per block of the release's shape,
   * which {@link ContributionSum} certifies in integers before it is added.
   */
  @FunctionalInterface
  interface Contributions {
    /** Adds what one row contributes. Rows outside the release's partition are never offered. */
    void add(int row, ContributionSum sum);
  }
}
