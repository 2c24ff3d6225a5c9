package org.althing.encoding;

import java.util.Arrays;

/**
 * An immutable string of bytes with value equality, for signed statements, signatures and
 * documents. Not for secrets.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  public byte[] toArray() {
    return content.clone();
  }

  public int length() {
    return content.length;
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
