package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * A1 ADVERTISE: the public keys to which others encapsulate and agree (secure-aggregation protocol
 * §4.2).
 *
 * @param agreementKey X25519, {@value #AGREEMENT_KEY_BYTES} bytes
 * @param encapsulationKey ML-KEM-768, {@value #ENCAPSULATION_KEY_BYTES} bytes
 */
public record Advertise(
    NodeId sender, Digest ctx, Bytes agreementKey, Bytes encapsulationKey, Bytes signature)
    implements Signed, SetupMessage {
  public static final int AGREEMENT_KEY_BYTES = 32;
  public static final int ENCAPSULATION_KEY_BYTES = 1184;

  public Advertise {
    Signed.checkLength("an X25519 key", agreementKey, AGREEMENT_KEY_BYTES);
    Signed.checkLength(
        "an ML-KEM-768 encapsulation key", encapsulationKey, ENCAPSULATION_KEY_BYTES);
    Signed.checkSignature(signature);
  }

  @Override
  public byte[] signedBytes() {
    return Signed.writer("advertise/v1", sender, ctx)
        .putBytes(agreementKey.toArray())
        .putBytes(encapsulationKey.toArray())
        .toBytes();
  }

  Advertise signed(SigningKey key) {
    return new Advertise(
        sender, ctx, agreementKey, encapsulationKey, Bytes.of(key.sign(signedBytes())));
  }

  @Override
  public CoordinatorSetup.Step deliverTo(CoordinatorSetup setup) {
    return setup.on(this);
  }
}
