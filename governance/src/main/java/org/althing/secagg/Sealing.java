package org.althing.secagg;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM under keys that seal one message each, so that the nonce can be constant (NIST SP
 * 800-38D: a key and nonce are never used for two messages). A key is erased with its use.
 */
final class Sealing {
  static final int TAG_BYTES = 16;
  private static final byte[] ONLY_NONCE = new byte[12];

  private Sealing() {}

  /** {@code plain}, which is erased, and its tag; {@code header} is authenticated and not sent. */
  static byte[] seal(Secret onceKey, byte[] header, byte[] plain) {
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, onceKey, header).doFinal(plain);
      Arrays.fill(plain, (byte) 0);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  /** Empty where the box was not sealed with this key and header. */
  static Optional<byte[]> open(Secret onceKey, byte[] header, byte[] sealed) {
    if (sealed.length < TAG_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, onceKey, header).doFinal(sealed));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, Secret key, byte[] header)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.keyFor("AES"), new GCMParameterSpec(8 * TAG_BYTES, ONLY_NONCE));
    key.destroy();
    cipher.updateAAD(header);
    return cipher;
  }
}
