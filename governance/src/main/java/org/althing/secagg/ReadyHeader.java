package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * What a node signs in B1 READY.
 *
 * @param selfSeed digest of its self-mask seed b, against which a reconstruction is checked
 * @param sealingKey digest of its sealing key e, likewise
 * @param boxes digest of all its share boxes
 */
public record ReadyHeader(
    NodeId sender, Digest ctx, Digest selfSeed, Digest sealingKey, Digest boxes, Bytes signature)
    implements Signed {
  public ReadyHeader {
    Signed.checkSignature(signature);
  }

  @Override
  public byte[] signedBytes() {
    return Signed.writer("ready/v1", sender, ctx)
        .putDigest(selfSeed)
        .putDigest(sealingKey)
        .putDigest(boxes)
        .toBytes();
  }

  ReadyHeader signed(SigningKey key) {
    return new ReadyHeader(
        sender, ctx, selfSeed, sealingKey, boxes, Bytes.of(key.sign(signedBytes())));
  }
}
