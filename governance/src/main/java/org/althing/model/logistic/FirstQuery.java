package org.althing.model.logistic;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.privacy.ContributionSum;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/**
 * Second moments and the gradient at weights zero, both exact in whole steps (bounds at {@link
 * LogisticRegression}).
 *
 * @param dimension d, coordinates of the feature space
 */
record FirstQuery(FeatureSpace.RowEncoder encoder, Label.Reader label, int dimension)
    implements SumQuery {
  private static final int MOMENTS = 0;
  private static final int GRADIENT = 1;

  @Override
  public void add(RecordBatch batch, int row, ContributionSum sum) {
    if (!label.isLabelled(batch, row)) {
      return;
    }
    int entries = encoder.entries();
    int[] index = new int[entries];
    long[] steps = new long[entries];
    encoder.encode(batch, row, index, steps);
    sum.beginRecord(batch.unit(row));
    addMoments(index, steps, sum);
    // (½ - y)x in steps of 1/scale, where x is in steps of 1/s and the scale a multiple of 2s.
    long stepsPerUnit = steps[entries - 1];
    long factor = sum.scale(GRADIENT) / (2 * stepsPerUnit) * (1 - 2 * label.outcome(batch, row));
    long[] gradient = new long[entries];
    for (int i = 0; i < entries; i++) {
      gradient[i] = steps[i] * factor;
    }
    sum.add(GRADIENT, index, gradient, entries);
  }

  private void addMoments(int[] index, long[] steps, ContributionSum sum) {
    int entries = index.length;
    long stepsPerUnit = steps[entries - 1];
    long factor = sum.scale(MOMENTS) / (stepsPerUnit * stepsPerUnit);
    int[] cell = new int[entries * (entries + 1) / 2];
    long[] product = new long[cell.length];
    int next = 0;
    for (int a = 0; a < entries; a++) {
      int i = index[a];
      int rowStart = i * dimension - i * (i - 1) / 2 - i;
      for (int b = a; b < entries; b++) {
        cell[next] = rowStart + index[b];
        product[next] = Math.multiplyExact(steps[a] * steps[b], factor);
        next++;
      }
    }
    sum.add(MOMENTS, cell, product, next);
  }
}
