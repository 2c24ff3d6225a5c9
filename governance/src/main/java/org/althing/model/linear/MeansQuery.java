package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LabelledQuery;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;

/**
 * Σx over labelled records, with {@code recordSteps} for each of them where the bias stands: exact
 * in whole steps (bounds at {@link CentredDescent}).
 */
record MeansQuery(FeatureSpace.RowEncoder encoder, Label.Reader label, long recordSteps)
    implements LabelledQuery {
  @Override
  public void add(SparseRow record, int outcome, ContributionSum sum) {
    long finer = sum.scale(0) / record.stepsPerUnit();
    int last = record.count() - 1;
    long[] steps = new long[last + 1];
    for (int i = 0; i < last; i++) {
      steps[i] = record.steps(i) * finer;
    }
    steps[last] = recordSteps * finer;
    record.contribute(0, steps, sum);
  }
}
