package org.althing.cleaning;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

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

  /** Starts a hash; the label says what of. */
  void begin(String label) {
    byte[] utf8 = label.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** Adds a text's UTF-8. */
  void add(byte[] utf8, int from, int to) {
    reserve(LENGTH_BYTES + to - from);
    LENGTH.set(bytes, size, to - from);
    System.arraycopy(utf8, from, bytes, size + LENGTH_BYTES, to - from);
    size += LENGTH_BYTES + to - from;
  }

  /**
   * The hash of the {@code copy}-th further row of a content whose first row hashes to {@code
   * content}.
   */
  long ofCopy(long content, int copy) {
    begin("copy/v1");
    ByteBuffer.wrap(bytes, size, Long.BYTES + Integer.BYTES).putLong(content).putInt(copy);
    size += Long.BYTES + Integer.BYTES;
    return finish();
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** The hash of what was added since {@link #begin}. */
  long finish() {
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
