package org.althing.privacy;

/**
 * One node's exact sum: bounded, not yet noised. Nobody outside this package can read it, but for
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

  /**
   * The sum itself, in integer steps, which is then used up: for figures that the organisation
   * whose rows these are sees of them. It has no noise and must never leave the node; which one
   * class may ask for it is an architecture test.
   */
  public long[] openForItsOwner() {
    if (steps.length == 0) {
      throw new IllegalStateException("this sum was taken already");
    }
    long[] opened = steps;
    steps = new long[0];
    return opened;
  }

  @Override
  public String toString() {
    return "LocalSum[" + length + " coordinates]";
  }
}
