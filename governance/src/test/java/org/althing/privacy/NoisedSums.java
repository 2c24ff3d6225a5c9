package org.althing.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.vector.Block;
import org.althing.vector.Shape;

/** Noised sums for tests of what comes after payment and noise. */
public final class NoisedSums {
  private NoisedSums() {}

  /** Charged to a ledger that reserved for this release, and noised with {@code words}. */
  public static NoisedSum charged(ContributionSum sum, ReleaseId release, RandomWords words) {
    return charged(sum.finish(), release).plus(NoiseVector.draw(sum.plan(), words));
  }

  /** Charged to a ledger that reserved for this release. */
  static PaidSum charged(LocalSum sum, ReleaseId release) {
    BudgetLedger ledger = BudgetLedger.open(new MemoryLedgerStore());
    ledger.setBudget("visits", Rho.roundedDown(PlannedRelease.MOST_RHO));
    List<PlannedRelease> planned =
        new ArrayList<>(
            Collections.nCopies(release.release(), new PlannedRelease(Partition.ALL, new Rho(1))));
    planned.add(new PlannedRelease(Partition.ALL, sum.plan().rho()));
    ledger.reserve(release.study(), "visits", planned, 0);
    return ledger.charge(release, sum);
  }

  /** As if {@code steps} had been paid for {@code release} and noised under {@code plan}. */
  public static NoisedSum of(NoisePlan plan, ReleaseId release, long[] steps) {
    if (steps.length != plan.shape().length()) {
      throw new IllegalArgumentException("the plan has another length than the vector");
    }
    ChargeReceipt receipt =
        new ChargeReceipt(
            release,
            LedgerStates.firstCharge(1, Digest.of(new byte[0])),
            plan.rho(),
            plan.rho(),
            plan.rho());
    return new NoisedSum(plan, receipt, steps.clone());
  }

  /** The same under a plan of one block of counts. */
  public static NoisedSum of(ReleaseId release, long[] steps) {
    return of(planOf(steps.length), release, steps);
  }

  public static NoisePlan planOf(int length) {
    return new NoisePlan(new Shape(List.of(new Block("counts", length, 1, 1))), 1, 2, List.of(8L));
  }
}
