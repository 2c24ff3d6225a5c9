package org.althing.statistics;

import java.util.Arrays;

/**
 * The rows of a noisy table, or its columns: those that do not stand above their noise are one, and
 * are left out where they do not together.
 */
final class TableSide {
  private static final double LEAST_DEVIATIONS = 4;

  /** Below so many records a residual is not near normal. */
  private static final double LEAST_RECORDS = 5;

  /** By the table's row, the row here; -1 where it is left out. */
  private final int[] places;

  /** How many of the table's rows each row here is. */
  private final int[] merged;

  private TableSide(int[] places, int size) {
    this.places = places;
    this.merged = new int[size];
    for (int place : places) {
      if (place >= 0) {
        merged[place]++;
      }
    }
  }

  /**
   * @param noise standard deviation of the noise on each count
   */
  static TableSide ofRows(double[][] counts, double noise) {
    double[] sums = Arrays.stream(counts).mapToDouble(r -> Arrays.stream(r).sum()).toArray();
    double deviation = noise * StrictMath.sqrt((double) counts[0].length);
    int[] places = new int[sums.length];
    int size = 0;
    int small = 0;
    double rest = 0;
    for (int r = 0; r < sums.length; r++) {
      boolean stands = sums[r] >= least(deviation);
      places[r] = stands ? size++ : -1;
      small += stands ? 0 : 1;
      rest += stands ? 0 : sums[r];
    }
    if (small > 0 && rest >= least(deviation * StrictMath.sqrt((double) small))) {
      for (int r = 0; r < sums.length; r++) {
        places[r] = places[r] < 0 ? size : places[r];
      }
      size++;
    }
    return new TableSide(places, size);
  }

  private static double least(double deviation) {
    return Math.max(LEAST_RECORDS, LEAST_DEVIATIONS * deviation);
  }

  int size() {
    return merged.length;
  }

  /** The table with its rows so. */
  double[][] merged(double[][] counts) {
    double[][] table = new double[size()][counts[0].length];
    for (int r = 0; r < counts.length; r++) {
      for (int c = 0; c < counts[r].length && places[r] >= 0; c++) {
        table[places[r]][c] += counts[r][c];
      }
    }
    return table;
  }

  /**
   * The covariance of the noise on whitened residuals, in units of σ²/N.
   *
   * @param shares of the records in each row
   */
  double[][] noise(double[] shares) {
    int all = Arrays.stream(merged).sum();
    double[][] covariance = new double[size()][size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        double own = i == j ? merged[i] : 0;
        double moved =
            own - shares[i] * merged[j] - merged[i] * shares[j] + shares[i] * shares[j] * all;
        covariance[i][j] = moved / StrictMath.sqrt(shares[i] * shares[j]);
      }
    }
    return covariance;
  }
}
