package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LabelledQuery;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;

/**
 * Second moments and the gradient of every class at weights zero, both exact in whole steps (bounds
 * at {@link SoftmaxHessian}).
 *
 * @param dimension d, coordinates of the feature space
 */
record SoftmaxFirstQuery(
    FeatureSpace.RowEncoder encoder, Label.Reader label, int dimension, int classes)
    implements LabelledQuery {
  private static final int GRADIENT = 1;

  @Override
  public void add(SparseRow record, int outcome, ContributionSum sum) {
    FirstQuery.addMoments(record, dimension, sum);
    // (1/K - e_y)x in steps of 1/scale, where x is in steps of 1/s and the scale a multiple of Ks.
    long finer = sum.scale(GRADIENT) / (classes * record.stepsPerUnit());
    int entries = record.count();
    int[] index = new int[classes * entries];
    long[] gradient = new long[index.length];
    for (int k = 0; k < classes; k++) {
      long factor = finer * (k == outcome ? 1 - classes : 1);
      for (int i = 0; i < entries; i++) {
        index[k * entries + i] = k * dimension + record.index(i);
        gradient[k * entries + i] = record.steps(i) * factor;
      }
    }
    sum.add(GRADIENT, index, gradient, gradient.length);
  }
}
