package org.althing.model.naivebayes;

import java.util.Arrays;

/**
 * The nearest point whose coordinates are not negative and sum to a given total (Held, Wolfe,
 * Crowder 1974).
 */
final class SimplexProjection {
  private SimplexProjection() {}

  /**
   * @param total not negative
   */
  static double[] of(double[] point, double total) {
    if (isInside(point, total)) {
      return point.clone();
    }
    double threshold = threshold(point, total);
    double[] projected = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      projected[i] = Math.max(0, point[i] - threshold);
    }
    return projected;
  }

  /** Exact counts stay exact. */
  private static boolean isInside(double[] point, double total) {
    double sum = 0;
    for (double coordinate : point) {
      if (coordinate < 0) {
        return false;
      }
      sum += coordinate;
    }
    return sum == total;
  }

  /** The amount to take from every coordinate so that the positive parts sum to the total. */
  private static double threshold(double[] point, double total) {
    double[] ascending = point.clone();
    Arrays.sort(ascending);
    double sum = 0;
    double threshold = Double.NEGATIVE_INFINITY;
    for (int kept = 1; kept <= ascending.length; kept++) {
      double next = ascending[ascending.length - kept];
      sum += next;
      double candidate = (sum - total) / kept;
      if (kept > 1 && next <= candidate) {
        break;
      }
      threshold = candidate;
    }
    return threshold;
  }
}
