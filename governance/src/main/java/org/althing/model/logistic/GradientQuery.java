package org.althing.model.logistic;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.ContributionSum;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/**
 * The gradient Σ(p − y)x at public weights. Its norm is at most R before rounding, because |p − y|
 * ≤ 1; rounding half-even adds at most ½ step per coordinate.
 */
record GradientQuery(
    FeatureSpace.RowEncoder encoder,
    Label.Reader label,
    LinearModel.Scorer scorer,
    long stepsPerUnit)
    implements SumQuery {
  @Override
  public void add(RecordBatch batch, int row, ContributionSum sum) {
    if (!label.isLabelled(batch, row)) {
      return;
    }
    int entries = encoder.entries();
    int[] index = new int[entries];
    long[] steps = new long[entries];
    encoder.encode(batch, row, index, steps);
    double residual =
        LinearModel.probabilityOf(scorer.logit(index, steps)) - label.outcome(batch, row);
    double factor = residual * sum.scale(0) / stepsPerUnit;
    long[] gradient = new long[entries];
    for (int i = 0; i < entries; i++) {
      gradient[i] = (long) Math.rint(factor * steps[i]);
    }
    CertifiedVector.shrinkWithin(gradient, sum.plan().shape().blocks().get(0).recordL2Squared());
    sum.beginRecord(batch.unit(row));
    sum.add(0, index, gradient, entries);
  }
}
