package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.NoisedSums;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.RandomWords;
import org.althing.privacy.Rho;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The μ-audit of privacy §9.3 on the whole masked protocol: records, certified sums, noise, charge,
 * masks, drop-out, release. The worst record is in or out; what is left of the noise when a
 * colluder's is taken off must not tell the two apart better than μ = √(2ρ) of what was charged.
 *
 * <p>Five nodes, t = u = 4, c = 1: one drops after READY, one of the four survivors colludes, and
 * the shares of three are left, as planned. A release has copies of a query of d = 4 and μ = 2,
 * each in a block with noise of its own, so that one attempt gives as many samples.
 *
 * <p>With K samples for each of the two data sets the estimate of a true μ has the standard error
 * √(2/K + μ²/4K), and is rejected beyond 4.75 of them: a false alarm in a million, 1.0·10⁻⁶ on each
 * side. Power at μ = 2, where the true μ is f·2 (computed from the same normal law; the values of
 * the table in privacy §9 are found again):
 *
 * <table>
 * <caption>Probability of rejection</caption>
 * <tr><th>K</th><th>f = 1.05</th><th>1.10</th><th>1.225, one of three shares lost</th><th>2, sigma halved</th></tr>
 * <tr><td>2 000, every day</td><td>.016</td><td>.65</td><td>1 - 10⁻¹⁰</td><td>1</td></tr>
 * <tr><td>20 000, at night</td><td>.9996</td><td>1</td><td>1</td><td>1</td></tr>
 * </table>
 */
final class MaskedAuditTest {
  private static final double FALSE_ALARM_DEVIATIONS = 4.75;

  /** What the nodes do to the noise they were to add. */
  private enum Noise {
    AS_CHARGED,
    /** One of the honest three adds none. */
    ONE_SHARE_LOST,
    /** Everybody's sigma is half of what was charged. */
    HALVED,
    /** The colluder adds none; it is what c is for. */
    COLLUDERS_OMITTED
  }

  /**
   * @param attempts for each of the two data sets
   * @param samples in each attempt
   * @param dropped how many of the five drop, 0 or 1
   */
  private record Audit(Noise noise, int attempts, int samples, int dropped) {
    int all() {
      return attempts * samples;
    }

    int honestShares() {
      return 4 - dropped;
    }
  }

  private static final long NORM = 2000;

  private static NoisePlan plan(int samples) {
    Bound bound = Bound.Exact.ofCounts(NORM * NORM);
    Rho rho = new Rho(2_000_000_000_000L);
    List<BlockDemand> demands =
        IntStream.range(0, samples)
            .mapToObj(i -> new BlockDemand("copy " + i, 4, bound, rho))
            .toList();
    return NoisePlan.calibrate(demands, 1, 3);
  }

  /** μ of one copy, from what a release of one copy is charged. */
  private static double claimed() {
    return Math.sqrt(2 * plan(1).rho().toDouble());
  }

  private static double errorOf(double mu, int samples) {
    return Math.sqrt(2.0 / samples + mu * mu / (4.0 * samples));
  }

  private static double mostAllowed(Audit audit) {
    return claimed() + FALSE_ALARM_DEVIATIONS * errorOf(claimed(), audit.all());
  }

  private static boolean rejected(double measured, Audit audit) {
    return measured > mostAllowed(audit);
  }

  /** Noise beyond that of the survivors, or short of it, would be a defect of either kind. */
  private static void assertAsMuchNoiseAsTheSurvivorsAdd(double measured, Audit audit) {
    double expected = claimed() * Math.sqrt(3.0 / audit.honestShares());
    assertThat(Math.abs(measured - expected))
        .isLessThan(FALSE_ALARM_DEVIATIONS * errorOf(expected, audit.all()));
  }

  @Test
  void theNoiseOfThePlannedSurvivorsHidesTheWorstRecordAsCharged() {
    Audit audit = new Audit(Noise.AS_CHARGED, 100, 20, 1);
    double measured = measured(audit);
    assertThat(rejected(measured, audit)).isFalse();
    assertAsMuchNoiseAsTheSurvivorsAdd(measured, audit);
  }

  @Test
  void ifNobodyDropsTheRecordIsHiddenBetter() {
    Audit audit = new Audit(Noise.AS_CHARGED, 50, 40, 0);
    double measured = measured(audit);
    assertThat(measured).isLessThan(claimed());
    assertAsMuchNoiseAsTheSurvivorsAdd(measured, audit);
  }

  /** Nobody can see it, and nobody needs to: the charge does not count on c of the shares. */
  @Test
  void aColluderThatOmitsItsNoiseIsPaidFor() {
    Audit audit = new Audit(Noise.COLLUDERS_OMITTED, 50, 40, 1);
    double measured = measured(audit);
    assertThat(rejected(measured, audit)).isFalse();
    assertAsMuchNoiseAsTheSurvivorsAdd(measured, audit);
  }

  @Test
  void findsALostShareAndAHalvedSigma() {
    for (Noise noise : List.of(Noise.ONE_SHARE_LOST, Noise.HALVED)) {
      Audit audit = new Audit(noise, 50, 40, 1);
      assertThat(rejected(measured(audit), audit)).isTrue();
    }
  }

  @Test
  @Tag("nightly")
  void theNoiseHidesTheWorstRecordAsChargedInManySamples() {
    Audit audit = new Audit(Noise.AS_CHARGED, 2000, 10, 1);
    double measured = measured(audit);
    assertThat(rejected(measured, audit)).isFalse();
    assertAsMuchNoiseAsTheSurvivorsAdd(measured, audit);
  }

  @Test
  @Tag("nightly")
  void findsALostShareAndAHalvedSigmaInManySamples() {
    for (Noise noise : List.of(Noise.ONE_SHARE_LOST, Noise.HALVED)) {
      Audit audit = new Audit(noise, 500, 40, 1);
      assertThat(rejected(measured(audit), audit)).isTrue();
    }
  }

  private static double measured(Audit audit) {
    double[] with = new Run(audit, true).projections();
    double[] without = new Run(audit, false).projections();
    double spread = (variance(with) + variance(without)) / 2;
    assertSamplesAreIndependent(audit, with);
    double measured = (mean(with) - mean(without)) / Math.sqrt(spread);
    System.out.printf(
        Locale.ROOT,
        "mu-audit, K = %d, %s, %d dropped: measured %.4f, rejected above %.4f%n",
        audit.all(),
        audit.noise(),
        audit.dropped(),
        measured,
        mostAllowed(audit));
    return measured;
  }

  /**
   * The sum over an attempt's samples varies as sums of independent ones do: at most twice the
   * deviation, which at 50 attempts happens by chance less than once in 10¹². Copies with common
   * noise would have samples times the variance.
   */
  private static void assertSamplesAreIndependent(Audit audit, double[] samples) {
    double[] sums = new double[audit.attempts()];
    for (int i = 0; i < samples.length; i++) {
      sums[i / audit.samples()] += samples[i];
    }
    assertThat(variance(sums)).isLessThan(4 * audit.samples() * variance(samples));
  }

  private static double mean(double[] x) {
    return DoubleStream.of(x).sum() / x.length;
  }

  private static double variance(double[] x) {
    double mean = mean(x);
    return DoubleStream.of(x).map(each -> (each - mean) * (each - mean)).sum() / (x.length - 1);
  }

  /** All attempts over one of the two data sets. */
  private static final class Run {
    private final Audit audit;
    private final boolean worstRecord;
    private final NoisePlan plan;
    private final Federation federation = Federation.of(new Quorum(5, 4, 1, 4, 4), 1);
    private final NodeId colluder = federation.id(2);
    private final SplittableRandom seeds;

    Run(Audit audit, boolean worstRecord) {
      this.audit = audit;
      this.worstRecord = worstRecord;
      this.plan = plan(audit.samples());
      this.seeds = new SplittableRandom(worstRecord ? 11 : 12);
    }

    /** Each sample's coordinates, projected on the worst record's direction (½, ½, ½, ½). */
    double[] projections() {
      double[] projections = new double[audit.all()];
      Tables tables = new Tables(federation);
      for (int i = 0; i < audit.attempts(); i++) {
        long[] left = releasedWithoutTheColluders(tables.next(plan.shape().length()));
        for (int k = 0; k < left.length; k++) {
          projections[i * audit.samples() + k / 4] += left[k] / 2.0;
        }
      }
      return projections;
    }

    /** The released sum, less all that the colluder knows of it. */
    private long[] releasedWithoutTheColluders(Tables.Table table) {
      NodeId dropped = federation.id(4);
      RoundTerms terms = table.terms();
      RoundPlay play =
          new RoundPlay(
              federation,
              table.pairs(),
              terms,
              (id, kind) ->
                  audit.dropped() == 1 && id.equals(dropped) && kind == RoundPlay.Kind.INPUT);
      long[] colluders =
          audit.noise() == Noise.COLLUDERS_OMITTED
              ? new long[terms.length()]
              : OpenedSums.noised(new ContributionSum(plan), words());
      play.paid =
          id ->
              id.equals(colluder)
                  ? NoisedSums.of(plan, terms.releaseId(), colluders)
                  : paid(id, terms);
      var released = (CoordinatorRound.Completed) play.run();
      assertThat(released.survivors()).hasSize(5 - audit.dropped());
      long[] left = released.total().steps();
      Arrays.setAll(left, k -> left[k] - colluders[k]);
      return left;
    }

    private RandomWords words() {
      return OpenedSums.words(seeds.nextLong());
    }

    private NoisedSum paid(NodeId id, RoundTerms terms) {
      if (audit.noise() == Noise.ONE_SHARE_LOST && id.equals(federation.id(1))) {
        return NoisedSums.of(plan, terms.releaseId(), OpenedSums.exact(sum(id, plan)));
      }
      if (audit.noise() == Noise.HALVED) {
        List<Long> halves = Collections.nCopies(audit.samples(), plan.sigmas().get(0) / 2);
        NoisePlan halved = new NoisePlan(plan.shape(), 1, plan.honestSurvivors(), halves);
        return NoisedSums.of(plan, terms.releaseId(), OpenedSums.noised(sum(id, halved), words()));
      }
      return NoisedSums.charged(sum(id, plan), terms.releaseId(), words());
    }

    /** A few records at every node; at the first, the one that makes the difference as well. */
    private ContributionSum sum(NodeId id, NoisePlan under) {
      ContributionSum sum = new ContributionSum(under);
      add(sum, 1, 700, -300, 0, 5);
      add(sum, 2, 0, 1, -1999, 0);
      if (worstRecord && id.equals(federation.id(0))) {
        add(sum, 3, NORM / 2, NORM / 2, NORM / 2, NORM / 2);
      }
      return sum;
    }

    private void add(ContributionSum sum, long unit, long... values) {
      sum.beginRecord(unit);
      for (int block = 0; block < audit.samples(); block++) {
        sum.add(block, new int[] {0, 1, 2, 3}, values, 4);
      }
    }
  }
}
