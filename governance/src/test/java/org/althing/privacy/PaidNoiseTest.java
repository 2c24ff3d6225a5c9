package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.althing.encoding.Digest;
import org.althing.vector.Block;
import org.althing.vector.Shape;
import org.junit.jupiter.api.Test;

/**
 * From records to paid sums, measured: is the noise that was charged for really in the sum? Seeds
 * are fixed; thresholds are those of a false alarm of one in a million on fresh seeds.
 */
class PaidNoiseTest {
  private static final double FALSE_ALARM_DEVIATIONS = 4.9;

  /**
   * The audit of privacy §9.3 without masks: u = 3 nodes of which c = 1 shows its noise, a plan of
   * μ = 2, the worst record in or out. What the others' noise leaves must not tell the two apart
   * better than μ; at 4000 runs a sigma that is a tenth too small is found surely.
   */
  @Test
  void theNoiseOfTheHonestNodesHidesTheWorstRecordAsCharged() {
    NoisePlan plan =
        NoisePlan.calibrate(
            List.of(
                new BlockDemand("counts", 4, Bound.Exact.ofCounts(4), new Rho(2_000_000_000_000L))),
            1,
            2);
    int runs = 4000;
    double mu = Math.sqrt(2 * plan.rho().toDouble());
    double[] with = projections(plan, runs, true);
    double[] without = projections(plan, runs, false);
    double spread = (variance(with) + variance(without)) / 2;
    double measured = (mean(with) - mean(without)) / Math.sqrt(spread);
    double error = Math.sqrt(2.0 / runs + mu * mu / (4.0 * runs));
    assertThat(measured).isLessThan(mu + FALSE_ALARM_DEVIATIONS * error);
    assertThat(measured).isGreaterThan(mu * .97 - FALSE_ALARM_DEVIATIONS * error);
  }

  private static double[] projections(NoisePlan plan, int runs, boolean worstRecord) {
    int honest = plan.honestSurvivors();
    double[] seen = new double[runs];
    long seed = worstRecord ? 1 : 1_000_003;
    long scale = plan.shape().blocks().get(0).scale();
    for (int run = 0; run < runs; run++) {
      for (int node = 0; node < honest; node++) {
        ContributionSum sum = new ContributionSum(plan);
        if (worstRecord && node == 0) {
          sum.beginRecord(1);
          sum.add(0, new int[] {0, 1, 2, 3}, new long[] {scale, scale, scale, scale}, 4);
        }
        long[] sent = charged(sum, new SeededWords(seed++));
        seen[run] += (sent[0] + sent[1] + sent[2] + sent[3]) / 2.0;
      }
    }
    return seen;
  }

  /** Each block of a vector carries its own sigma, on every coordinate, rows or no rows. */
  @Test
  void everyCoordinateOfEveryBlockIsNoisedWithItsSigma() {
    List<Block> blocks = new java.util.ArrayList<>();
    List<Long> sigmas = List.of(8L, 300L, 1L << 20);
    for (int b = 0; b < 3; b++) {
      blocks.add(new Block("block " + b, 20_000, 1, 1));
    }
    NoisePlan plan = new NoisePlan(new Shape(blocks), 1, 1, sigmas);
    long[] sent = charged(new ContributionSum(plan), new SeededWords(8));
    for (int b = 0; b < 3; b++) {
      double squares = 0;
      for (int i = b * 20_000; i < (b + 1) * 20_000; i++) {
        squares += (double) sent[i] * sent[i];
      }
      double variance = (double) sigmas.get(b) * sigmas.get(b);
      assertThat(Math.abs(squares / 20_000 / variance - 1))
          .isLessThan(FALSE_ALARM_DEVIATIONS * Math.sqrt(2.0 / 20_000));
    }
  }

  @Test
  void noTwoDrawsShareNoise() {
    NoisePlan plan = LocalSums.plan(1000, 1);
    AesCtrWords words = new AesCtrWords(new byte[32]);
    long[] first = charged(new ContributionSum(plan), words);
    long[] second = charged(new ContributionSum(plan), words);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aNoisedSumIsHandedOverOnceAndPrintsNothingOfIt() {
    NoisedSum paid = paid(new ContributionSum(LocalSums.plan(1000, 1)), new SeededWords(3));
    assertThat(paid.length()).isEqualTo(4);
    long[] taken = paid.takeForMasking();
    assertThat(paid.toString()).startsWith("NoisedSum[4 coordinates").doesNotContain("" + taken[0]);
    assertThatIllegalStateException().isThrownBy(paid::takeForMasking);
  }

  private static long[] charged(ContributionSum sum, RandomWords words) {
    return paid(sum, words).takeForMasking();
  }

  private static NoisedSum paid(ContributionSum sum, RandomWords words) {
    return NoisedSums.charged(sum, new ReleaseId(Digest.of(new byte[0]), 0, 1), words);
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += each;
    }
    return sum / x.length;
  }

  private static double variance(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double each : x) {
      sum += (each - mean) * (each - mean);
    }
    return sum / (x.length - 1);
  }
}
