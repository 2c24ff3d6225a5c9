package org.althing.privacy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keystream of AES-256 in counter mode under a zero counter block (NIST SP 800-38A §6.5), as
 * little-endian words.
 *
 * <p>One key, one stream: a key is fresh from the operating system for every release and attempt.
 * The key is wiped from the caller's array at once and from here on {@link #close}; copies inside
 * the platform's cipher live until they are collected. Not safe for concurrent use.
 */
public final class AesCtrWords implements RandomWords, AutoCloseable {
  public static final int KEY_BYTES = 32;
  private static final int BUFFER_BYTES = 4096;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] ZEROS = new byte[BUFFER_BYTES];
  final Cipher cipher;
  final byte[] keystream = new byte[BUFFER_BYTES];
  private int position = BUFFER_BYTES;
  private boolean open = true;

  /**
   * @param key 32 uniform bytes, zero when this returns: nobody can start the same stream twice
   */
  public AesCtrWords(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a noise key has 32 bytes, got " + key.length);
    }
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      start(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private void start(byte[] key) throws GeneralSecurityException {
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
  }

  @Override
  public long next() {
    if (position == BUFFER_BYTES) {
      refill();
    }
    long word = (long) WORDS.get(keystream, position);
    position += Long.BYTES;
    return word;
  }

  private void refill() {
    if (!open) {
      throw new IllegalStateException("this keystream was wiped");
    }
    try {
      cipher.update(ZEROS, 0, BUFFER_BYTES, keystream);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stream cipher takes any number of bytes", e);
    }
    position = 0;
  }

  /** Wipes the key and the words not yet drawn. */
  @Override
  public void close() {
    open = false;
    Arrays.fill(keystream, (byte) 0);
    position = BUFFER_BYTES;
    try {
      start(new byte[KEY_BYTES]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    }
  }

  @Override
  public String toString() {
    return "AesCtrWords[]";
  }
}
