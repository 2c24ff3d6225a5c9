package org.althing.privacy;

/**
 * A local sum with its noise share in it, not yet paid for. Nobody outside this package can read
 * it.
 */
public final class NoisedSum {
  private final NoisePlan plan;
  private final long[] steps;

  NoisedSum(NoisePlan plan, long[] steps) {
    this.plan = plan;
    this.steps = steps;
  }

  NoisePlan plan() {
    return plan;
  }

  long[] steps() {
    return steps;
  }

  @Override
  public String toString() {
    return "NoisedSum[" + steps.length + " coordinates]";
  }
}
