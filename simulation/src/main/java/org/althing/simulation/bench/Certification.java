package org.althing.simulation.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoisePlan;
import org.althing.vector.Block;
import org.althing.vector.Shape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Certifying records and adding them up, per record of a new privacy unit: one-hot, with a one in
 * each of 30 fields of 16 values, and dense, with 100 numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Certification {
  static final int FIELDS = 30;
  static final int DENSE = 100;
  private static final int ROWS = 10_000;
  private static final int VALUES_PER_FIELD = 16;
  private final NoisePlan oneHot = plan(FIELDS * VALUES_PER_FIELD, FIELDS);
  private final NoisePlan dense = plan(DENSE, DENSE * 100L * 100L);
  private final int[][] fields =
      IntStream.range(0, 64).mapToObj(Certification::fields).toArray(int[][]::new);
  private final long[] ones = IntStream.range(0, FIELDS).mapToLong(i -> 1).toArray();
  private final int[] all = IntStream.range(0, DENSE).toArray();
  private final long[] numbers = IntStream.range(0, DENSE).mapToLong(i -> i - 50).toArray();
  private final long[] sum = new long[FIELDS * VALUES_PER_FIELD];

  private static NoisePlan plan(int length, long recordL2Squared) {
    Shape shape = new Shape(List.of(new Block("block", length, 1, recordL2Squared)));
    return new NoisePlan(shape, 1, 2, List.of(1L << 20));
  }

  private static int[] fields(int row) {
    return IntStream.range(0, FIELDS)
        .map(field -> field * VALUES_PER_FIELD + (row * 7 + field * 5) % VALUES_PER_FIELD)
        .toArray();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public LocalSum oneHot() {
    ContributionSum certified = new ContributionSum(oneHot);
    for (int row = 0; row < ROWS; row++) {
      certified.beginRecord(row);
      certified.add(0, fields[row & 63], ones, FIELDS);
    }
    return certified.finish();
  }

  /** The same without a check. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long[] oneHotUnchecked() {
    for (int row = 0; row < ROWS; row++) {
      add(fields[row & 63], ones);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public LocalSum dense() {
    ContributionSum certified = new ContributionSum(dense);
    for (int row = 0; row < ROWS; row++) {
      certified.beginRecord(row);
      certified.add(0, all, numbers, DENSE);
    }
    return certified.finish();
  }

  /** The same without a check. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long[] denseUnchecked() {
    for (int row = 0; row < ROWS; row++) {
      add(all, numbers);
    }
    return sum;
  }

  private void add(int[] index, long[] value) {
    for (int i = 0; i < index.length; i++) {
      sum[index[i]] += value[i];
    }
  }
}
