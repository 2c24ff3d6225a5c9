package org.althing.secagg;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), for secrets of its first block: T(1) = HMAC(PRK, info | 1). */
final class Hkdf {
  private static final String HMAC = "HmacSHA256";

  private Hkdf() {}

  /**
   * The pseudorandom key; erases {@code keyMaterial}.
   *
   * @param salt at least one byte
   */
  static Secret extract(byte[] salt, byte[] keyMaterial) {
    Secret pseudorandomKey = Secret.taking(mac(new SecretKeySpec(salt, HMAC)).doFinal(keyMaterial));
    Arrays.fill(keyMaterial, (byte) 0);
    return pseudorandomKey;
  }

  /** A secret of its own for the use that {@code info} names. */
  static Secret derive(Secret from, byte[] info) {
    Mac mac = mac(from.keyFor(HMAC));
    mac.update(info);
    mac.update((byte) 1);
    return Secret.taking(mac.doFinal());
  }

  /** The same, where {@code from} serves no other use: erases it. */
  static Secret deriveLast(Secret from, byte[] info) {
    Secret derived = derive(from, info);
    from.destroy();
    return derived;
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
