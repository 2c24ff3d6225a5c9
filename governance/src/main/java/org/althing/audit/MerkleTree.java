package org.althing.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.althing.encoding.Digest;

/**
 * An append-only log of opaque entries, hashed as in RFC 6962 §2.1: a leaf is SHA-256(0x00 ‖
 * entry), a node SHA-256(0x01 ‖ left ‖ right), the root of nothing SHA-256 of nothing.
 *
 * <p>Keeps the hash of every complete subtree and no entry, so that appending, roots of any past
 * size and proofs take O(log n) hashes. Not safe for use by several threads.
 */
public final class MerkleTree {
  private static final Digest EMPTY_ROOT = Digest.of(new byte[0]);

  /** levels[k][i] is the hash of the complete subtree over leaves i·2ᵏ to (i+1)·2ᵏ - 1. */
  private final List<List<Digest>> levels = new ArrayList<>();

  public MerkleTree() {
    levels.add(new ArrayList<>());
  }

  public static Digest leafHash(byte[] entry) {
    MessageDigest sha = Digest.sha256();
    sha.update((byte) 0);
    return Digest.ofBytes(sha.digest(entry));
  }

  static Digest nodeHash(Digest left, Digest right) {
    MessageDigest sha = Digest.sha256();
    sha.update((byte) 1);
    sha.update(left.bytes());
    return Digest.ofBytes(sha.digest(right.bytes()));
  }

  public static Digest emptyRoot() {
    return EMPTY_ROOT;
  }

  public long size() {
    return levels.get(0).size();
  }

  /** Appends an entry and says its index, from 0. */
  public long append(byte[] entry) {
    long index = size();
    Digest hash = leafHash(entry);
    levels.get(0).add(hash);
    int level = 0;
    for (long position = index; (position & 1) == 1; position >>= 1) {
      hash = nodeHash(levels.get(level).get((int) position - 1), hash);
      level++;
      if (level == levels.size()) {
        levels.add(new ArrayList<>());
      }
      levels.get(level).add(hash);
    }
    return index;
  }

  public Digest root() {
    return root(size());
  }

  /** The root that the tree had when it held its first {@code size} entries. */
  public Digest root(long size) {
    Objects.checkFromToIndex(0, size, size());
    return size == 0 ? EMPTY_ROOT : hash(0, size);
  }

  /** Proof that entry {@code index} is in the tree of the first {@code size} entries. */
  public InclusionProof inclusion(long index, long size) {
    Objects.checkFromToIndex(0, size, size());
    Objects.checkIndex(index, size);
    List<Digest> path = new ArrayList<>();
    long start = 0;
    long end = size;
    // From the root down; RFC 6962 lists the path from the leaf up.
    while (end - start > 1) {
      long middle = start + split(end - start);
      if (index < middle) {
        path.add(0, hash(middle, end));
        end = middle;
      } else {
        path.add(0, hash(start, middle));
        start = middle;
      }
    }
    return new InclusionProof(index, size, path);
  }

  /** Proof that the first {@code from} of the first {@code to} entries are what they were. */
  public ConsistencyProof consistency(long from, long to) {
    Objects.checkFromToIndex(0, to, size());
    Objects.checkFromToIndex(0, from, to);
    List<Digest> path = new ArrayList<>();
    if (from == 0 || from == to) {
      return new ConsistencyProof(from, to, path);
    }
    long start = 0;
    long end = to;
    while (end != from) {
      long middle = start + split(end - start);
      if (from <= middle) {
        path.add(0, hash(middle, end));
        end = middle;
      } else {
        path.add(0, hash(start, middle));
        start = middle;
      }
    }
    // The verifier knows the old root already where the old tree is one complete subtree.
    if (start > 0) {
      path.add(0, hash(start, end));
    }
    return new ConsistencyProof(from, to, path);
  }

  /** The bytes of a tile of hashes; nothing where the tree does not have all of them yet. */
  public Optional<byte[]> tile(Tile tile) {
    int level = Integer.numberOfTrailingZeros(Tile.FULL) * tile.level();
    if (tile.level() == Tile.ENTRIES
        || level >= levels.size()
        || tile.first() + tile.width() > levels.get(level).size()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(Digest.BYTES * tile.width());
    for (int i = 0; i < tile.width(); i++) {
      bytes.put(levels.get(level).get((int) tile.first() + i).bytes());
    }
    return Optional.of(bytes.array());
  }

  private Digest hash(long start, long end) {
    long length = end - start;
    if (Long.bitCount(length) == 1) {
      int level = Long.numberOfTrailingZeros(length);
      return levels.get(level).get((int) (start >> level));
    }
    long middle = start + split(length);
    return nodeHash(hash(start, middle), hash(middle, end));
  }

  /** The largest power of two below {@code length}, which is at least 2. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
