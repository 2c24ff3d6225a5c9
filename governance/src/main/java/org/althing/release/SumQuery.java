package org.althing.release;

import org.althing.privacy.ContributionSum;
import org.althing.table.RecordBatch;

/**
 * A commutative sum of bounded integer vectors over records: the extension point of the product.
 *
 * <p>{@code add} proposes one contribution per record and block of the release's shape; {@link
 * ContributionSum} certifies each norm in integers before it is added. A query's Javadoc holds its
 * sensitivity argument.
 */
@FunctionalInterface
public interface SumQuery {
  /** Adds the contribution of one row. Rows outside the release's partition are never offered. */
  void add(RecordBatch batch, int row, ContributionSum sum);
}
