package org.althing.simulation.bench;

import org.althing.simulation.bench.Microbenchmarks.Timed;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The least that a round of secure aggregation can cost: the work that no program can leave out, at
 * the speed that the platform's primitives have here (secure-aggregation protocol §2.1, with words
 * of 64 bits). In nanoseconds.
 *
 * @param maskWord AES-256-CTR of eight bytes and their addition in the first-level cache
 * @param addWord addition of one word of a long vector
 * @param agreement one X25519 agreement
 * @param sharing of two secrets among all nodes
 */
record RoundBound(double maskWord, double addWord, double agreement, double sharing) {
  static RoundBound measured(Microbenchmarks benchmarks, int nodes) throws RunnerException {
    double[] nanos =
        benchmarks.nanos(
            Timed.of(Primitives.class, "aesWord"),
            Timed.of(Primitives.class, "addTileWord"),
            Timed.of(Primitives.class, "addVectorWord"),
            Timed.of(Primitives.class, "agree"),
            Timed.of(Sharing.class, "share", nodes));
    return new RoundBound(nanos[0] + nanos[1], nanos[2], nanos[3], nanos[4]);
  }

  /** A mask for each node, an agreement with each other one, and the sharing. */
  double node(Rounds.Cell cell) {
    return maskWord * cell.nodes() * cell.length() + agreement * (cell.nodes() - 1) + sharing;
  }

  /**
   * For each survivor a vector to add and a mask to remove, and one more mask for each dropped
   * node.
   */
  double coordinator(Rounds.Cell cell) {
    double survivors = cell.nodes() - cell.dropped();
    return survivors * cell.length() * (addWord + maskWord * (1 + cell.dropped()));
  }
}
