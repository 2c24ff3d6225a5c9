package org.althing.release;

import java.nio.ByteBuffer;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.table.SplitMix64;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Standard normal deviates that anybody draws again from the same released numbers, to see how far
 * their noise moves a statistic. They hide nothing: what they are added to is public.
 *
 * <p>{@link SplitMix64}, seeded by a digest of the numbers.
 */
public final class Renoising {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private long state;

  /**
   * @param seed digest of the released numbers
   */
  public Renoising(Digest seed) {
    state = ByteBuffer.wrap(seed.bytes()).getLong();
  }

  /**
   * @param reference as many numbers as {@code counts}, which these are compared with
   */
  public Renoising(double[] counts, double[] reference, double noiseDeviation) {
    this(digest(counts, reference, noiseDeviation));
  }

  private static Digest digest(double[] counts, double[] reference, double noiseDeviation) {
    CanonicalWriter seed = new CanonicalWriter("re-noising/v1");
    seed.putDouble(noiseDeviation).putInt(counts.length);
    for (int k = 0; k < counts.length; k++) {
      seed.putDouble(counts[k]).putDouble(reference[k]);
    }
    return seed.digest();
  }

  public double next() {
    state += SplitMix64.GAMMA;
    long z = SplitMix64.mixed(state);
    return NORMAL.inverseCumulativeProbability(((z >>> 11) + 0.5) * 0x1p-53);
  }
}
