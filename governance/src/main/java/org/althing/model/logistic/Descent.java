package org.althing.model.logistic;

import java.util.ArrayList;
import java.util.List;
import org.althing.release.Release;

/**
 * The way that the weights took through the releases, by heavy-ball steps: v ← βv − H(H² + k²)⁻¹g, w
 * ← w + v, with k = σ/τ.
 */
final class Descent {
  static final double MOMENTUM = 0.5;

  /** τ: a gradient coordinate is damped below this many standard deviations of its noise. */
  private static final double DEVIATIONS_TRUSTED = 3;

  private final Curvature curvature;
  private final List<Step> steps = new ArrayList<>();
  private final double[] weights;

  /** One step: the weights it began from, the released gradient there, and the noise in that. */
  static final class Step {
    private final double[] from;
    private final double[] gradient;
    private final double noise;

    private Step(double[] from, double[] gradient, double noise) {
      this.from = from;
      this.gradient = gradient;
      this.noise = noise;
    }

    /** Not to be changed. */
    double[] from() {
      return from;
    }

    /** Not to be changed. */
    double[] gradient() {
      return gradient;
    }

    double noise() {
      return noise;
    }

    double damping() {
      return noise / DEVIATIONS_TRUSTED;
    }
  }

  /**
   * @param releases the first with second moments before its gradient
   */
  Descent(List<Release> releases, int dimension) {
    curvature = Curvature.of(releases.get(0), 0, dimension);
    weights = new double[dimension];
    double[] velocity = new double[dimension];
    for (int t = 0; t < releases.size(); t++) {
      int block = t == 0 ? 1 : 0;
      Step taken =
          new Step(
              weights.clone(),
              releases.get(t).values(block),
              releases.get(t).noiseDeviation(block));
      steps.add(taken);
      double[] step = curvature.dampedStep(taken.gradient(), taken.damping());
      for (int i = 0; i < dimension; i++) {
        velocity[i] = MOMENTUM * velocity[i] - step[i];
        weights[i] += velocity[i];
      }
    }
  }

  Curvature curvature() {
    return curvature;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Where it ended. */
  double[] weights() {
    return weights.clone();
  }
}
