package org.althing.model.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.release.Release;

/**
 * The way that the weights took through the releases, by heavy-ball steps: v ← βv − H(H² + k²)⁻¹g,
 * w ← w + v, with k = σ/τ and the penalty's gradient in g.
 */
final class Descent {
  static final double MOMENTUM = 0.5;

  /** τ: a gradient coordinate is damped below this many standard deviations of its noise. */
  static final double DEVIATIONS_TRUSTED = 3;

  private final Curvature curvature;
  private final Optional<TableStart> start;
  private final List<Step> steps = new ArrayList<>();
  private final double[] weights;
  private final double[] velocity;
  private final double penalty;

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
   * From weights zero.
   *
   * @param releases the first with second moments before its gradient
   * @param factors by which later gradients count records, and the first is to be read
   */
  Descent(List<Release> releases, FirstCurvature bound, Objective objective, ClassFactors factors) {
    this(releases, bound, new double[bound.dimension()], Optional.empty(), objective);
    Step first = first(releases.get(0), bound.dimension(), objective.loss(), factors);
    walk(List.of(first), releases);
  }

  /**
   * From tables.
   *
   * @param releases the first with second moments before the sums of each class
   * @param factors by which gradients count records
   */
  Descent(
      List<Release> releases,
      FirstCurvature bound,
      TableStart start,
      Objective objective,
      ClassFactors factors) {
    this(releases, bound, start.weights(factors), Optional.of(start), objective);
    walk(List.of(), releases);
  }

  private Descent(
      List<Release> releases,
      FirstCurvature bound,
      double[] weights,
      Optional<TableStart> start,
      Objective objective) {
    this.weights = weights;
    this.velocity = new double[weights.length];
    this.start = start;
    this.penalty = objective.penalty(records(releases.get(0), bound.dimension()));
    this.curvature = bound.of(releases.get(0), penalty);
  }

  private void walk(List<Step> before, List<Release> releases) {
    before.forEach(this::take);
    for (Release release : releases.subList(1, releases.size())) {
      take(new Step(weights.clone(), release.values(0), release.noiseDeviation(0)));
    }
  }

  private void take(Step taken) {
    steps.add(taken);
    double[] step = curvature.dampedStep(penalised(taken.gradient()), taken.damping());
    for (int i = 0; i < weights.length; i++) {
      velocity[i] = MOMENTUM * velocity[i] - step[i];
      weights[i] += velocity[i];
    }
  }

  /** N stands where the bias, which is 1, meets itself. */
  static double records(Release first, int dimension) {
    return first.value(0, dimension * (dimension + 1) / 2 - 1);
  }

  /** The released gradient and that of the penalty, which spares the bias. */
  private double[] penalised(double[] gradient) {
    double[] whole = gradient.clone();
    for (int i = 0; penalty > 0 && i < whole.length - 1; i++) {
      whole[i] += penalty * weights[i];
    }
    return whole;
  }

  /** The second moments hold Σx: the products with the bias, which is 1. */
  private static Step first(Release release, int dimension, Loss loss, ClassFactors factors) {
    double[] sums = new double[dimension];
    int last = -1;
    for (int i = 0; i < dimension; i++) {
      last += dimension - i;
      sums[i] = release.value(0, last);
    }
    return new Step(
        new double[dimension],
        loss.ofFirst(factors.ofFirst(release.values(1), sums)),
        loss.slopeAtZero()
            * factors.noiseOfFirst(release.noiseDeviation(1), release.noiseDeviation(0)));
  }

  Curvature curvature() {
    return curvature;
  }

  /** What it started from, but for weights zero. */
  Optional<TableStart> start() {
    return start;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Where it ended. */
  double[] weights() {
    return weights.clone();
  }
}
