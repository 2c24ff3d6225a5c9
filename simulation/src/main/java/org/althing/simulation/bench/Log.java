package org.althing.simulation.bench;

import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.encoding.Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The log's Merkle tree at about 10⁵ entries. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Log {
  /** No power of two, so that proofs cross incomplete subtrees. */
  static final int ENTRIES = 100_000;

  private final byte[] entry = new byte[300];
  private final byte[] pair = new byte[1 + 2 * Digest.BYTES];
  private MerkleTree tree = new MerkleTree();
  private long next;

  @Setup(Level.Iteration)
  public void fill() {
    tree = new MerkleTree();
    for (int i = 0; i < ENTRIES; i++) {
      tree.append(entry);
    }
  }

  @Benchmark
  public long append() {
    return tree.append(entry);
  }

  /** An append's hashes: of the entry, and in the mean of one pair. */
  @Benchmark
  public Digest appendHashes(Blackhole sink) {
    sink.consume(Digest.of(entry));
    return Digest.of(pair);
  }

  @Benchmark
  public InclusionProof prove() {
    next = (next + 7919) % ENTRIES;
    return tree.inclusion(next, ENTRIES);
  }

  @Benchmark
  public Digest pairHash() {
    return Digest.of(pair);
  }
}
