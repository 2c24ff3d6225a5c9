package org.althing.audit;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * The hashes which show that the tree of {@code to} entries begins with the very entries of the
 * tree of {@code from} (RFC 6962 §2.1.2).
 */
public record ConsistencyProof(long from, long to, List<Digest> hashes) {
  private static final ProofText TEXT = new ProofText("from", "to");

  public ConsistencyProof {
    hashes = List.copyOf(hashes);
    if (from < 0 || from > to) {
      throw new IllegalArgumentException(
          "a log only grows: expected 0 <= from <= to, got %d and %d".formatted(from, to));
    }
    if (hashes.size() > ProofText.MOST_HASHES) {
      throw new IllegalArgumentException("a proof has at most 63 hashes");
    }
  }

  /** Whether the tree with root {@code older} grew into the one with root {@code newer}. */
  public boolean proves(Digest older, Digest newer) {
    if (from == 0) {
      return hashes.isEmpty()
          && older.equals(MerkleTree.emptyRoot())
          && (to > 0 || newer.equals(older));
    }
    if (from == to) {
      return hashes.isEmpty() && older.equals(newer);
    }
    return growth(older)
        .filter(roots -> roots.older().equals(older) && roots.newer().equals(newer))
        .isPresent();
  }

  /**
   * The root that the first {@code from} entries of the tree with root {@code newer} have, where
   * the hashes lead to that tree and tell. They do not tell where {@code from} is a power of two,
   * for then the older root is what they start with and is left out of them.
   */
  public Optional<Digest> olderIn(Digest newer) {
    if (from == 0 || from == to || Long.bitCount(from) == 1) {
      return Optional.empty();
    }
    return growth(newer).filter(roots -> roots.newer().equals(newer)).map(Roots::older);
  }

  private record Roots(Digest older, Digest newer) {}

  /**
   * Both roots by the hashes (RFC 9162 §2.1.4.2); empty where their number is not that of the
   * sizes.
   *
   * @param start what the hashes start with where {@code from} is a power of two
   */
  private Optional<Roots> growth(Digest start) {
    Iterator<Digest> path = hashes.iterator();
    boolean olderIsComplete = Long.bitCount(from) == 1;
    if (!olderIsComplete && !path.hasNext()) {
      return Optional.empty();
    }
    Digest olderHash = olderIsComplete ? start : path.next();
    Digest newerHash = olderHash;
    int shared = Long.numberOfTrailingZeros(~(from - 1));
    long fn = (from - 1) >> shared;
    long sn = (to - 1) >> shared;
    while (path.hasNext()) {
      Digest sibling = path.next();
      if (sn == 0) {
        return Optional.empty();
      }
      if ((fn & 1) == 1 || fn == sn) {
        olderHash = MerkleTree.nodeHash(sibling, olderHash);
        newerHash = MerkleTree.nodeHash(sibling, newerHash);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        newerHash = MerkleTree.nodeHash(newerHash, sibling);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 ? Optional.of(new Roots(olderHash, newerHash)) : Optional.empty();
  }

  /** Lines {@code from m}, {@code to n}, then one hash in base64 a line; read by {@link #parse}. */
  public String toText() {
    return TEXT.write(from, to, hashes);
  }

  public static ConsistencyProof parse(String text) throws MalformedEncoding {
    return TEXT.parse(text, ConsistencyProof::new);
  }
}
