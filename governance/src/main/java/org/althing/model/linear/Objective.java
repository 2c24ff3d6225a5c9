package org.althing.model.linear;

/**
 * What the weights of a linear model are to make small: the mean over the records of a loss, times
 * a factor by class, and l2/2 times the squared norm of the weights without the bias.
 *
 * @param l2 0 to {@value #MOST_L2}; 0 leaves weights to the damping of noisy steps
 */
public record Objective(Loss loss, double l2, ClassWeights weights) {
  public static final double MOST_L2 = 10;

  /** Fewer records than this are taken for so many. */
  static final double LEAST_RECORDS = 5;

  /** Logistic regression with every record counting alike. */
  public static final Objective LOGISTIC = logistic(ClassWeights.EQUAL);

  public Objective {
    requireL2(l2);
  }

  public static void requireL2(double l2) {
    if (!(l2 >= 0 && l2 <= MOST_L2)) {
      throw new IllegalArgumentException(
          "the penalty l2 is 0 to %s, got %s".formatted(MOST_L2, l2));
    }
  }

  public static Objective logistic(ClassWeights weights) {
    return new Objective(Loss.LOGISTIC, 0, weights);
  }

  /** A linear support vector machine. */
  public static Objective svm(double l2, ClassWeights weights) {
    return new Objective(Loss.HUBER_HINGE, l2, weights);
  }

  /** What the penalty adds to the second derivative of the sum over {@code records}, noisy. */
  double penalty(double records) {
    return l2 * Math.max(LEAST_RECORDS, records);
  }

  /** Whether releases tell how far weights may be off: the errors are worked out for this alone. */
  boolean tellsErrors() {
    return equals(LOGISTIC);
  }
}
