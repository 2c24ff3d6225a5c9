package org.althing.privacy;

/**
 * One node's exact sum: bounded, not yet paid for. Nobody outside this package can read it, but for
 * {@link #openForItsOwner}.
 */
public final class LocalSum {
  private final NoisePlan plan;
  private final int length;
  private long[] steps;

  LocalSum(NoisePlan plan, long[] steps) {
    this.plan = plan;
    this.length = steps.length;
    this.steps = steps;
  }

  NoisePlan plan() {
    return plan;
  }

  /** Moves the vector out, once: one sum is paid for at most once. */
  long[] take() {
    long[] taken = steps;
    if (taken.length == 0) {
      throw new IllegalStateException("this sum was taken already");
    }
    steps = new long[0];
    return taken;
  }

  /**
   * The sum itself, in integer steps, which is then used up: for figures that the organisation
   * whose rows these are sees of them. It has no noise and must never leave the node; which one
   * class may ask for it is an architecture test.
   */
  public long[] openForItsOwner() {
    return take();
  }

  @Override
  public String toString() {
    return "LocalSum[" + length + " coordinates]";
  }
}
