package org.althing.federation;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * An Ed25519 private key (RFC 8032) that signs and never shows itself: no {@code equals}, no
 * content in {@code toString}.
 */
public final class SigningKey {
  public static final int SEED_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;
  private final Ed25519PrivateKeyParameters key;

  private SigningKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
  }

  /**
   * The key of a 32-byte seed; whoever makes the seed must take it from the operating system's
   * generator.
   */
  public static SigningKey ofSeed(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, got " + seed.length);
    }
    return new SigningKey(new Ed25519PrivateKeyParameters(seed, 0));
  }

  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  public VerifyingKey verifyingKey() {
    return VerifyingKey.ofBytes(key.generatePublicKey().getEncoded());
  }

  @Override
  public String toString() {
    return "SigningKey[" + verifyingKey().fingerprint() + "]";
  }
}
