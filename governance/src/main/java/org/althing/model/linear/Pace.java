package org.althing.model.linear;

import java.util.OptionalLong;
import java.util.Set;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.privacy.Rho;

/**
 * How a linear model is learnt, by public numbers alone: how far the records stand above the noise,
 * as {@link FeasibilityIndex} S measures it (ADR 18). The same for every data set.
 *
 * <p>More rounds come nearer to the end and split ρ among more gradients. Over tables steps are
 * held back by the noise on the second moments, so that many rounds pay; where S is small the first
 * gradient, half as noisy as the others for the same ρ, tells most of what can be told. Over texts
 * the curvature is nearly diagonal and few rounds do.
 *
 * <p>Where S is large enough for the counts of single cells to tell something, logistic regression
 * over cells starts from the sums of each class.
 *
 * @param rounds gradients to release; from tables one less
 * @param mostSlope where the slopes of the logistic loss are cut; 1 for nowhere
 */
public record Pace(int rounds, double mostSlope, Start start) {
  /** Beyond this S the noise is so small that the loss is left whole. */
  private static final double WHOLE = 300;

  private static final double CUT = 0.6;

  /** From this S on rounds start from tables. */
  private static final double TABLES = 16;

  /** Below this S of their cells numbers are read by their values (ADR 26). */
  private static final double CELLS = 10;

  private static final int FEW_ROUNDS = 6;

  /** Where nobody declared how many records there are: what suits most. */
  private static final double UNKNOWN = 10;

  /**
   * The pace of a training.
   *
   * @param rho what it may cost
   * @param records to learn from, as declared in public
   */
  public static Pace of(FeatureSpace features, Rho rho, OptionalLong records) {
    double s = signal(features, 2, rho, records);
    if (!FixedHessian.takes(features)) {
      return new Pace(FEW_ROUNDS, cut(s), Start.ZERO);
    }
    boolean tables = s >= TABLES && features.isAllCells();
    return new Pace(overTables(s), cut(s), tables ? Start.TABLES : Start.ZERO);
  }

  /**
   * The features as a linear model reads them: numbers by their bins, or where records do not stand
   * far enough above the noise to tell a weight for each bin, by their values, with one weight
   * each.
   *
   * @param cells all by their bins
   * @param classes 2, or as many as a model of several classes tells apart
   * @param kept columns that stay as they are
   */
  public static FeatureSpace read(
      FeatureSpace cells, int classes, Rho rho, OptionalLong records, Set<String> kept) {
    return signal(cells, classes, rho, records) >= CELLS || !FixedHessian.takes(cells)
        ? cells
        : cells.withValues(cells.binned(kept));
  }

  /** S of gradients, which of several classes are larger and longer. */
  private static double signal(FeatureSpace features, int classes, Rho rho, OptionalLong records) {
    if (records.isEmpty()) {
      return UNKNOWN;
    }
    long l2Squared = classes == 2 ? features.l2Squared() : 2L * features.l2Squared();
    int size = classes == 2 ? features.size() : classes * features.size();
    double most = StrictMath.sqrt((double) l2Squared);
    return FeasibilityIndex.of(records.getAsLong(), rho, most, size).value();
  }

  /**
   * How many rounds a model of {@code classes} classes takes: the same rules, by the signal of its
   * larger and longer gradients.
   */
  public static int roundsOfClasses(
      FeatureSpace features, int classes, Rho rho, OptionalLong records) {
    if (!FixedHessian.takes(features)) {
      return FEW_ROUNDS;
    }
    return overTables(signal(features, classes, rho, records));
  }

  private static int overTables(double s) {
    if (s < 1) {
      return 3;
    }
    return s < 3 ? FEW_ROUNDS : RoundsOfGradients.MOST_ROUNDS;
  }

  /** At S below 1 what every record has at weights zero: no later gradient is noisier. */
  private static double cut(double s) {
    if (s < 1) {
      return Objective.SLOPE_AT_ZERO;
    }
    return s < WHOLE ? CUT : 1;
  }

  /** The same with as many rounds as a study asks for. */
  public Pace withRounds(int asked) {
    return new Pace(asked, mostSlope, asked > 1 ? start : Start.ZERO);
  }

  /** Where the rounds of {@code objective} start: tables tell the log-odds, no margins. */
  public Start startOf(Objective objective) {
    return objective.loss() == Loss.LOGISTIC ? start : Start.ZERO;
  }

  /** {@code objective} at this pace: a hinge has no slopes that are worth cutting. */
  public Objective of(Objective objective) {
    return objective.loss() == Loss.LOGISTIC ? objective.withMostSlope(mostSlope) : objective;
  }
}
