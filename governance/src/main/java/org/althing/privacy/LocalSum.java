package org.althing.privacy;

/** One node's exact sum: bounded, not yet noised. Nobody outside this package can read it. */
public final class LocalSum {
  private final NoisePlan plan;
  private final int length;
  private long[] steps;

  LocalSum(NoisePlan plan, long[] steps) {
    this.plan = plan;
    this.length = steps.length;
    this.steps = steps;
  }

  /**
   * Moves this sum and the node's noise share, drawn before the data was read, into one; once,
   * because two noised copies of one sum would be two releases.
   */
  public NoisedSum plus(NoiseVector noise) {
    if (!plan.equals(noise.plan())) {
      throw new IllegalStateException("the noise was drawn for another plan");
    }
    if (steps.length == 0) {
      throw new IllegalStateException("a sum is noised once");
    }
    NoisedSum noised = new NoisedSum(plan, noise.takeInto(steps));
    steps = new long[0];
    return noised;
  }

  @Override
  public String toString() {
    return "LocalSum[" + length + " coordinates]";
  }
}
