package org.althing.privacy;

/**
 * A local sum with its noise share in it, not yet paid for. Nobody outside this package can read
 * it.
 */
public final class NoisedSum {
  private final NoisePlan plan;
  private final int length;
  private long[] steps;

  NoisedSum(NoisePlan plan, long[] steps) {
    this.plan = plan;
    this.length = steps.length;
    this.steps = steps;
  }

  NoisePlan plan() {
    return plan;
  }

  /** Moves the vector out, once: one noised sum is paid for and sent at most once. */
  long[] take() {
    long[] taken = steps;
    if (taken.length == 0) {
      throw new IllegalStateException("a noised sum is charged once");
    }
    steps = new long[0];
    return taken;
  }

  @Override
  public String toString() {
    return "NoisedSum[" + length + " coordinates]";
  }
}
