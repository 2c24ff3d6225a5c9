package org.althing.privacy;

import java.util.SplittableRandom;

/** Test fixture: what production code hides, a node's sums in the clear. */
public final class OpenedSums {
  private OpenedSums() {}

  /** The exact sum, without noise. */
  public static long[] exact(ContributionSum sum) {
    NoisePlan plan = sum.plan();
    long seed = 1;
    long[] noised = sum.finish().plus(NoiseVector.draw(plan, words(seed))).take();
    long[] noise =
        new ContributionSum(plan).finish().plus(NoiseVector.draw(plan, words(seed))).take();
    long[] exact = new long[noised.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = noised[i] - noise[i];
    }
    return exact;
  }

  /** The sum with a noise share drawn from seeded words. */
  public static long[] noised(ContributionSum sum, RandomWords words) {
    NoisePlan plan = sum.plan();
    return sum.finish().plus(NoiseVector.draw(plan, words)).take();
  }

  /** What a node hands over: noise included, not yet paid for. */
  public static long[] of(NoisedSum sum) {
    return sum.take();
  }

  /** Seeded randomness, for tests only. */
  public static RandomWords words(long seed) {
    return new SplittableRandom(seed)::nextLong;
  }
}
