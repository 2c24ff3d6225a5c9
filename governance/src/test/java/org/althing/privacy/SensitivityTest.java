package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.althing.vector.Block;
import org.althing.vector.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the records and whatever the query: two data sets that differ by one unit have sums that
 * differ by no more than what is charged, exactly and without statistics.
 */
class SensitivityTest {
  private record Contribution(int block, int[] index, long[] value) {}

  /** A unit's rows; each row's contributions. */
  private record Unit(long id, List<List<Contribution>> rows) {}

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neighboursDifferByNoMoreThanIsCharged(long seed) {
    Random random = new Random(seed);
    NoisePlan plan = plan(random);
    List<Unit> data = new ArrayList<>();
    for (int unit = 0; unit < 8; unit++) {
      data.add(unit(random, plan, unit));
    }
    long[] whole = sum(plan, data);
    for (int left = 0; left < data.size(); left++) {
      List<Unit> neighbour = new ArrayList<>(data);
      neighbour.remove(left);
      assertCharged(plan, whole, sum(plan, neighbour));
    }
    // The order of records does not matter, so neither does where the unit was.
    List<Unit> shuffled = new ArrayList<>(data);
    java.util.Collections.shuffle(shuffled, random);
    assertThat(sum(plan, shuffled)).containsExactly(whole);
  }

  /** The charge is also tight: m equal rows at the bound reach it. */
  @Test
  void mEqualRowsAtTheBoundCostWhatIsCharged() {
    Shape shape = new Shape(List.of(new Block("a", 4, 1, 25), new Block("b", 2, 1, 2)));
    NoisePlan plan = new NoisePlan(shape, 3, 2, List.of(10L, 8L));
    List<Contribution> row =
        List.of(
            new Contribution(0, new int[] {1, 3}, new long[] {3, -4}),
            new Contribution(1, new int[] {0, 1}, new long[] {1, 1}));
    long[] with = sum(plan, List.of(new Unit(1, List.of(row, row, row))));
    assertThat(with).containsExactly(0, 9, 0, -12, 3, 3);
    // 9·25/(4·100) + 9·2/(4·64)
    assertThat(plan.rho()).isEqualTo(new Rho(562_500_000_000L + 70_312_500_000L + 1));
    assertThat(actualPico(plan, with, new long[6])).isEqualTo(BigInteger.valueOf(632_812_500_000L));
  }

  private static void assertCharged(NoisePlan plan, long[] with, long[] without) {
    for (int b = 0; b < plan.shape().blocks().size(); b++) {
      BigInteger m = BigInteger.valueOf(plan.rowsPerUnit());
      assertThat(distanceSquared(plan.shape(), b, with, without))
          .isLessThanOrEqualTo(
              BigInteger.valueOf(plan.shape().blocks().get(b).recordL2Squared())
                  .multiply(m)
                  .multiply(m));
    }
    assertThat(actualPico(plan, with, without)).isLessThan(BigInteger.valueOf(plan.rho().pico()));
  }

  /** 10¹²·Σ over blocks of ‖Δ‖² / 2hσ², each rounded down, from the sums themselves. */
  private static BigInteger actualPico(NoisePlan plan, long[] with, long[] without) {
    BigInteger pico = BigInteger.ZERO;
    for (int b = 0; b < plan.shape().blocks().size(); b++) {
      BigInteger sigma = BigInteger.valueOf(plan.sigmas().get(b));
      pico =
          pico.add(
              distanceSquared(plan.shape(), b, with, without)
                  .multiply(BigInteger.TEN.pow(12))
                  .divide(sigma.pow(2).multiply(BigInteger.valueOf(2L * plan.honestSurvivors()))));
    }
    return pico;
  }

  private static BigInteger distanceSquared(Shape shape, int block, long[] with, long[] without) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = shape.offset(block); i < shape.offset(block + 1); i++) {
      sum = sum.add(BigInteger.valueOf(with[i]).subtract(BigInteger.valueOf(without[i])).pow(2));
    }
    return sum;
  }

  private static long[] sum(NoisePlan plan, List<Unit> units) {
    ContributionSum sum = new ContributionSum(plan);
    for (Unit unit : units) {
      for (List<Contribution> row : unit.rows()) {
        sum.beginRecord(unit.id());
        for (Contribution each : row) {
          sum.add(each.block(), each.index(), each.value(), each.index().length);
        }
      }
    }
    return OpenedSums.exact(sum);
  }

  private static NoisePlan plan(Random random) {
    List<Block> blocks = new ArrayList<>();
    List<Long> sigmas = new ArrayList<>();
    for (int b = 0; b <= random.nextInt(4); b++) {
      long bound = 1 + (long) Math.exp(random.nextDouble() * 30);
      blocks.add(new Block("block " + b, 1 + random.nextInt(6), 1, bound));
      sigmas.add(Math.max(8, (long) Math.sqrt(bound) / 2));
    }
    return new NoisePlan(new Shape(blocks), 1 + random.nextInt(4), 1 + random.nextInt(5), sigmas);
  }

  /** Up to m rows, half of the time all alike; proposals that are not certified are left out. */
  private static Unit unit(Random random, NoisePlan plan, long id) {
    int rows = 1 + random.nextInt(plan.rowsPerUnit());
    List<List<Contribution>> unit = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      unit.add(r > 0 && random.nextBoolean() ? unit.get(0) : row(random, plan));
    }
    return new Unit(id, unit);
  }

  private static List<Contribution> row(Random random, NoisePlan plan) {
    List<Contribution> row = new ArrayList<>();
    for (int b = 0; b < plan.shape().blocks().size(); b++) {
      Contribution proposed = proposal(random, plan.shape().blocks().get(b), b);
      if (accepted(plan, proposed)) {
        row.add(proposed);
      }
    }
    return row;
  }

  /** The hostile query: it may propose anything, the sum decides. */
  private static Contribution proposal(Random random, Block block, int b) {
    int[] index = new int[block.length()];
    long[] value = new long[block.length()];
    double most = Math.sqrt((double) block.recordL2Squared());
    for (int i = 0; i < index.length; i++) {
      index[i] = i;
      value[i] =
          switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> (long) most;
            case 2 -> -(long) (most / Math.sqrt(index.length));
            case 3 -> (long) (most * random.nextGaussian());
            default -> random.nextInt(50) == 0 ? random.nextLong() : random.nextInt(3) - 1;
          };
    }
    return new Contribution(b, index, value);
  }

  private static boolean accepted(NoisePlan plan, Contribution proposed) {
    ContributionSum trial = new ContributionSum(plan);
    trial.beginRecord(0);
    try {
      trial.add(proposed.block(), proposed.index(), proposed.value(), proposed.index().length);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
