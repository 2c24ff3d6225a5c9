package org.althing.model;

import java.util.Arrays;
import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.SparseRow;
import org.althing.table.RecordBatch;

/**
 * Test fixture: logistic regression of several classes over all rows in one place, by Nesterov's
 * accelerated gradients until they are as good as done; shares nothing with the product's steps.
 */
final class CentralSoftmax {
  private static final int STEPS = 600;

  private CentralSoftmax() {}

  /**
   * @param l2 ridge per record
   */
  static SoftmaxModel fit(
      FeatureSpace features, Label label, List<RecordBatch> batches, double l2) {
    var encoder = features.encoder();
    var reader = label.reader();
    List<SparseRow> rows = new java.util.ArrayList<>();
    List<Integer> truths = new java.util.ArrayList<>();
    for (RecordBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        if (reader.isLabelled(batch, row)) {
          rows.add(encoder.encode(batch, row));
          truths.add(reader.outcome(batch, row));
        }
      }
    }
    int classes = label.classes();
    double[][] weights = new double[classes][features.size()];
    double[][] before = new double[classes][features.size()];
    // The curvature is at most half of the largest squared norm of a record.
    double step = 1 / (features.l2Squared() / 2.0 + l2);
    for (int t = 1; t <= STEPS; t++) {
      double[][] ahead = new double[classes][];
      for (int k = 0; k < classes; k++) {
        ahead[k] = weights[k].clone();
        for (int i = 0; i < ahead[k].length; i++) {
          ahead[k][i] += (t - 1.0) / (t + 2.0) * (weights[k][i] - before[k][i]);
        }
      }
      double[][] gradient = gradient(rows, truths, ahead, l2);
      before = weights;
      weights = ahead;
      for (int k = 0; k < classes; k++) {
        for (int i = 0; i < weights[k].length; i++) {
          weights[k][i] -= step * gradient[k][i];
        }
      }
    }
    return new SoftmaxModel(features, label, weights);
  }

  private static double[][] gradient(
      List<SparseRow> rows, List<Integer> truths, double[][] weights, double l2) {
    double[][] gradient =
        Arrays.stream(weights)
            .map(each -> Arrays.stream(each).map(w -> l2 * w).toArray())
            .toArray(double[][]::new);
    double[] scores = new double[weights.length];
    for (int r = 0; r < rows.size(); r++) {
      SparseRow row = rows.get(r);
      for (int k = 0; k < scores.length; k++) {
        scores[k] = 0;
        for (int i = 0; i < row.count(); i++) {
          scores[k] += weights[k][row.index(i)] * row.steps(i) / row.stepsPerUnit();
        }
      }
      double[] p = SoftmaxModel.probabilities(scores);
      p[truths.get(r)] -= 1;
      for (int k = 0; k < scores.length; k++) {
        for (int i = 0; i < row.count(); i++) {
          gradient[k][row.index(i)] += p[k] * row.steps(i) / row.stepsPerUnit() / rows.size();
        }
      }
    }
    return gradient;
  }
}
