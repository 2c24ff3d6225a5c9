package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/**
 * Σx over labelled records, with {@code recordSteps} for each of them where the bias stands: exact
 * in whole steps (bounds at {@link CentredDescent}).
 */
record MeansQuery(FeatureSpace.RowEncoder encoder, Label.Reader label, long recordSteps)
    implements SumQuery {
  @Override
  public void add(RecordBatch batch, int row, ContributionSum sum) {
    if (!label.isLabelled(batch, row)) {
      return;
    }
    SparseRow record = encoder.encode(batch, row);
    long finer = sum.scale(0) / record.stepsPerUnit();
    int last = record.count() - 1;
    long[] steps = new long[last + 1];
    for (int i = 0; i < last; i++) {
      steps[i] = record.steps(i) * finer;
    }
    steps[last] = recordSteps * finer;
    sum.beginRecord(batch.unit(row));
    sum.add(0, record.indices(), steps, last + 1);
  }
}
