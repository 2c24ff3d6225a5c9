package org.althing.cli;

/**
 * How far probabilities are from what came true: the mean over the rows of the distance between the
 * probability and the share that came true, in {@value #BINS} bins of probability (ECE).
 */
final class Calibration {
  static final int BINS = 10;

  private final long[] rows = new long[BINS];
  private final long[] cameTrue = new long[BINS];
  private final double[] probabilities = new double[BINS];

  /**
   * @param probability 0 to 1
   */
  void add(double probability, boolean isTrue) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    rows[bin]++;
    cameTrue[bin] += isTrue ? 1 : 0;
    probabilities[bin] += probability;
  }

  double error() {
    long all = 0;
    double apart = 0;
    for (int bin = 0; bin < BINS; bin++) {
      all += rows[bin];
      apart += Math.abs(probabilities[bin] - cameTrue[bin]);
    }
    return apart / all;
  }
}
