package org.althing.simulation.bench;

import org.althing.federation.Quorum;
import org.althing.simulation.bench.Microbenchmarks.Timed;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The least that a round of secure aggregation can cost at the speed that the platform's primitives
 * have here, in nanoseconds: masks and additions alone (secure-aggregation protocol §2.1, with
 * words of 64 bits), and with the hashes and signatures without which nobody could be held to them.
 *
 * @param maskWord AES-256-CTR of eight bytes and their addition in the first-level cache
 * @param addWord addition of one word of a long vector
 * @param agreement one X25519 agreement
 * @param sharing of two secrets among all nodes
 * @param hashWord SHA-256 of eight bytes
 * @param signature one Ed25519 signature
 * @param verification of one
 */
record RoundBound(
    double maskWord,
    double addWord,
    double agreement,
    double sharing,
    double hashWord,
    double signature,
    double verification) {
  /** READY, INPUT, CONFIRM, UNMASK. */
  private static final int SIGNED_BY_NODE = 4;

  /** The first three of every other node. */
  private static final int VERIFIED_BY_NODE = 3;

  static RoundBound measured(Microbenchmarks benchmarks, int nodes) throws RunnerException {
    double[] nanos =
        benchmarks.nanos(
            Timed.of(Primitives.class, "aesWord"),
            Timed.of(Primitives.class, "addTileWord"),
            Timed.of(Primitives.class, "addVectorWord"),
            Timed.of(Primitives.class, "agree"),
            Timed.of(Sharing.class, "share", nodes),
            Timed.of(Primitives.class, "shaWord"),
            Timed.of(Primitives.class, "sign"),
            Timed.of(Primitives.class, "verify"));
    return new RoundBound(
        nanos[0] + nanos[1], nanos[2], nanos[3], nanos[4], nanos[5], nanos[6], nanos[7]);
  }

  /** A mask for each node, an agreement with each other one, and the sharing. */
  double masksOfNode(Rounds.Cell cell) {
    return masks(cell) + agreement * (cell.nodes() - 1);
  }

  private double masks(Rounds.Cell cell) {
    return maskWord * cell.nodes() * cell.length() + sharing;
  }

  /**
   * Masks and sharing, the digest of its vector, and its and the others' signatures. Agreements are
   * not in it: this protocol makes them once, before the first round.
   */
  double node(Rounds.Cell cell) {
    int others = cell.nodes() - 1;
    int verified = VERIFIED_BY_NODE * others - (VERIFIED_BY_NODE - 1) * cell.dropped();
    return masks(cell)
        + hashWord * cell.length()
        + signature * SIGNED_BY_NODE
        + verification * verified;
  }

  /**
   * For each survivor a vector to add and a mask to remove, and one more mask for each dropped
   * node.
   */
  double masksOfCoordinator(Rounds.Cell cell) {
    double survivors = cell.nodes() - cell.dropped();
    return survivors * cell.length() * (addWord + maskWord * (1 + cell.dropped()));
  }

  /**
   * The same, the digest of the total, and the signatures of every READY, of the survivors' INPUT
   * and CONFIRM, and of as many UNMASK as give the secrets back. The digests of the vectors are not
   * in it: they are taken in the threads that receive them.
   */
  double coordinator(Rounds.Cell cell) {
    int survivors = cell.nodes() - cell.dropped();
    int verified = cell.nodes() + 2 * survivors + Quorum.defaultFor(cell.nodes()).threshold();
    return masksOfCoordinator(cell) + hashWord * cell.length() + verification * verified;
  }
}
