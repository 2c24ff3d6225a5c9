package org.althing.model.linear;

import org.althing.model.features.LinearModel;

/**
 * What the weights of a linear model are to make small: the mean over the records of a loss, times
 * a factor by class, and l2/2 times the squared norm of the weights without the bias.
 *
 * <p>Where the slope of the loss would be steeper than {@code mostSlope} the loss goes on as a
 * straight line. A record that the model is sure and wrong about pulls at the weights no harder
 * than that, and all noise is smaller in proportion; the loss stays convex (Huber 1964).
 *
 * @param mostSlope {@value #SLOPE_AT_ZERO}, what every record has at weights zero, to 1
 * @param l2 0 to {@value #MOST_L2}; 0 leaves weights to the damping of noisy steps
 */
public record Objective(Loss loss, double mostSlope, double l2, ClassWeights weights) {
  public static final double MOST_L2 = 10;

  /** Of the logistic loss, for every record. */
  static final double SLOPE_AT_ZERO = 0.5;

  /** Fewer records than this are taken for so many. */
  static final double LEAST_RECORDS = 5;

  /** Logistic regression with every record counting alike. */
  public static final Objective LOGISTIC = logistic(ClassWeights.EQUAL);

  public Objective {
    if (!(mostSlope >= SLOPE_AT_ZERO && mostSlope <= 1)) {
      throw new IllegalArgumentException(
          "slopes are cut at %s to 1, got %s".formatted(SLOPE_AT_ZERO, mostSlope));
    }
    requireL2(l2);
  }

  public static void requireL2(double l2) {
    if (!(l2 >= 0 && l2 <= MOST_L2)) {
      throw new IllegalArgumentException(
          "the penalty l2 is 0 to %s, got %s".formatted(MOST_L2, l2));
    }
  }

  public static Objective logistic(ClassWeights weights) {
    return new Objective(Loss.LOGISTIC, 1, 0, weights);
  }

  /** A linear support vector machine. */
  public static Objective svm(double l2, ClassWeights weights) {
    return new Objective(Loss.HUBER_HINGE, 1, l2, weights);
  }

  /** The same with its slopes cut elsewhere. */
  public Objective withMostSlope(double most) {
    return new Objective(loss, most, l2, weights);
  }

  /** The slope of what one record adds, by its score. */
  double slope(double score, int outcome) {
    return Math.max(-mostSlope, Math.min(mostSlope, loss.residual(score, outcome)));
  }

  /**
   * Of logistic regression, the mean second derivative of what a record of this score adds, over
   * the outcomes by the odds that make the mean slope 0.
   */
  double bend(double score) {
    double p = LinearModel.probabilityOf(score);
    double ofNegative = p < mostSlope ? 1 - outcomeShare(p) : 0;
    double ofPositive = 1 - p < mostSlope ? outcomeShare(p) : 0;
    return p * (1 - p) * (ofNegative + ofPositive);
  }

  /** Of logistic regression, the variance of a record's slope, over the same outcomes. */
  double spread(double score) {
    double p = LinearModel.probabilityOf(score);
    double up = Math.min(mostSlope, p);
    double down = Math.min(mostSlope, 1 - p);
    double share = outcomeShare(p);
    return (1 - share) * up * up + share * down * down;
  }

  /** The share of positive records among those of score probability p: p where no slope is cut. */
  private double outcomeShare(double p) {
    double up = Math.min(mostSlope, p);
    return up / (up + Math.min(mostSlope, 1 - p));
  }

  /** What the penalty adds to the second derivative of the sum over {@code records}, noisy. */
  double penalty(double records) {
    return l2 * Math.max(LEAST_RECORDS, records);
  }

  /** Whether releases tell how far weights may be off: the errors are worked out for this alone. */
  boolean tellsErrors() {
    return loss == Loss.LOGISTIC && l2 == 0 && weights.equals(ClassWeights.EQUAL);
  }
}
