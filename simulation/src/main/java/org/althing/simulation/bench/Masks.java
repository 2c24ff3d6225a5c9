package org.althing.simulation.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.althing.secagg.OpenedRounds;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Expanding masks over a vector, as a node does for its input. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Masks {
  private static final int MASKS = 100;
  private static final int LENGTH = 100_000;
  private final long[] vector = new long[LENGTH];
  private final List<byte[]> seeds = IntStream.range(0, MASKS).mapToObj(Masks::seed).toList();

  private static byte[] seed(int of) {
    byte[] seed = new byte[32];
    seed[0] = (byte) of;
    return seed;
  }

  /** Per value and mask. */
  @Benchmark
  @OperationsPerInvocation(MASKS * LENGTH)
  public long[] sweep() {
    OpenedRounds.addMasks(vector, seeds);
    return vector;
  }
}
