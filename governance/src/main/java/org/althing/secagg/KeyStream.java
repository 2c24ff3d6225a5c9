package org.althing.secagg;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import org.althing.encoding.Digest;

/**
 * AES-256 in counter mode from counter zero (NIST SP 800-38A): the generator of masks and of a
 * round's randomness. One key, one stream.
 */
final class KeyStream {
  /** 16 KiB: a tile of the sum, its key stream and the zeros stay in the first-level caches. */
  static final int TILE_BYTES = 1 << 14;

  private static final byte[] ZEROS = new byte[TILE_BYTES];
  private final Cipher cipher;

  /** Takes the key over and erases it: nobody can start the same stream twice. */
  KeyStream(Secret key) {
    this(key, new byte[16]);
  }

  KeyStream(Secret key, byte[] firstCounter) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key.keyFor("AES"), new IvParameterSpec(firstCounter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-CTR", e);
    }
    key.destroy();
  }

  /**
   * The randomness of one set-up or attempt, whose {@code ctx} it is bound to: one seed used twice
   * by mistake still draws two streams.
   *
   * @param entropy {@value Secret#BYTES} fresh bytes, which the caller erases
   */
  static KeyStream seeded(byte[] entropy, Digest ctx) {
    return new KeyStream(Hkdf.deriveLast(Secret.copying(entropy), ctx.bytes()));
  }

  /** Fills the first {@code count} bytes of {@code out}, at most a tile. */
  void next(byte[] out, int count) {
    encrypt(ZEROS, count, out);
  }

  byte[] next(int count) {
    byte[] out = new byte[count];
    encrypt(out, count, out);
    return out;
  }

  private void encrypt(byte[] zeros, int count, byte[] out) {
    try {
      cipher.update(zeros, 0, count, out, 0);
    } catch (ShortBufferException e) {
      throw new IllegalArgumentException("a buffer for the key stream is too short", e);
    }
  }

  Secret nextSecret() {
    return Secret.taking(next(Secret.BYTES));
  }
}
