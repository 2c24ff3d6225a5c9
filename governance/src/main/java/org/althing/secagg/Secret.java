package org.althing.secagg;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;

/**
 * 32 secret bytes: a key, a seed. Has no {@code equals}, prints nothing of its content, and can be
 * erased; reading an erased secret is a defect and fails.
 *
 * <p>Whatever needs a secret for the last time takes it over and erases it ({@link KeyStream},
 * {@link Sealing}, {@link Hkdf#deriveLast}, {@link #moveTo}), so that no caller has to.
 */
final class Secret {
  static final int BYTES = 32;
  private final byte[] content;
  private boolean erased;

  private Secret(byte[] content) {
    if (content.length != BYTES) {
      throw new IllegalArgumentException("a secret has 32 bytes, got " + content.length);
    }
    this.content = content;
  }

  /** Keeps {@code source} itself, which is erased with this. */
  static Secret taking(byte[] source) {
    return new Secret(source);
  }

  /** Copies {@code source}, which the caller erases. */
  static Secret copying(byte[] source) {
    return new Secret(source.clone());
  }

  /** What {@code use} makes of the content, which it neither changes nor keeps. */
  <T> T read(Function<byte[], T> use) {
    return use.apply(content());
  }

  private byte[] content() {
    if (erased) {
      throw new IllegalStateException("this secret was erased when it had served its purpose");
    }
    return content;
  }

  /** A key for the platform's ciphers, which hold a copy until they are collected. */
  SecretKeySpec keyFor(String algorithm) {
    return new SecretKeySpec(content(), algorithm);
  }

  /** No longer a secret. */
  Bytes reveal() {
    return Bytes.of(content());
  }

  /** Writes the content into {@code target}, which the caller erases. */
  void copyTo(byte[] target, int at) {
    System.arraycopy(content(), 0, target, at, BYTES);
  }

  /** The same, and erases this. */
  void moveTo(byte[] target, int at) {
    copyTo(target, at);
    destroy();
  }

  boolean matches(Secret other) {
    return MessageDigest.isEqual(content(), other.content());
  }

  /** A commitment under {@code label}. */
  Digest digest(String label) {
    return new CanonicalWriter(label).putBytes(content()).digest();
  }

  void destroy() {
    Arrays.fill(content, (byte) 0);
    erased = true;
  }

  @Override
  public String toString() {
    return "Secret[32 bytes]";
  }
}
