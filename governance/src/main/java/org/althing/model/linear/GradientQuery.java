package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LabelledQuery;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;

/**
 * The gradient Σc·r·x at public weights, with the objective's slope r by the score and a factor c
 * by class. Its norm is at most the objective's most slope times R before rounding, because c ≤ 1;
 * rounding half-even adds at most ½ step per coordinate.
 *
 * @param bias what the bias counts for in x, instead of 1
 */
record GradientQuery(
    FeatureSpace.RowEncoder encoder,
    Label.Reader label,
    LinearModel.Scorer scorer,
    Objective objective,
    ClassFactors factors,
    double bias)
    implements LabelledQuery {
  @Override
  public void add(SparseRow record, int outcome, ContributionSum sum) {
    double residual = factors.of(outcome) * objective.slope(scorer.logit(record), outcome);
    double factor = residual * sum.scale(0) / record.stepsPerUnit();
    long[] gradient = new long[record.count()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (long) Math.rint(factor * record.steps(i));
    }
    int last = gradient.length - 1;
    gradient[last] = (long) Math.rint(bias * factor * record.steps(last));
    CertifiedVector.shrinkWithin(gradient, sum.plan().shape().blocks().get(0).recordL2Squared());
    record.contribute(0, gradient, sum);
  }
}
