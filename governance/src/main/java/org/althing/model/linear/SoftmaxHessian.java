package org.althing.model.linear;

import java.util.List;
import java.util.stream.Stream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.privacy.Bound;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;

/**
 * Logistic regression of K classes by damped Newton steps under one fixed bound of the curvature,
 * as {@link FixedHessian} has them for two: every class takes its own steps by the same second
 * moments.
 *
 * <p>Release 1 holds the second moments A = Σxxᵀ and the gradient at weights zero; each later
 * release holds the gradient Σ(p − e_y) ⊗ x at weights that follow from the releases before it, K·d
 * numbers. Every sum is over all records of all nodes. Nothing is tuned to a data set.
 *
 * <p>Bounds of one record, with ‖x‖² ≤ R²: second moments as there; the gradient measures at most
 * √2·R, and R·√(1 − 1/K) at weights zero (argument at {@link SoftmaxRounds}).
 */
public final class SoftmaxHessian extends SoftmaxRounds {
  private final FirstCurvature bound;

  /**
   * @param label with classes of its own
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value Rounds#MOST_ROUNDS}
   */
  public SoftmaxHessian(FeatureSpace features, Label label, Rho rho, int rounds) {
    super(features, label, rho, rounds);
    this.bound = new FirstCurvature(features.size(), MOST_CURVATURE);
    FixedHessian.requireMoments(features);
  }

  @Override
  double mostNorm() {
    return StrictMath.sqrt((double) features.l2Squared());
  }

  @Override
  public List<ReleaseTemplate> releases() {
    Bound bound = new Bound.Rounded(mostGradient(), mostEntries());
    return Stream.concat(
            Stream.of(
                release(
                    "round 1",
                    FixedHessian.moments(features, rhoOfFirst()),
                    gradient(firstGradientBound()))),
            gradients(2, bound))
        .toList();
  }

  /** (1/K − e_y) ⊗ x is whole in steps of 1 / (K·stepsPerUnit), of squared norm K(K − 1)·‖x‖². */
  private Bound firstGradientBound() {
    long k = classes();
    long steps = features.stepsPerUnit();
    long l2Squared = Math.multiplyExact(k * (k - 1), features.l2Squared() * steps * steps);
    return new Bound.Exact(l2Squared, k * steps);
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return index == 0
        ? new SoftmaxFirstQuery(features.encoder(), label.reader(), features.size(), classes())
        : gradientQuery(before, 1);
  }

  /** The weights of each class are centred as those of {@link FixedHessian#conclude}. */
  @Override
  public SoftmaxModel conclude(List<Release> releases) {
    ConsistentMoments moments = new ConsistentMoments(features, releases.get(0));
    double[][] weights = weights(releases);
    for (int k = 0; k < weights.length; k++) {
      weights[k] = moments.centred(weights[k]);
    }
    return new SoftmaxModel(features, label, weights);
  }

  @Override
  SoftmaxModel modelAfter(List<Release> before) {
    return new SoftmaxModel(features, label, weights(before));
  }

  /** Heavy-ball steps as {@link Descent} takes them, class by class. */
  private double[][] weights(List<Release> releases) {
    int d = features.size();
    Curvature curvature = bound.of(releases.get(0), 0);
    double[][] weights = new double[classes()][d];
    double[][] velocity = new double[classes()][d];
    for (int t = 0; t < releases.size(); t++) {
      int block = t == 0 ? 1 : 0;
      double damping = noise(releases.get(t), block) / Descent.DEVIATIONS_TRUSTED;
      double[][] gradients = gradients(releases.get(t), block);
      for (int k = 0; k < weights.length; k++) {
        double[] step = curvature.dampedStep(gradients[k], damping);
        for (int i = 0; i < d; i++) {
          velocity[k][i] = Descent.MOMENTUM * velocity[k][i] - step[i];
          weights[k][i] += velocity[k][i];
        }
      }
    }
    return weights;
  }
}
