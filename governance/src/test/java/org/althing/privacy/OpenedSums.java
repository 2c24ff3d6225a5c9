package org.althing.privacy;

import java.util.SplittableRandom;

/** Test fixture: what production code hides, a node's sums in the clear. */
public final class OpenedSums {
  private OpenedSums() {}

  /** The exact sum, without noise. */
  public static long[] exact(ContributionSum sum) {
    return exact(sum.finish());
  }

  /** What a node hands over to be paid for. */
  public static long[] exact(LocalSum sum) {
    return sum.take();
  }

  /** The sum with a noise share drawn from seeded words. */
  public static long[] noised(ContributionSum sum, RandomWords words) {
    return NoiseVector.draw(sum.plan(), words).takeInto(exact(sum));
  }

  /** A noise share by itself. */
  public static long[] noise(NoisePlan plan, RandomWords words) {
    return NoiseVector.draw(plan, words).takeInto(new long[plan.shape().length()]);
  }

  /** Seeded randomness, for tests only. */
  public static RandomWords words(long seed) {
    return new SplittableRandom(seed)::nextLong;
  }
}
