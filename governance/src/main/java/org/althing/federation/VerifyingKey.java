package org.althing.federation;

import java.util.Arrays;
import java.util.HexFormat;
import org.althing.encoding.Digest;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 public key (RFC 8032): 32 bytes, a value. */
public final class VerifyingKey {
  public static final int BYTES = 32;
  private final byte[] bytes;

  /** The point, decoded once: taking the square root for every signature costs a tenth of it. */
  private final Ed25519PublicKeyParameters point;

  private VerifyingKey(byte[] bytes) {
    this.bytes = bytes;
    this.point = new Ed25519PublicKeyParameters(bytes, 0);
  }

  /** Rejects encodings that are no point of the curve. */
  public static VerifyingKey ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, got " + bytes.length);
    }
    return new VerifyingKey(bytes.clone());
  }

  public static VerifyingKey ofHex(String hex) {
    return ofBytes(HexFormat.of().parseHex(hex));
  }

  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SigningKey.SIGNATURE_BYTES) {
      return false;
    }
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, point);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Eight hexadecimal digits of the key's digest, to be compared by telephone. */
  public String fingerprint() {
    return Digest.of(bytes).brief();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "VerifyingKey[" + hex() + "]";
  }
}
