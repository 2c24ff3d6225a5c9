package org.althing.statistics;

import org.althing.release.Estimate;

/**
 * One block of a release in units of value.
 *
 * @param values taken over from the caller, who no longer writes to them
 * @param deviation of the independent noise on each
 */
record NoisyBlock(double[] values, double deviation) {
  Estimate estimate(int index) {
    return new Estimate(values[index], deviation);
  }

  double variance() {
    return deviation * deviation;
  }

  /** The sum of the values {@code from} to before {@code to}. */
  Estimate sum(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return new Estimate(sum, deviation * StrictMath.sqrt((double) (to - from)));
  }
}
