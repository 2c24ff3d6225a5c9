package org.althing.release;

/**
 * A decoded noisy total: public from here on, whatever is computed from it is free.
 *
 * <p>Immutable; {@code total} is in integer steps, {@link #value} in units of value.
 */
public final class Release {
  private final ReleaseSpec spec;
  private final long[] total;
  private final int survivors;

  /**
   * @param total one signed number of steps per coordinate of the spec's shape
   * @param survivors how many nodes are in the sum, each with its own noise share
   */
  public Release(ReleaseSpec spec, long[] total, int survivors) {
    if (total.length != spec.noise().shape().length()) {
      throw new IllegalArgumentException(
          "release %s has %d coordinates, got %d"
              .formatted(spec.name(), spec.noise().shape().length(), total.length));
    }
    this.spec = spec;
    this.total = total.clone();
    this.survivors = survivors;
  }

  public ReleaseSpec spec() {
    return spec;
  }

  public int survivors() {
    return survivors;
  }

  public long[] total() {
    return total.clone();
  }

  /** Coordinate {@code index} of block {@code block}, in units of value. */
  public double value(int block, int index) {
    var shape = spec.noise().shape();
    return (double) total[shape.offset(block) + index] / shape.blocks().get(block).scale();
  }

  /** Block {@code block} in units of value. */
  public double[] values(int block) {
    var shape = spec.noise().shape();
    double[] values = new double[shape.blocks().get(block).length()];
    int offset = shape.offset(block);
    double scale = shape.blocks().get(block).scale();
    for (int i = 0; i < values.length; i++) {
      values[i] = total[offset + i] / scale;
    }
    return values;
  }

  /**
   * The standard deviation of the noise on each coordinate of a block, in units of value: public
   * knowledge.
   */
  public double noiseDeviation(int block) {
    double steps = StrictMath.sqrt((double) survivors) * spec.noise().sigmas().get(block);
    return steps / spec.noise().shape().blocks().get(block).scale();
  }
}
