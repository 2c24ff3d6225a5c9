package org.althing.simulation.bench;

import java.io.IOException;
import org.althing.simulation.bench.Microbenchmarks.Timed;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The least that a round of the protocol as it stands can take on one machine: nodes share the
 * processors, the coordinator is one thread, no durable write waits for another party's, and
 * nothing is encrypted or framed on the way. In nanoseconds.
 *
 * @param work what the round costs in CPU time at least
 * @param sync of a few bytes at the end of a file
 */
record EndToEndBound(RoundBound work, double sync, Loopback loopback, int processors) {
  /** READY, the charge, the word on charges, INPUT, CONFIRM, UNMASK, and the cosignature. */
  static final int EXCHANGES = 7;

  /** A node's charge; file and folder of what it remembers, and twice of its witness. */
  private static final int SYNCS_OF_NODE = 7;

  /** The coordinator's entries RoundOpened and Released, and the total; not yet Witnessed. */
  private static final int SYNCS_OF_COORDINATOR = 3;

  private static final int WORD_BYTES = 8;

  static EndToEndBound measured(Microbenchmarks benchmarks, int nodes)
      throws RunnerException, IOException {
    double sync = benchmarks.nanos(Timed.waiting(Durability.class, "sync"))[0];
    return new EndToEndBound(
        RoundBound.measured(benchmarks, nodes),
        sync,
        Loopback.measured(),
        Runtime.getRuntime().availableProcessors());
  }

  /** Syncs that follow one another: all nodes' at once, and the coordinator's entry per charge. */
  static int syncs(int nodes) {
    return SYNCS_OF_NODE + SYNCS_OF_COORDINATOR + nodes;
  }

  /** CPU time of all parties. */
  double cpu(Rounds.Cell cell) {
    return cell.nodes() * work.node(cell) + work.coordinator(cell);
  }

  double disk(int nodes) {
    return sync * syncs(nodes);
  }

  double network(Rounds.Cell cell) {
    return EXCHANGES * loopback.roundTrip()
        + loopback.perByte() * WORD_BYTES * cell.length() * cell.nodes();
  }

  /** Elapsed. */
  double round(Rounds.Cell cell) {
    double side = cell.nodes() * work.node(cell) / Math.min(cell.nodes(), processors);
    return side + work.coordinator(cell) + disk(cell.nodes()) + network(cell);
  }
}
