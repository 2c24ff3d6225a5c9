package org.althing.cleaning;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under a study's salt, cut to 64 bits. Each text is preceded by its length, so that
 * different rows never give the same bytes. Not safe for concurrent use.
 */
final class UnitHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int FIRST_ROOM = 1024;
  private static final int LENGTH_BYTES = 4;
  private static final int MOST_BYTES_PER_CHAR = 3;

  private final Mac mac;
  private final byte[] result = new byte[32];
  private byte[] bytes = new byte[FIRST_ROOM];
  private int size;

  UnitHash(byte[] salt) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  long of(String label, String... texts) {
    add(label);
    for (String text : texts) {
      add(text);
    }
    return finish();
  }

  /**
   * The hash of the {@code copy}-th further row of a content whose first row hashes to {@code
   * content}.
   */
  long ofCopy(long content, int copy) {
    add("copy/v1");
    ByteBuffer.wrap(bytes, size, Long.BYTES + Integer.BYTES).putLong(content).putInt(copy);
    size += Long.BYTES + Integer.BYTES;
    return finish();
  }

  private void add(String text) {
    int length = text.length();
    reserve(LENGTH_BYTES + MOST_BYTES_PER_CHAR * length);
    int start = size + LENGTH_BYTES;
    int end = start;
    for (int i = 0; i < length && end - start == i; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[end++] = (byte) c;
      }
    }
    if (end - start < length) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(encoded, 0, bytes, start, encoded.length);
      end = start + encoded.length;
    }
    ByteBuffer.wrap(bytes).putInt(size, end - start);
    size = end;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  private long finish() {
    mac.update(bytes, 0, size);
    size = 0;
    try {
      mac.doFinal(result, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(ALGORITHM + " has 32 bytes", e);
    }
    return ByteBuffer.wrap(result).getLong();
  }
}
