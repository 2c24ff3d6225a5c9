package org.althing.secagg;

import java.util.Arrays;

/**
 * An immutable byte string of a message: a key, a ciphertext, a signature. Equal by content,
 * printed by length only; never for secrets, which are {@link Secret}.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  public int length() {
    return content.length;
  }

  public byte[] toArray() {
    return content.clone();
  }

  /** Fails with {@link IllegalArgumentException} unless this has exactly {@code length} bytes. */
  Bytes ofLength(String what, int length) {
    if (content.length != length) {
      throw new IllegalArgumentException(
          "%s has %d bytes, got %d".formatted(what, length, content.length));
    }
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Bytes[" + content.length + "]";
  }
}
