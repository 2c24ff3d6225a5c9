package org.althing.model.linear;

import java.util.List;
import java.util.stream.Stream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;

/**
 * A linear model of a yes-or-no label by damped Newton steps under one fixed bound of the curvature
 * (privacy §5, "FH"): logistic regression or a linear support vector machine, by its loss.
 *
 * <p>Release 1 holds the second moments A = Σxxᵀ (its upper triangle) and the gradient at weights
 * zero, or the sums Σx of each class where rounds {@link Start} from tables; each later release
 * holds the gradient Σr·x at weights that follow from the releases before it, with r the slope of
 * the loss by a record's score. Every sum is over all records of all nodes: the result is that of
 * pooled training with the same noise. Nothing is tuned to a data set.
 *
 * <p>Records may count by factors of at most 1 for their class, which changes no bound; κA is then
 * above the curvature all the more.
 *
 * <p>Bounds of one record, with ‖x‖² ≤ R² and |x_i| ≤ 1: Σ_{i≤j}(x_i x_j)² = (‖x‖⁴ + Σx_i⁴)/2 ≤
 * R²(R² + 1)/2; the sums of the classes grow by x in one of them, at most R; the gradient measures
 * |r|·‖x‖, at most R times the most slope of the objective. At weights zero every record's slope is
 * the same public number but for its sign, so that the gradient of the logistic loss is released,
 * R/2, and read for any other loss as a multiple of it.
 */
public final class FixedHessian extends RoundsOfGradients {
  /** Beyond this the second moments are more numbers, and more noise, than they are worth. */
  public static final int MOST_COORDINATES = 512;

  private final FirstCurvature curvature;

  /** As the other: logistic regression with every record counting alike. */
  public FixedHessian(FeatureSpace features, Label label, Rho rho, int rounds) {
    this(features, label, rho, rounds, Objective.LOGISTIC);
  }

  /** As the other, starting at weights zero. */
  public FixedHessian(
      FeatureSpace features, Label label, Rho rho, int rounds, Objective objective) {
    this(features, label, rho, rounds, objective, Start.ZERO);
  }

  /**
   * @param rho what all releases together may cost
   * @param rounds releases, 1 to {@value Rounds#MOST_ROUNDS}
   * @param start at tables only for the logistic loss over features that all have cells, and for
   *     two rounds or more
   */
  public FixedHessian(
      FeatureSpace features, Label label, Rho rho, int rounds, Objective objective, Start start) {
    super(features, label, rho, rounds, objective, start);
    this.curvature = new FirstCurvature(features.size(), objective.loss().mostCurvature());
    if (start == Start.TABLES
        && (rounds < 2 || !features.isAllCells() || objective.loss() != Loss.LOGISTIC)) {
      throw new IllegalArgumentException(
          "rounds of logistic regression over columns with cells, two or more, start from tables");
    }
    requireMoments(features);
  }

  static void requireMoments(FeatureSpace features) {
    if (features.size() > MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "second moments are of at most %d coordinates, these features have %d: choose fewer columns or coarser bins"
              .formatted(MOST_COORDINATES, features.size()));
    }
  }

  /** Whether second moments of such records are worth their noise. */
  public static boolean takes(FeatureSpace features) {
    return !features.hasWords() && features.size() <= MOST_COORDINATES;
  }

  @Override
  public List<ReleaseTemplate> releases() {
    BlockDemand moments = moments(features, rhoOfFirst());
    BlockDemand beside =
        start == Start.ZERO
            ? gradient(firstGradientBound())
            : new BlockDemand("class by cell", 2 * features.size(), tablesBound(), rhoOfTables());
    return Stream.concat(
            Stream.of(release("round 1", moments, beside)), gradients(2, gradientBound()))
        .toList();
  }

  /** Products of whole steps are whole steps of 1 / stepsPerUnit²: exact. */
  static BlockDemand moments(FeatureSpace features, Rho rho) {
    int triangle = features.size() * (features.size() + 1) / 2;
    long square = Math.multiplyExact(features.stepsPerUnit(), features.stepsPerUnit());
    long r2 = features.l2Squared();
    long products = r2 * (r2 + 1) / 2;
    Bound bound =
        new Bound.Exact(Math.multiplyExact(products, Math.multiplyExact(square, square)), square);
    return new BlockDemand("second moments", triangle, bound, rho);
  }

  /** At weights zero p = ½ for everyone: ±x/2 is whole in steps of 1 / (2·stepsPerUnit). */
  private Bound firstGradientBound() {
    long steps = features.stepsPerUnit();
    return new Bound.Exact(features.l2Squared() * steps * steps, 2 * steps);
  }

  private Bound tablesBound() {
    long steps = features.stepsPerUnit();
    return new Bound.Exact(features.l2Squared() * steps * steps, steps);
  }

  private Bound gradientBound() {
    return new Bound.Rounded(objective.mostSlope() * mostGradient(), features.mostEntries());
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    if (index == 0) {
      return new FirstQuery(features.encoder(), label.reader(), features.size(), start);
    }
    LinearModel model = new LinearModel(features, label, descent(before).weights());
    return new GradientQuery(
        features.encoder(), label.reader(), model.scorer(), objective, factors(before.get(0)), 1);
  }

  Descent descent(List<Release> releases) {
    Release first = releases.get(0);
    return start == Start.ZERO
        ? new Descent(releases, curvature, objective, factors(first))
        : new Descent(
            releases, curvature, new TableStart(features, first), objective, factors(first));
  }

  /** By the bias, whose second moment is the number of records N and whose gradient is N/2 − N₁. */
  private ClassFactors factors(Release first) {
    if (start == Start.TABLES) {
      TableStart tables = new TableStart(features, first);
      return ClassFactors.of(objective.weights(), tables.negatives(), tables.positives());
    }
    double half = Descent.records(first, features.size()) / 2;
    double apart = first.value(1, features.size() - 1);
    return ClassFactors.of(objective.weights(), half + apart, half - apart);
  }

  /** The weights are centred: those of each field with cells are taken from their average. */
  @Override
  public LinearModel conclude(List<Release> releases) {
    double[] fitted = descent(releases).weights();
    return new LinearModel(features, label, moments(releases).centred(fitted));
  }

  /**
   * The weights of {@link #conclude} with their errors against the weights that the same rounds
   * would come to without noise over the whole population; not against those of endless training.
   *
   * @return none but for logistic regression whose records count alike
   */
  public List<Measure> weights(List<Release> releases) {
    if (!objective.tellsErrors()) {
      return List.of();
    }
    double momentNoise = releases.get(0).noiseDeviation(0);
    return new WeightErrors(descent(releases), moments(releases), momentNoise, objective)
        .measures();
  }

  private ConsistentMoments moments(List<Release> releases) {
    return new ConsistentMoments(features, releases.get(0));
  }
}
