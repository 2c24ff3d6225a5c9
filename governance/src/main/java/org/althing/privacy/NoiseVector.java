package org.althing.privacy;

import java.util.Arrays;

/** One node's noise share for one attempt at a release, drawn when it is paid for; used once. */
public final class NoiseVector {
  private final NoisePlan plan;
  private final long[] steps;
  private boolean used;

  /** Takes {@code steps} over. */
  NoiseVector(NoisePlan plan, long[] steps) {
    this.plan = plan;
    this.steps = steps;
  }

  /**
   * Draws every coordinate from {@code source}, which must be freshly keyed for this release and
   * attempt.
   */
  public static NoiseVector draw(NoisePlan plan, RandomWords source) {
    long[] steps = new long[plan.shape().length()];
    DiscreteGaussian sampler = new DiscreteGaussian(source);
    for (int b = 0; b < plan.sigmas().size(); b++) {
      long sigma = plan.sigmas().get(b);
      int end = plan.shape().offset(b + 1);
      for (int i = plan.shape().offset(b); i < end; i++) {
        steps[i] = sampler.sample(sigma);
      }
    }
    return new NoiseVector(plan, steps);
  }

  NoisePlan plan() {
    return plan;
  }

  /**
   * Moves the noise into {@code sum} (modulo 2⁶⁴, where a released total lives) and leaves zeros
   * behind.
   */
  long[] takeInto(long[] sum) {
    if (used) {
      throw new IllegalStateException(
          "noise is used once: a second sum under the same noise would cancel it");
    }
    used = true;
    for (int i = 0; i < steps.length; i++) {
      sum[i] += steps[i];
    }
    Arrays.fill(steps, 0);
    return sum;
  }

  @Override
  public String toString() {
    return "NoiseVector[" + steps.length + " coordinates]";
  }
}
