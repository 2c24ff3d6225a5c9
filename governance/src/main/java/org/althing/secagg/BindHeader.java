package org.althing.secagg;

import java.util.Comparator;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * What a node signs in A2 BIND: the key set it saw, and the digest of each ciphertext it sends.
 *
 * @param keys T, the digest of all advertised keys as this node saw them
 * @param sealed one entry per peer of higher roster index, in order of the peers' ids
 */
public record BindHeader(
    NodeId sender, Digest ctx, Digest keys, List<ForPeer> sealed, Bytes signature)
    implements Signed {
  /** The digest of the ciphertext for one peer. */
  public record ForPeer(NodeId to, Digest ciphertext) {}

  public BindHeader {
    Signed.checkCount("ciphertexts of a binding", sealed);
    sealed = sealed.stream().sorted(Comparator.comparing(ForPeer::to)).toList();
    Signed.checkSignature(signature);
  }

  @Override
  public byte[] signedBytes() {
    return Signed.writer("bind/v1", sender, ctx)
        .putDigest(keys)
        .putList(sealed, (w, s) -> w.putString(s.to().value()).putDigest(s.ciphertext()))
        .toBytes();
  }

  BindHeader signed(SigningKey key) {
    return new BindHeader(sender, ctx, keys, sealed, Bytes.of(key.sign(signedBytes())));
  }
}
