package org.althing.privacy;

/**
 * A noised sum whose cost stands durably in the node's ledger: the only thing a round accepts.
 *
 * <p>Made by {@link BudgetLedger#charge} alone, after the charge is on disk. Whoever takes the
 * vector out must mask it.
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

  public int length() {
    return plan.shape().length();
  }

  public ChargeReceipt receipt() {
    return receipt;
  }

  /** Hands the vector over for masking, once; afterwards this holds nothing. */
  public long[] takeForMasking() {
    long[] taken = steps;
    if (taken.length == 0) {
      throw new IllegalStateException("a paid sum is masked once");
    }
    steps = new long[0];
    return taken;
  }

  @Override
  public String toString() {
    return "PaidSum[" + plan.shape().length() + " coordinates, " + receipt + "]";
  }
}
