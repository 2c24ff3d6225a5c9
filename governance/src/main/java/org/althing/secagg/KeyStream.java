package org.althing.secagg;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in counter mode from counter zero (NIST SP 800-38A): the generator of masks and of a
 * round's randomness. One key, one stream.
 */
final class KeyStream {
  /** 16 KiB: a tile of the sum, its key stream and the zeros stay in the first-level caches. */
  static final int TILE_BYTES = 1 << 14;

  private static final byte[] ZEROS = new byte[TILE_BYTES];
  private final Cipher cipher;

  KeyStream(Secret key) {
    this(key, new byte[16]);
  }

  KeyStream(Secret key, byte[] firstCounter) {
    byte[] exposed = key.expose();
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(exposed, "AES"),
          new IvParameterSpec(firstCounter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-CTR", e);
    }
    Arrays.fill(exposed, (byte) 0);
  }

  /** Fills the first {@code count} bytes of {@code out}, at most a tile. */
  void next(byte[] out, int count) {
    try {
      cipher.update(ZEROS, 0, count, out, 0);
    } catch (ShortBufferException e) {
      throw new IllegalArgumentException("a buffer for the key stream is too short", e);
    }
  }

  byte[] next(int count) {
    byte[] out = new byte[count];
    byte[] tile = new byte[Math.min(TILE_BYTES, count)];
    for (int at = 0; at < count; at += TILE_BYTES) {
      int bytes = Math.min(TILE_BYTES, count - at);
      next(tile, bytes);
      System.arraycopy(tile, 0, out, at, bytes);
    }
    Arrays.fill(tile, (byte) 0);
    return out;
  }

  Secret nextSecret() {
    return Secret.taking(next(Secret.BYTES));
  }
}
