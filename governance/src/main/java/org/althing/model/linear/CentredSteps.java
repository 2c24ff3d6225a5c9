package org.althing.model.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  private final List<Double> noises = new ArrayList<>();

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
    noises.add(noise);
    int d = weights.length - 1;
    double alongBias = gradient[d] / CentredDescent.BIAS;
    for (int i = 0; i <= d; i++) {
      double centred = i < d ? gradient[i] - centre.means()[i] * alongBias : alongBias;
      double damping = (i < d ? noise : noise / CentredDescent.BIAS) / DEVIATIONS_TRUSTED;
      double stiffness = i < d ? penalty : 0;
      double slope = stiffness > 0 ? centred + stiffness * weights[i] : centred;
      double step = gain(i, damping) * slope;
      velocity[i] = MOMENTUM * velocity[i] - step;
      weights[i] += velocity[i];
    }
  }

  /** What a slope of 1 along a coordinate steps. */
  private double gain(int coordinate, double damping) {
    double stiffness = coordinate < weights.length - 1 ? penalty : 0;
    double curvature = centre.curvature()[coordinate] + stiffness;
    return curvature / (curvature * curvature + damping * damping);
  }

  /**
   * The standard deviation that the noise of all gradients gives the weight of a word, to first
   * order: each gradient's is carried to the end by the same steps, and what it moved before bends
   * later gradients back, along the word itself alone, for words seldom depend on one another.
   *
   * @param word any coordinate but the bias
   * @param bend the mean second derivative of the loss by the score
   */
  double noiseDeviation(int word, double bend) {
    double back = centre.bendAlong(word, bend) + penalty;
    double mean = centre.means()[word] / CentredDescent.BIAS;
    double ofWeight = 1;
    double ofVelocity = 0;
    double variance = 0;
    for (int t = noises.size() - 1; t >= 0; t--) {
      double noise = noises.get(t);
      double passed = ofWeight + ofVelocity;
      double gained = passed * gain(word, noise / DEVIATIONS_TRUSTED);
      variance += gained * gained * noise * noise * (1 + mean * mean);
      ofWeight -= gained * back;
      ofVelocity = MOMENTUM * passed;
    }
    return StrictMath.sqrt(variance);
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
