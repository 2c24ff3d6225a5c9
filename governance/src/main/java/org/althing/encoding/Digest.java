package org.althing.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, a value. Compared in constant time, printed as hexadecimal. */
public final class Digest {
  public static final int BYTES = 32;
  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The digest of {@code content} as it stands; for domain objects use {@link CanonicalWriter},
   * which adds a label.
   */
  public static Digest of(byte[] content) {
    return new Digest(sha256().digest(content));
  }

  public static Digest ofBytes(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a digest has 32 bytes, got " + digest.length);
    }
    return new Digest(digest.clone());
  }

  public static Digest ofHex(String hex) {
    return ofBytes(HexFormat.of().parseHex(hex));
  }

  /** A new SHA-256 engine, for content too long to hold. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The first eight hexadecimal digits, for people to compare at a glance; never for machines. */
  public String brief() {
    return hex().substring(0, 8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
