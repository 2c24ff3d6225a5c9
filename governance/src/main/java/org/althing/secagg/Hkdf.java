package org.althing.secagg;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  static byte[] extract(byte[] salt, byte[] keyMaterial) {
    // HMAC pads its key with zeros, so an empty salt is RFC 5869's default of HashLen zeros.
    return mac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(keyMaterial);
  }

  /**
   * @param length 1 to 8160 bytes
   */
  static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
    if (length < 1 || length > 255 * HASH_BYTES) {
      throw new IllegalArgumentException("HKDF expands to 1 to 8160 bytes, asked for " + length);
    }
    Mac mac = mac(pseudorandomKey);
    byte[] out = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0, counter = 1; at < length; at += HASH_BYTES, counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      System.arraycopy(block, 0, out, at, Math.min(HASH_BYTES, length - at));
    }
    Arrays.fill(block, (byte) 0);
    return out;
  }

  /** A secret of its own for the use that {@code info} names. */
  static Secret derive(Secret from, byte[] info) {
    byte[] exposed = from.expose();
    Secret derived = Secret.taking(expand(exposed, info, Secret.BYTES));
    Arrays.fill(exposed, (byte) 0);
    return derived;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
