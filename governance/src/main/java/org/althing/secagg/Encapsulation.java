package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * An ML-KEM-768 ciphertext from one node to another of higher roster index.
 *
 * @param ciphertext {@value #CIPHERTEXT_BYTES} bytes
 */
public record Encapsulation(NodeId from, NodeId to, Bytes ciphertext) {
  public static final int CIPHERTEXT_BYTES = 1088;

  public Encapsulation {
    Signed.checkLength("an ML-KEM-768 ciphertext", ciphertext, CIPHERTEXT_BYTES);
  }

  Digest digest() {
    return new CanonicalWriter("encapsulation/v1")
        .putString(from.value())
        .putString(to.value())
        .putBytes(ciphertext.toArray())
        .digest();
  }
}
