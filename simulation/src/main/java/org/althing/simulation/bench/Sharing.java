package org.althing.simulation.bench;

import org.althing.federation.Quorum;
import org.althing.secagg.OpenedRounds;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Sharing two secrets of 32 bytes among all nodes of a federation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Sharing {
  @Param("100")
  public int size = 100;

  @Benchmark
  public long[][] share() {
    return OpenedRounds.share(size, Quorum.defaultFor(size).threshold());
  }
}
