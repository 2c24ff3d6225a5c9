package org.althing.privacy;

/**
 * A paid sum with the node's noise share in it: the only thing a round accepts.
 *
 * <p>Made by {@link PaidSum#plus} alone, so never before its charge is on disk. Whoever takes the
 * vector out must mask it.
 */
public final class NoisedSum {
  private final NoisePlan plan;
  private final ChargeReceipt receipt;
  private long[] steps;

  NoisedSum(NoisePlan plan, ChargeReceipt receipt, long[] steps) {
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
      throw new IllegalStateException("a noised sum is masked once");
    }
    steps = new long[0];
    return taken;
  }

  @Override
  public String toString() {
    return "NoisedSum[" + plan.shape().length() + " coordinates, " + receipt + "]";
  }
}
