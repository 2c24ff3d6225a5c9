package org.althing.audit;

import java.util.List;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * The sibling hashes from a leaf up to the root, which show that the tree of {@code size} entries
 * holds a certain entry at {@code index} (RFC 6962 §2.1.1).
 */
public record InclusionProof(long index, long size, List<Digest> hashes) {
  private static final ProofText TEXT = new ProofText("index", "size");

  public InclusionProof {
    hashes = List.copyOf(hashes);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "an entry's index is 0 to size - 1, got %d of %d".formatted(index, size));
    }
    if (hashes.size() > ProofText.MOST_HASHES) {
      throw new IllegalArgumentException("a proof has at most 63 hashes");
    }
  }

  /** Whether the entry with this {@link MerkleTree#leafHash} is at the index, RFC 9162 §2.1.3.2. */
  public boolean proves(Digest leafHash, Digest root) {
    long fn = index;
    long sn = size - 1;
    Digest hash = leafHash;
    for (Digest sibling : hashes) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = MerkleTree.nodeHash(sibling, hash);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && hash.equals(root);
  }

  /**
   * Lines {@code index i}, {@code size n}, then one hash in base64 a line; read by {@link #parse}.
   */
  public String toText() {
    return TEXT.write(index, size, hashes);
  }

  public static InclusionProof parse(String text) throws MalformedEncoding {
    return TEXT.parse(text, InclusionProof::new);
  }
}
