package org.althing.model.linear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;

/**
 * A linear model of a yes-or-no label over more coordinates than a matrix of second moments can pay
 * for, such as the words of texts.
 *
 * <p>Release 1 holds Σx and the number of records N; each later release holds the gradient Σr·x at
 * weights that follow from the releases before it. Steps are taken in coordinates centred at the
 * released means m, where the curvature is nearly diagonal: words seldom depend on one another, but
 * all depend on the bias. Centring and steps are post-processing. Nothing is tuned to a data set.
 *
 * <p>Bounds of one record with F fields: Σx adds a vector of squared norm at most F, and {@value
 * FeatureSpace#RECORD_STEPS}/256 for N; the gradient counts the bias for {@value #BIAS}, so that it
 * measures |r|·‖x‖ ≤ √(F + ¼) times the most slope, and half of √(F + ¼) at weights zero (as {@link
 * FixedHessian} has it).
 */
public final class CentredDescent extends RoundsOfGradients {
  private static final double BIAS = 0.5;
  private static final double MOMENTUM = 0.5;

  /** τ: a gradient coordinate is damped below so many standard deviations of its noise. */
  private static final double DEVIATIONS_TRUSTED = 0.5;

  /** What words that do depend on one another may add to the curvature of each. */
  private static final double MAJORISATION = 2;

  /** As the other: logistic regression with every record counting alike. */
  public CentredDescent(FeatureSpace features, Label label, Rho rho, int rounds) {
    this(features, label, rho, rounds, Objective.LOGISTIC);
  }

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value RoundsOfGradients#MOST_ROUNDS}
   */
  public CentredDescent(
      FeatureSpace features, Label label, Rho rho, int rounds, Objective objective) {
    super(features, label, rho, rounds, objective, Start.ZERO);
  }

  @Override
  public List<ReleaseTemplate> releases() {
    BlockDemand sums = new BlockDemand("sums", features.size(), meanBound(), rhoOfFirst());
    return Stream.of(
            Stream.of(
                release("means", sums),
                release("round 1", gradient(gradientBound(Objective.SLOPE_AT_ZERO)))),
            gradients(2, gradientBound(objective.mostSlope())))
        .flatMap(each -> each)
        .toList();
  }

  private Bound meanBound() {
    long steps = features.stepsPerUnit();
    return new Bound.Exact(
        Math.multiplyExact(features.columns().size(), steps * steps)
            + FeatureSpace.RECORD_STEPS * FeatureSpace.RECORD_STEPS,
        steps);
  }

  /**
   * @param slope the most that a record's slope is
   */
  private Bound gradientBound(double slope) {
    double most = StrictMath.sqrt(features.columns().size() + BIAS * BIAS);
    return new Bound.Rounded(slope * most, features.mostEntries());
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    if (index == 0) {
      return new MeansQuery(features.encoder(), label.reader(), FeatureSpace.RECORD_STEPS);
    }
    // The first gradient counts records alike, for it tells how large the classes are, and is the
    // logistic loss's, of which that of any other is a multiple.
    Objective asked = index == 1 ? Objective.LOGISTIC : objective;
    ClassFactors factors =
        index == 1 ? ClassFactors.EQUAL : factors(centre(before.get(0)), before.get(1));
    return new GradientQuery(
        features.encoder(), label.reader(), modelAfter(before).scorer(), asked, factors, BIAS);
  }

  /** By the bias, whose gradient at weights zero is N/2 − N₁. */
  private ClassFactors factors(Centre centre, Release first) {
    double half = centre.records() / 2;
    double apart = first.value(0, features.size() - 1) / BIAS;
    return ClassFactors.of(objective.weights(), half + apart, half - apart);
  }

  @Override
  public LinearModel conclude(List<Release> releases) {
    return modelAfter(releases);
  }

  /** Heavy-ball steps: v ← βv − D/(D² + k²)·g in centred coordinates, w ← w + v, k = σ/τ. */
  private LinearModel modelAfter(List<Release> releases) {
    Centre centre = centre(releases.get(0));
    int d = centre.means().length;
    double[] weights = new double[d + 1];
    double[] velocity = new double[d + 1];
    for (int t = 1; t < releases.size(); t++) {
      double[] gradient = gradient(centre, releases, t);
      double noise = noise(centre, releases, t);
      double alongBias = gradient[d] / BIAS;
      for (int i = 0; i <= d; i++) {
        double centred = i < d ? gradient[i] - centre.means()[i] * alongBias : alongBias;
        double damping = (i < d ? noise : noise / BIAS) / DEVIATIONS_TRUSTED;
        double penalty = i < d ? objective.penalty(centre.records()) : 0;
        double slope = penalty > 0 ? centred + penalty * weights[i] : centred;
        double curvature = centre.curvature()[i] + penalty;
        double step = curvature / (curvature * curvature + damping * damping) * slope;
        velocity[i] = MOMENTUM * velocity[i] - step;
        weights[i] += velocity[i];
      }
    }
    double bias = weights[d];
    for (int i = 0; i < d; i++) {
      bias -= weights[i] * centre.means()[i];
    }
    double[] uncentred = Arrays.copyOf(weights, d + 1);
    uncentred[d] = bias;
    return new LinearModel(features, label, uncentred);
  }

  /** The first gradient is read as if it had counted records by their factors. */
  private double[] gradient(Centre centre, List<Release> releases, int t) {
    double[] released = releases.get(t).values(0);
    if (t > 1) {
      return released;
    }
    double[] sums = releases.get(0).values(0);
    sums[sums.length - 1] = BIAS * centre.records();
    return objective.loss().ofFirst(factors(centre, releases.get(1)).ofFirst(released, sums));
  }

  private double noise(Centre centre, List<Release> releases, int t) {
    double released = releases.get(t).noiseDeviation(0);
    return t > 1
        ? released
        : objective.loss().slopeAtZero()
            * factors(centre, releases.get(1))
                .noiseOfFirst(released, releases.get(0).noiseDeviation(0));
  }

  /** N, the means Σx/N, and a bound of κΣx² of every coordinate, κN of the bias. */
  private static final class Centre {
    private final double records;
    private final double[] means;
    private final double[] curvature;

    Centre(double records, double[] means, double[] curvature) {
      this.records = records;
      this.means = means;
      this.curvature = curvature;
    }

    double records() {
      return records;
    }

    double[] means() {
      return means;
    }

    double[] curvature() {
      return curvature;
    }
  }

  private Centre centre(Release release) {
    double[] sums = release.values(0);
    double noise = release.noiseDeviation(0);
    int d = sums.length - 1;
    double records =
        Math.max(
            Objective.LEAST_RECORDS,
            sums[d] * features.stepsPerUnit() / (double) FeatureSpace.RECORD_STEPS);
    double most = objective.loss().mostCurvature();
    double[] means = new double[d];
    double[] curvature = new double[d + 1];
    int start = 0;
    for (Field field : features.fields()) {
      double mass = 0;
      for (int i = start; i < start + field.size(); i++) {
        mass += Math.max(0, sums[i]);
      }
      // All of a field's squares sum to at most N, so Σx² is Σx times N over the field's mass.
      double share = field.isSigned() ? 1 : Math.min(1, records / Math.max(1, mass));
      for (int i = start; i < start + field.size(); i++) {
        means[i] = (field.isSigned() ? sums[i] : Math.max(0, sums[i])) / records;
        double squares = field.isSigned() ? records : share * Math.max(0, sums[i]);
        curvature[i] = (MAJORISATION * squares + noise + 1) * most;
      }
      start += field.size();
    }
    curvature[d] = records * most;
    return new Centre(records, means, curvature);
  }
}
