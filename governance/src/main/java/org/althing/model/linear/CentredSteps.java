package org.althing.model.linear;

import java.util.Arrays;

/**
 * The way that the weights of one score take through released gradients, by heavy-ball steps in
 * centred coordinates: v ← βv − D/(D² + k²)·g, w ← w + v, with k = σ/τ.
 */
final class CentredSteps {
  private static final double MOMENTUM = 0.5;

  /** τ: a gradient coordinate is damped below so many standard deviations of its noise. */
  private static final double DEVIATIONS_TRUSTED = 0.5;

  private final Centre centre;
  private final double penalty;
  private final double[] weights;
  private final double[] velocity;

  /**
   * @param penalty what the objective's penalty adds to the second derivative
   */
  CentredSteps(Centre centre, double penalty) {
    this.centre = centre;
    this.penalty = penalty;
    this.weights = new double[centre.curvature().length];
    this.velocity = new double[weights.length];
  }

  /**
   * Takes one step.
   *
   * @param gradient in which the bias counts for {@link CentredDescent#BIAS}
   * @param noise the standard deviation of the noise on each of its coordinates
   */
  void take(double[] gradient, double noise) {
    int d = weights.length - 1;
    double alongBias = gradient[d] / CentredDescent.BIAS;
    for (int i = 0; i <= d; i++) {
      double centred = i < d ? gradient[i] - centre.means()[i] * alongBias : alongBias;
      double damping = (i < d ? noise : noise / CentredDescent.BIAS) / DEVIATIONS_TRUSTED;
      double stiffness = i < d ? penalty : 0;
      double slope = stiffness > 0 ? centred + stiffness * weights[i] : centred;
      double curvature = centre.curvature()[i] + stiffness;
      double step = curvature / (curvature * curvature + damping * damping) * slope;
      velocity[i] = MOMENTUM * velocity[i] - step;
      weights[i] += velocity[i];
    }
  }

  /** Where they are, in the coordinates of records. */
  double[] weights() {
    int d = weights.length - 1;
    double bias = weights[d];
    for (int i = 0; i < d; i++) {
      bias -= weights[i] * centre.means()[i];
    }
    double[] uncentred = Arrays.copyOf(weights, d + 1);
    uncentred[d] = bias;
    return uncentred;
  }
}
