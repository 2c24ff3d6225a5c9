package org.althing.model.linear;

import java.util.List;
import java.util.stream.Stream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.WordWeights;
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
  static final double BIAS = 0.5;

  /** As the other: logistic regression with every record counting alike. */
  public CentredDescent(FeatureSpace features, Label label, Rho rho, int rounds) {
    this(features, label, rho, rounds, Objective.LOGISTIC);
  }

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value Rounds#MOST_ROUNDS}
   */
  public CentredDescent(
      FeatureSpace features, Label label, Rho rho, int rounds, Objective objective) {
    super(features, label, rho, rounds, objective, Start.ZERO);
  }

  @Override
  public List<ReleaseTemplate> releases() {
    return Stream.of(
            Stream.of(
                release("means", sums(features, rhoOfFirst())),
                release("round 1", gradient(gradientBound(Objective.SLOPE_AT_ZERO)))),
            gradients(2, gradientBound(objective.mostSlope())))
        .flatMap(each -> each)
        .toList();
  }

  /** Σx and N. */
  static BlockDemand sums(FeatureSpace features, Rho rho) {
    long steps = features.stepsPerUnit();
    Bound bound =
        new Bound.Exact(
            Math.multiplyExact(features.fieldCount(), steps * steps)
                + FeatureSpace.RECORD_STEPS * FeatureSpace.RECORD_STEPS,
            steps);
    return new BlockDemand("sums", features.size(), bound, rho);
  }

  /**
   * @param slope the most that a record's slope is
   */
  private Bound gradientBound(double slope) {
    return new Bound.Rounded(slope * mostNorm(features), features.mostEntries());
  }

  /** ‖x‖ where the bias counts for {@value #BIAS}. */
  static double mostNorm(FeatureSpace features) {
    return StrictMath.sqrt(features.fieldCount() + BIAS * BIAS);
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

  /** Of the declared words; against what the same steps would come to without noise. */
  @Override
  public WordWeights words(List<Release> releases) {
    CentredSteps steps = stepsAfter(releases);
    return words(List.of(steps), objective.loss().mostCurvature());
  }

  private LinearModel modelAfter(List<Release> releases) {
    return new LinearModel(features, label, stepsAfter(releases).weights());
  }

  private CentredSteps stepsAfter(List<Release> releases) {
    Centre centre = centre(releases.get(0));
    CentredSteps steps = new CentredSteps(centre, objective.penalty(centre.records()));
    for (int t = 1; t < releases.size(); t++) {
      steps.take(gradient(centre, releases, t), noise(centre, releases, t));
    }
    return steps;
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

  private Centre centre(Release release) {
    return Centre.of(features, release, objective.loss().mostCurvature());
  }
}
