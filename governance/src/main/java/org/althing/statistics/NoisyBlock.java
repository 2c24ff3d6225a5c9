package org.althing.statistics;

import org.althing.release.Estimate;

/** One block of a release in units of value. */
final class NoisyBlock {
  private final double[] values;
  private final double deviation;

  /**
   * @param values taken over from the caller, who no longer writes to them
   * @param deviation of the independent noise on each
   */
  NoisyBlock(double[] values, double deviation) {
    this.values = values;
    this.deviation = deviation;
  }

  /** Not to be written to. */
  double[] values() {
    return values;
  }

  double deviation() {
    return deviation;
  }

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
