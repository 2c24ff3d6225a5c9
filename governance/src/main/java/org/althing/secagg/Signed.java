package org.althing.secagg;

import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.SigningKey;
import org.althing.federation.VerifyingKey;

/**
 * What a node vouches for with its identity key: canonical bytes under a label of their own, bound
 * to one set-up or one attempt by {@code ctx}.
 */
public sealed interface Signed
    permits Advertise, BindHeader, ReadyHeader, InputHeader, ConfirmHeader, Unmask {
  NodeId sender();

  Digest ctx();

  Bytes signature();

  /** The canonical bytes that the signature covers. */
  byte[] signedBytes();

  default boolean signedBy(VerifyingKey key) {
    return key.verifies(signedBytes(), signature().toArray());
  }

  /** Stands in the place of the signature while the bytes to be signed are made. */
  Bytes UNSIGNED = Bytes.of(new byte[SigningKey.SIGNATURE_BYTES]);

  static CanonicalWriter writer(String label, NodeId sender, Digest ctx) {
    return new CanonicalWriter(label).putString(sender.value()).putDigest(ctx);
  }

  static void checkLength(String what, Bytes bytes, int length) {
    if (bytes.length() != length) {
      throw new IllegalArgumentException(
          "%s has %d bytes, got %d".formatted(what, length, bytes.length()));
    }
  }

  static void checkSignature(Bytes signature) {
    Signed.checkLength("a signature", signature, SigningKey.SIGNATURE_BYTES);
  }

  static void checkCount(String what, List<?> list) {
    if (list.size() > Quorum.MOST_NODES) {
      throw new IllegalArgumentException(
          "%s: at most one per node of a roster, %d, got %d"
              .formatted(what, Quorum.MOST_NODES, list.size()));
    }
  }
}
