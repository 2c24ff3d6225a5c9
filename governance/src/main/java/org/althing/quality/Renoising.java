package org.althing.quality;

import java.nio.ByteBuffer;
import org.althing.encoding.CanonicalWriter;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Standard normal deviates that anybody draws again from the same released numbers, to see how far
 * their noise moves a statistic. They hide nothing: what they are added to is public.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014, Fig. 17), seeded by a digest of the numbers.
 */
final class Renoising {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  Renoising(double[] counts, double[] reference, double noiseDeviation) {
    CanonicalWriter seed = new CanonicalWriter("re-noising/v1");
    seed.putDouble(noiseDeviation).putInt(counts.length);
    for (int k = 0; k < counts.length; k++) {
      seed.putDouble(counts[k]).putDouble(reference[k]);
    }
    state = ByteBuffer.wrap(seed.digest().bytes()).getLong();
  }

  double next() {
    state += GAMMA;
    long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    return NORMAL.inverseCumulativeProbability(((z >>> 11) + 0.5) * 0x1p-53);
  }
}
