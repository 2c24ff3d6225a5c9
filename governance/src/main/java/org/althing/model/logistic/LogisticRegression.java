package org.althing.model.logistic;

import java.util.ArrayList;
import java.util.List;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;

/**
 * Binary logistic regression by damped Newton steps under one fixed bound of the curvature (privacy
 * §5, "FH").
 *
 * <p>Release 1 holds the second moments A = Σxxᵀ (its upper triangle) and the gradient at weights
 * zero; each later release holds the gradient Σ(p − y)x at weights that follow from the releases
 * before it. Every sum is over all records of all nodes: the result is that of pooled training with
 * the same noise. Nothing is tuned to a data set.
 *
 * <p>Records may count by factors of at most 1 for their class, which changes no bound; ¼A is then
 * above the curvature all the more.
 *
 * <p>Bounds of one record, with ‖x‖² ≤ R² and |x_i| ≤ 1: Σ_{i≤j}(x_i x_j)² = (‖x‖⁴ + Σx_i⁴)/2 ≤
 * R²(R² + 1)/2; the gradient measures |p − y|·‖x‖, which is R/2 at weights zero and at most R
 * later.
 */
public final class LogisticRegression implements Procedure<LinearModel> {
  public static final int DEFAULT_ROUNDS = 6;
  public static final int MOST_ROUNDS = 10;

  /** Beyond this the second moments are more numbers, and more noise, than they are worth. */
  public static final int MOST_COORDINATES = 512;

  /** f: the part of ρ that the second moments get, in tenths. */
  private static final long MOMENT_TENTHS = 1;

  private final FeatureSpace features;
  private final Label label;
  private final Rho rho;
  private final int rounds;
  private final ClassWeights weights;

  /** As the other, with every record counting alike. */
  public LogisticRegression(FeatureSpace features, Label label, Rho rho, int rounds) {
    this(features, label, rho, rounds, ClassWeights.EQUAL);
  }

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value #MOST_ROUNDS}
   */
  public LogisticRegression(
      FeatureSpace features, Label label, Rho rho, int rounds, ClassWeights weights) {
    LinearModel.requireApart(features, label);
    requireRounds(rounds);
    if (features.size() > MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "logistic regression takes at most %d coordinates, these features have %d: choose fewer columns or coarser bins"
              .formatted(MOST_COORDINATES, features.size()));
    }
    this.features = features;
    this.label = label;
    this.rho = rho;
    this.rounds = rounds;
    this.weights = weights;
  }

  static void requireRounds(int rounds) {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "logistic regression takes 1 to %d rounds, got %d".formatted(MOST_ROUNDS, rounds));
    }
  }

  @Override
  public List<ReleaseTemplate> releases() {
    long momentPico = rho.pico() / 10 * MOMENT_TENTHS;
    Rho moment = new Rho(momentPico);
    Rho gradient = new Rho((rho.pico() - momentPico) / rounds);
    int d = features.size();
    List<ReleaseTemplate> releases = new ArrayList<>();
    releases.add(
        new ReleaseTemplate(
            "logistic round 1",
            Partition.TRAIN,
            List.of(
                new BlockDemand("second moments", d * (d + 1) / 2, momentBound(), moment),
                new BlockDemand("gradient", d, firstGradientBound(), gradient))));
    for (int round = 2; round <= rounds; round++) {
      releases.add(
          new ReleaseTemplate(
              "logistic round " + round,
              Partition.TRAIN,
              List.of(new BlockDemand("gradient", d, gradientBound(), gradient))));
    }
    return releases;
  }

  /** Products of whole steps are whole steps of 1 / stepsPerUnit²: exact. */
  private Bound momentBound() {
    long square = Math.multiplyExact(features.stepsPerUnit(), features.stepsPerUnit());
    long r2 = features.l2Squared();
    long products = r2 * (r2 + 1) / 2;
    return new Bound.Exact(
        Math.multiplyExact(products, Math.multiplyExact(square, square)), square);
  }

  /** At weights zero p = ½ for everyone: ±x/2 is whole in steps of 1 / (2·stepsPerUnit). */
  private Bound firstGradientBound() {
    long steps = features.stepsPerUnit();
    return new Bound.Exact(features.l2Squared() * steps * steps, 2 * steps);
  }

  private Bound gradientBound() {
    return new Bound.Rounded(
        StrictMath.sqrt((double) features.l2Squared()), features.mostEntries());
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    if (index == 0) {
      return new FirstQuery(features.encoder(), label.reader(), features.size());
    }
    LinearModel model = new LinearModel(features, label, descent(before).weights());
    return new GradientQuery(
        features.encoder(), label.reader(), model.scorer(), factors(before.get(0)), 1);
  }

  private Descent descent(List<Release> releases) {
    return new Descent(releases, features.size(), factors(releases.get(0)));
  }

  /** By the bias, whose second moment is the number of records N and whose gradient is N/2 − N₁. */
  private ClassFactors factors(Release first) {
    int d = features.size();
    double half = first.value(0, d * (d + 1) / 2 - 1) / 2;
    double apart = first.value(1, d - 1);
    return ClassFactors.of(weights, half + apart, half - apart);
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
   * @return none where records do not count alike, whose sampling error the releases do not tell
   */
  public List<Measure> weights(List<Release> releases) {
    if (!weights.equals(ClassWeights.EQUAL)) {
      return List.of();
    }
    double momentNoise = releases.get(0).noiseDeviation(0);
    return new WeightErrors(descent(releases), moments(releases), momentNoise).measures();
  }

  private ConsistentMoments moments(List<Release> releases) {
    return new ConsistentMoments(features, releases.get(0));
  }

  /** How far {@code records} training records would stand above the noise. */
  public FeasibilityIndex feasibility(long records) {
    return FeasibilityIndex.of(
        records, rho, StrictMath.sqrt((double) features.l2Squared()), features.size());
  }
}
