package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LabelledQuery;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;

/**
 * Second moments, and beside them the gradient at weights zero or the sums of each class, all exact
 * in whole steps (bounds at {@link FixedHessian}).
 *
 * @param dimension d, coordinates of the feature space
 */
record FirstQuery(FeatureSpace.RowEncoder encoder, Label.Reader label, int dimension, Start start)
    implements LabelledQuery {
  private static final int MOMENTS = 0;
  private static final int BESIDE = 1;

  @Override
  public void add(SparseRow record, int outcome, ContributionSum sum) {
    addMoments(record, dimension, sum);
    if (start == Start.TABLES) {
      addToClass(record, outcome, sum);
    } else {
      addGradient(record, outcome, sum);
    }
  }

  private void addToClass(SparseRow record, int outcome, ContributionSum sum) {
    long factor = sum.scale(BESIDE) / record.stepsPerUnit();
    int[] index = new int[record.count()];
    long[] steps = new long[index.length];
    for (int i = 0; i < index.length; i++) {
      index[i] = outcome * dimension + record.index(i);
      steps[i] = record.steps(i) * factor;
    }
    sum.add(BESIDE, index, steps, index.length);
  }

  private static void addGradient(SparseRow record, int outcome, ContributionSum sum) {
    // (½ - y)x in steps of 1/scale, where x is in steps of 1/s and the scale a multiple of 2s.
    long factor = sum.scale(BESIDE) / (2 * record.stepsPerUnit()) * (1 - 2 * outcome);
    long[] gradient = new long[record.count()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = record.steps(i) * factor;
    }
    record.contribute(BESIDE, gradient, sum);
  }

  /** The upper triangle of xxᵀ, row by row, to block {@value #MOMENTS}. */
  static void addMoments(SparseRow record, int dimension, ContributionSum sum) {
    int entries = record.count();
    long factor = sum.scale(MOMENTS) / (record.stepsPerUnit() * record.stepsPerUnit());
    int[] cell = new int[entries * (entries + 1) / 2];
    long[] product = new long[cell.length];
    int next = 0;
    for (int a = 0; a < entries; a++) {
      int i = record.index(a);
      int rowStart = i * dimension - i * (i - 1) / 2 - i;
      for (int b = a; b < entries; b++) {
        cell[next] = rowStart + record.index(b);
        product[next] = Math.multiplyExact(record.steps(a) * record.steps(b), factor);
        next++;
      }
    }
    sum.add(MOMENTS, cell, product, next);
  }
}
