package org.althing.privacy;

/**
 * A local sum whose cost stands durably in the node's ledger, and which has no noise yet. Nobody
 * outside this package can read it.
 *
 * <p>Made by {@link BudgetLedger#charge} alone, after the charge is on disk.
 */
public final class PaidSum {
  private final NoisePlan plan;
  private final ChargeReceipt receipt;
  private long[] steps;

  PaidSum(NoisePlan plan, ChargeReceipt receipt, long[] steps) {
    this.plan = plan;
    this.receipt = receipt;
    this.steps = steps;
  }

  public ChargeReceipt receipt() {
    return receipt;
  }

  /** What {@link #plus} takes the noise of. */
  public NoisePlan plan() {
    return plan;
  }

  /**
   * Moves this sum and the node's noise share into one; once, because two noised copies of one sum
   * would be two releases.
   */
  public NoisedSum plus(NoiseVector noise) {
    if (!plan.equals(noise.plan())) {
      throw new IllegalStateException("the noise was drawn for another plan");
    }
    if (steps.length == 0) {
      throw new IllegalStateException("a paid sum is noised once");
    }
    NoisedSum noised = new NoisedSum(plan, receipt, noise.takeInto(steps));
    steps = new long[0];
    return noised;
  }

  @Override
  public String toString() {
    return "PaidSum[" + plan.shape().length() + " coordinates, " + receipt + "]";
  }
}
