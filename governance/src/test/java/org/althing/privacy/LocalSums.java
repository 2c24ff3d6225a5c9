package org.althing.privacy;

import java.util.List;

/** Local sums for tests of what comes after them. */
public final class LocalSums {
  private LocalSums() {}

  /**
   * A plan of one block of four counts that costs exactly this much, in ρ = 1/(2·honest·sigma²).
   */
  public static NoisePlan plan(long sigma, int honestSurvivors) {
    return new NoisePlan(
        new org.althing.vector.Shape(List.of(new org.althing.vector.Block("counts", 4, 1, 1))),
        1,
        honestSurvivors,
        List.of(sigma));
  }

  /** The sum of one record with a 1 in the first coordinate. */
  public static LocalSum of(NoisePlan plan) {
    ContributionSum sum = new ContributionSum(plan);
    sum.beginRecord(1);
    sum.add(0, new int[] {0}, new long[] {1}, 1);
    return sum.finish();
  }
}
