package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
import org.althing.release.Release;

/** N, the means Σx/N, and a bound of κΣx² of every coordinate, κN of the bias, as released. */
final class Centre {
  /** What words that do depend on one another may add to the curvature of each. */
  private static final double MAJORISATION = 2;

  private final double records;
  private final double[] means;

  /** Σx² of every coordinate. */
  private final double[] squares;

  private final double[] curvature;

  private Centre(double records, double[] means, double[] squares, double[] curvature) {
    this.records = records;
    this.means = means;
    this.squares = squares;
    this.curvature = curvature;
  }

  /**
   * @param release Σx, and N where the bias stands
   * @param most κ
   */
  static Centre of(FeatureSpace features, Release release, double most) {
    double[] sums = release.values(0);
    double noise = release.noiseDeviation(0);
    int d = sums.length - 1;
    double records =
        Math.max(
            Objective.LEAST_RECORDS,
            sums[d] * features.stepsPerUnit() / (double) FeatureSpace.RECORD_STEPS);
    double[] means = new double[d];
    double[] squares = new double[d + 1];
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
        squares[i] = field.isSigned() ? records : share * Math.max(0, sums[i]);
        curvature[i] = (MAJORISATION * squares[i] + noise + 1) * most;
      }
      start += field.size();
    }
    squares[d] = records;
    curvature[d] = records * most;
    return new Centre(records, means, squares, curvature);
  }

  double records() {
    return records;
  }

  /** Not to be changed. */
  double[] means() {
    return means;
  }

  /** An estimate of how much Σf(s)x² bends the loss where f is {@code bend} on average. */
  double bendAlong(int coordinate, double bend) {
    return bend * squares[coordinate];
  }

  /** Not to be changed. */
  double[] curvature() {
    return curvature;
  }
}
