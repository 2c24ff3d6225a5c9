package org.althing.release;

import org.althing.privacy.ContributionSum;
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.table.RecordBatch;

/**
 * The sum of a query over those records of a stream of batches that fall in one side of the study's
 * split.
 */
public final class PartitionedSum {
  private final SumQuery query;
  private final Partition partition;
  private final int holdoutPercent;
  private final ContributionSum sum;

  public PartitionedSum(SumQuery query, NoisePlan noise, Partition partition, int holdoutPercent) {
    this.query = query;
    this.partition = partition;
    this.holdoutPercent = holdoutPercent;
    this.sum = new ContributionSum(noise);
  }

  public void add(RecordBatch batch) {
    SumQuery.Contributions contributions = query.over(batch);
    for (int row = 0; row < batch.rows(); row++) {
      if (partition.takes(batch.hundredth(row), holdoutPercent)) {
        contributions.add(row, sum);
      }
    }
  }

  public LocalSum finish() {
    return sum.finish();
  }
}
