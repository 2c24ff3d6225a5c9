package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LabelledQuery;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;

/**
 * The gradient Σ(p − e_y) ⊗ x of every class at public weights. Its norm is at most √2·‖x‖ before
 * rounding ({@link SoftmaxRounds}); rounding half-even adds at most ½ step per coordinate, and
 * whatever floating point proposes is certified in integers.
 *
 * @param dimension d, coordinates of the feature space
 * @param bias what the bias counts for in x, instead of 1
 */
record SoftmaxGradientQuery(
    FeatureSpace.RowEncoder encoder,
    Label.Reader label,
    SoftmaxModel.Scorer scorer,
    int dimension,
    double bias)
    implements LabelledQuery {
  @Override
  public void add(SparseRow record, int outcome, ContributionSum sum) {
    double[] residuals = SoftmaxModel.probabilities(scorer.scores(record));
    residuals[outcome] -= 1;
    int entries = record.count();
    int[] index = new int[residuals.length * entries];
    long[] gradient = new long[index.length];
    for (int k = 0; k < residuals.length; k++) {
      double factor = residuals[k] * sum.scale(0) / record.stepsPerUnit();
      for (int i = 0; i < entries; i++) {
        double weight = i == entries - 1 ? bias * factor : factor;
        index[k * entries + i] = k * dimension + record.index(i);
        gradient[k * entries + i] = (long) Math.rint(weight * record.steps(i));
      }
    }
    CertifiedVector.shrinkWithin(gradient, sum.plan().shape().blocks().get(0).recordL2Squared());
    sum.add(0, index, gradient, gradient.length);
  }
}
