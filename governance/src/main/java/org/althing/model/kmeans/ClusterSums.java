package org.althing.model.kmeans;

import java.util.Arrays;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.release.Release;

/**
 * The noisy sums of one cluster's records, and what follows from them to first order in the noise,
 * on the scale of -1 to 1.
 */
final class ClusterSums {
  private static final double LEAST_DEVIATIONS = 2;

  private final Estimate size;

  /** Σ(x, x² − 1), number by number. */
  private final double[] sums;

  /** Standard deviation of the noise on each of those. */
  private final double noise;

  private ClusterSums(Estimate size, double[] sums, double noise) {
    this.size = size;
    this.sums = sums;
    this.noise = noise;
  }

  static ClusterSums of(Release release, int cluster, int columns) {
    int width = 2 * columns;
    return new ClusterSums(
        new Estimate(release.value(0, cluster), release.noiseDeviation(0)),
        Arrays.copyOfRange(release.values(1), cluster * width, (cluster + 1) * width),
        release.noiseDeviation(1));
  }

  Estimate size() {
    return size;
  }

  /** Whether the cluster is told from an empty one. */
  boolean isDistinct() {
    return size.standsAbove(LEAST_DEVIATIONS);
  }

  private double records() {
    return Math.max(1, size.value());
  }

  private double mean(int column) {
    return Math.max(-1, Math.min(1, sums[2 * column] / records()));
  }

  private double variance(int column) {
    double m = mean(column);
    return Math.max(0, 1 + sums[2 * column + 1] / records() - m * m);
  }

  Piece piece() {
    int d = sums.length / 2;
    double[] mean = new double[d];
    double[] variance = new double[d];
    for (int c = 0; c < d; c++) {
      mean[c] = mean(c);
      variance[c] = variance(c);
    }
    return new Piece(records(), mean, variance);
  }

  /** A coordinate of the centre; whatever the noise, it is known to lie in the range. */
  Measure centre(int column) {
    double m = mean(column);
    double ofNoise = StrictMath.sqrt(noise * noise + m * m * size.variance()) / records();
    double ofSampling = StrictMath.sqrt(variance(column) / records());
    return new Measure(m, Math.min(1, ofNoise), ofSampling);
  }

  /** Σ‖x − centre‖² = Σ(x² − 1) + n·d − ‖Σx‖²/n, not clipped. */
  Estimate within() {
    double value = 0;
    double slopes = 0;
    double ofSize = 0;
    for (int c = 0; c < sums.length / 2; c++) {
      double m = mean(c);
      value += sums[2 * c + 1] + size.value() * (1 - m * m);
      slopes += 1 + 4 * m * m;
      ofSize += 1 + m * m;
    }
    double variance = slopes * noise * noise + ofSize * ofSize * size.variance();
    return new Estimate(value, StrictMath.sqrt(variance));
  }
}
