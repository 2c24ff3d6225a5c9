package org.althing.release;

/**
 * One figure that speaks of more than the records in the sum, with its two errors kept apart: the
 * noise is ours, the sampling error would remain without it.
 *
 * @param value not clipped: noise may carry a rate slightly beyond 0 or 1
 * @param noiseDeviation standard deviation from the privacy noise
 * @param samplingDeviation standard deviation over samples of this size
 */
public record Measure(double value, double noiseDeviation, double samplingDeviation) {
  public Measure {
    if (!Double.isFinite(value)
        || !(noiseDeviation >= 0 && samplingDeviation >= 0)
        || !Double.isFinite(noiseDeviation + samplingDeviation)) {
      throw new IllegalArgumentException("a measure and its deviations are finite");
    }
  }

  /**
   * The same in another unit.
   *
   * @param factor positive
   */
  public Measure times(double factor) {
    return new Measure(factor * value, factor * noiseDeviation, factor * samplingDeviation);
  }

  /** Both errors together. */
  public double totalDeviation() {
    return StrictMath.sqrt(noiseDeviation * noiseDeviation + samplingDeviation * samplingDeviation);
  }
}
