package org.althing.simulation.bench;

import org.althing.privacy.AesCtrWords;
import org.althing.privacy.DiscreteGaussian;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Drawing a node's noise share, per value; {@code size} is the binary logarithm of sigma. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Noise {
  private static final int VALUES = 10_000;

  @Param("20")
  public int size = 20;

  private final DiscreteGaussian sampler =
      new DiscreteGaussian(new AesCtrWords(new byte[AesCtrWords.KEY_BYTES]));

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long sample() {
    long sigma = 1L << size;
    long sum = 0;
    for (int i = 0; i < VALUES; i++) {
      sum += sampler.sample(sigma);
    }
    return sum;
  }

  /** How many words of key stream a value takes in the mean. */
  static double wordsPerValue(int log2Sigma) {
    AesCtrWords words = new AesCtrWords(new byte[AesCtrWords.KEY_BYTES]);
    long[] drawn = {0};
    DiscreteGaussian counted =
        new DiscreteGaussian(
            () -> {
              drawn[0]++;
              return words.next();
            });
    for (int i = 0; i < VALUES; i++) {
      counted.sample(1L << log2Sigma);
    }
    return (double) drawn[0] / VALUES;
  }
}
