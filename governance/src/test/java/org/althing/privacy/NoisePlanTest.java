package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.vector.Block;
import org.althing.vector.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NoisePlanTest {
  private static final MathContext EXACT = new MathContext(60);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void costsWhatIsAskedAndAtMostOnePicoMore(long seed) {
    Random random = new Random(seed);
    List<BlockDemand> demands = demands(random);
    int rows = 1 + random.nextInt(5);
    int honest = 1 + random.nextInt(20);
    NoisePlan plan = NoisePlan.calibrate(demands, rows, honest);
    Rho asked = demands.stream().map(BlockDemand::rho).reduce(Rho.ZERO, Rho::plus);
    assertThat(plan.rho()).isLessThanOrEqualTo(asked.plus(new Rho(1)));
    assertThat(plan.rho()).isEqualTo(recomputed(plan, honest));
    assertThat(plan.rhoIfAllOthersCollude()).isEqualTo(recomputed(plan, 1));
  }

  /**
   * h = u - c shares add up to the variance that the cost calls for: shares of V/n, or a sigma that
   * is a tenth too small, would not.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void theHonestSharesAddUpToEnoughNoiseAndHardlyMore(long seed) {
    Random random = new Random(seed);
    List<BlockDemand> demands = demands(random);
    int rows = 1 + random.nextInt(5);
    int honest = 1 + random.nextInt(20);
    NoisePlan plan = NoisePlan.calibrate(demands, rows, honest);
    for (int b = 0; b < demands.size(); b++) {
      Block block = plan.shape().blocks().get(b);
      assertThat(block.recordL2Squared())
          .isEqualTo(demands.get(b).bound().recordL2Squared(block.scale()));
      double needed =
          (double) block.recordL2Squared() * rows * rows / (2 * demands.get(b).rho().toDouble());
      double sigma = plan.sigmas().get(b);
      assertThat(honest * sigma * sigma).isGreaterThanOrEqualTo(needed * (1 - 1e-12));
      assertThat(honest * (sigma - 1) * (sigma - 1)).isLessThan(needed);
      assertThat(plan.sigmas().get(b)).isGreaterThanOrEqualTo(demands.get(b).bound().leastSigma());
    }
  }

  /** sigma by hand: Δ² = 20, ρ = 0.01, h = 2: σ² = 20 / 0.04 = 500, σ = 23. */
  @Test
  void calibratesByHand() {
    NoisePlan plan =
        NoisePlan.calibrate(
            List.of(new BlockDemand("cells", 7, Bound.Exact.ofCounts(20), rho(".01"))), 1, 2);
    assertThat(plan.sigmas()).containsExactly(23L);
    assertThat(plan.shape().blocks()).containsExactly(new Block("cells", 7, 1, 20));
    // 20 / (2·2·529) = 0.0094517958412...
    assertThat(plan.rho()).isEqualTo(new Rho(9_451_795_842L + 1));
    assertThat(plan.rhoIfAllOthersCollude()).isEqualTo(new Rho(18_903_591_683L + 1));
  }

  @Test
  void everyBlockIsInTheCost() {
    Shape both = new Shape(List.of(new Block("a", 3, 1, 4), new Block("b", 3, 1, 9)));
    NoisePlan plan = new NoisePlan(both, 1, 1, List.of(10L, 30L));
    // 4/200 + 9/1800
    assertThat(plan.rho()).isEqualTo(new Rho(25_000_000_001L));
  }

  @Test
  void mRowsCostMSquared() {
    Shape shape = new Shape(List.of(new Block("a", 3, 1, 4)));
    assertThat(new NoisePlan(shape, 1, 2, List.of(10L)).rho()).isEqualTo(new Rho(10_000_000_001L));
    assertThat(new NoisePlan(shape, 3, 2, List.of(10L)).rho()).isEqualTo(new Rho(90_000_000_001L));
  }

  @Test
  void aScaleIsRefinedUntilTheShareIsFineEnough() {
    NoisePlan counts =
        NoisePlan.calibrate(
            List.of(new BlockDemand("counts", 3, Bound.Exact.ofCounts(1), rho("2"))), 1, 100);
    assertThat(counts.shape().blocks().get(0).scale()).isEqualTo(256);
    assertThat(counts.sigmas().get(0)).isBetween(8L, 16L);
    NoisePlan reals =
        NoisePlan.calibrate(
            List.of(new BlockDemand("reals", 3, new Bound.Rounded(1, 3), rho("0.5"))), 1, 1);
    assertThat(reals.sigmas().get(0)).isBetween(1L << 20, 1L << 21);
  }

  /** ⌈scale·C⌉ + ⌈√k / 2⌉ bounds the norm after rounding each of k coordinates by up to a half. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 4", "1, 4, 1, 4", "1, 5, 1, 9", "2.5, 9, 4, 144", "0.1, 1, 10, 9"})
  void theRoundedBoundCoversRounding(double l2, int nonZeros, long scale, long expected) {
    assertThat(new Bound.Rounded(l2, nonZeros).recordL2Squared(scale)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noRoundedContributionExceedsItsBound(long seed) {
    Random random = new Random(seed);
    int nonZeros = 1 + random.nextInt(40);
    double l2 = Math.exp(random.nextGaussian() * 3);
    long scale = 1L << random.nextInt(12);
    long bound = new Bound.Rounded(l2, nonZeros).recordL2Squared(scale);
    for (int trial = 0; trial < 50; trial++) {
      double[] x = new double[nonZeros];
      double norm = 0;
      for (int i = 0; i < nonZeros; i++) {
        x[i] = trial % 2 == 0 ? random.nextGaussian() : 1 + 1e-9 * random.nextGaussian();
        norm += x[i] * x[i];
      }
      long l2Squared = 0;
      for (double each : x) {
        long q = (long) StrictMath.rint(scale * (each / Math.sqrt(norm) * l2));
        l2Squared += q * q;
      }
      assertThat(l2Squared).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void refusesNoiseThatIsTooSmallTooLargeOrForNobody() {
    Shape shape = new Shape(List.of(new Block("a", 3, 1, 4)));
    for (long sigma : new long[] {0, 7, -8, (1L << 30) + 1, Long.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new NoisePlan(shape, 1, 1, List.of(sigma)));
    }
    for (int honest : new int[] {0, -1, 201}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new NoisePlan(shape, 1, honest, List.of(8L)));
    }
    for (int rows : new int[] {0, 1001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new NoisePlan(shape, rows, 1, List.of(8L)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new NoisePlan(shape, 1, 1, List.of()));
    Shape wide = new Shape(List.of(new Block("a", 3, 1, Long.MAX_VALUE)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NoisePlan(wide, 1000, 1, List.of(8L)))
        .withMessageContaining("protect");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockDemand("a", 3, Bound.Exact.ofCounts(1), Rho.ZERO));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsBackWhatItWroteAndNothingElse(long seed) throws MalformedEncoding {
    Random random = new Random(seed);
    NoisePlan plan = NoisePlan.calibrate(demands(random), 2, 3);
    CanonicalWriter out = new CanonicalWriter("test/v1");
    plan.writeTo(out);
    byte[] bytes = out.toBytes();
    assertThat(read(bytes)).isEqualTo(plan);
    byte[] changed = bytes.clone();
    changed[11 + random.nextInt(bytes.length - 11)] ^= (byte) (1 << random.nextInt(8));
    try {
      assertThat(read(changed)).isNotEqualTo(plan);
    } catch (MalformedEncoding e) {
      assertThat(e).hasMessageContaining("at byte");
    }
  }

  private static NoisePlan read(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, "test/v1");
    NoisePlan plan = NoisePlan.readFrom(in);
    in.end();
    return plan;
  }

  private static List<BlockDemand> demands(Random random) {
    List<BlockDemand> demands = new ArrayList<>();
    for (int b = 0; b <= random.nextInt(6); b++) {
      Bound bound =
          random.nextBoolean()
              ? Bound.Exact.ofCounts(1 + random.nextInt(40))
              : new Bound.Rounded(Math.exp(random.nextGaussian()), 1 + random.nextInt(100));
      Rho rho = new Rho((long) Math.exp(18 + random.nextDouble() * 9));
      demands.add(new BlockDemand("block " + b, 1 + random.nextInt(50), bound, rho));
    }
    return demands;
  }

  /** The cost once more, in decimals of sixty digits, block by block. */
  private static Rho recomputed(NoisePlan plan, int shares) {
    BigDecimal total = BigDecimal.ZERO;
    for (int b = 0; b < plan.sigmas().size(); b++) {
      BigDecimal sigma = BigDecimal.valueOf(plan.sigmas().get(b));
      BigDecimal m = BigDecimal.valueOf(plan.rowsPerUnit());
      total =
          total.add(
              BigDecimal.valueOf(plan.shape().blocks().get(b).recordL2Squared())
                  .multiply(m.multiply(m))
                  .divide(BigDecimal.valueOf(2L * shares).multiply(sigma.multiply(sigma)), EXACT));
    }
    return new Rho(
        total
                .movePointRight(12)
                .round(new MathContext(50))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact()
            + 1);
  }

  private static Rho rho(String decimal) {
    return new Rho(new BigDecimal(decimal).movePointRight(12).longValueExact());
  }

  /** σ = √(10¹² / (2 · 7 812 500 000)) = 8, the least a share may have. */
  @Test
  void aShareThatIsJustFineEnoughKeepsItsScale() {
    NoisePlan plan =
        NoisePlan.calibrate(
            List.of(new BlockDemand("counts", 3, Bound.Exact.ofCounts(1), new Rho(7_812_500_000L))),
            1,
            1);
    assertThat(plan.shape().blocks().get(0).scale()).isEqualTo(1);
    assertThat(plan.sigmas()).containsExactly(8L);
  }

  @Test
  void anExactBoundHasNoScaleBetweenItsSteps() {
    Bound.Exact thirds = new Bound.Exact(9, 3);
    assertThat(thirds.recordL2Squared(6)).isEqualTo(36);
    assertThatIllegalArgumentException().isThrownBy(() -> thirds.recordL2Squared(4));
  }
}
