package org.althing.privacy;

/** One node's exact sum: bounded, not yet noised. Nobody outside this package can read it. */
public final class LocalSum {
  private final NoisePlan plan;
  private final long[] steps;

  LocalSum(NoisePlan plan, long[] steps) {
    this.plan = plan;
    this.steps = steps;
  }

  /** Adds this node's noise share, drawn before the data was read, and wipes both. */
  public NoisedSum plus(NoiseVector noise) {
    if (!plan.equals(noise.plan())) {
      throw new IllegalStateException("the noise was drawn for another plan");
    }
    return new NoisedSum(plan, noise.takeInto(steps));
  }

  @Override
  public String toString() {
    return "LocalSum[" + steps.length + " coordinates]";
  }
}
