package org.althing.cleaning;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under a study's salt, cut to 64 bits. Each text is preceded by its length, so that
 * different rows never give the same bytes. Not safe for concurrent use.
 */
final class UnitHash {
  private static final String ALGORITHM = "HmacSHA256";
  private final Mac mac;

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
    mac.update(ByteBuffer.allocate(12).putLong(content).putInt(copy).flip());
    return finish();
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    mac.update(bytes);
  }

  private long finish() {
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }
}
