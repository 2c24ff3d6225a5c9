package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * What a node signs in B2 INPUT.
 *
 * @param cohort digest of the cohort P whose masks are in the vector
 * @param vector digest of the masked vector
 * @param attachment digest of the attached bytes
 */
public record InputHeader(
    NodeId sender, Digest ctx, Digest cohort, Digest vector, Digest attachment, Bytes signature)
    implements Signed {
  public InputHeader {
    Signed.checkSignature(signature);
  }

  @Override
  public byte[] signedBytes() {
    return Signed.writer("input/v1", sender, ctx)
        .putDigest(cohort)
        .putDigest(vector)
        .putDigest(attachment)
        .toBytes();
  }

  InputHeader signed(SigningKey key) {
    return new InputHeader(
        sender, ctx, cohort, vector, attachment, Bytes.of(key.sign(signedBytes())));
  }
}
