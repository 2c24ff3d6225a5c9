package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * What a node signs in B3 CONFIRM, once per attempt and never twice.
 *
 * @param cohort digest of the cohort P
 * @param survivors digest of the survivor set U with the inputs in it
 * @param sealedSeeds digest of the attached sealed seeds
 */
public record ConfirmHeader(
    NodeId sender, Digest ctx, Digest cohort, Digest survivors, Digest sealedSeeds, Bytes signature)
    implements Signed {
  public ConfirmHeader {
    Signed.checkSignature(signature);
  }

  @Override
  public byte[] signedBytes() {
    return Signed.writer("confirm/v1", sender, ctx)
        .putDigest(cohort)
        .putDigest(survivors)
        .putDigest(sealedSeeds)
        .toBytes();
  }

  ConfirmHeader signed(SigningKey key) {
    return new ConfirmHeader(
        sender, ctx, cohort, survivors, sealedSeeds, Bytes.of(key.sign(signedBytes())));
  }
}
