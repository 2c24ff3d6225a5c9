package org.althing.secagg;

import java.security.MessageDigest;
import java.util.Arrays;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;

/**
 * 32 secret bytes: a key, a seed. Has no {@code equals}, prints nothing of its content, and can be
 * erased; reading an erased secret is a defect and fails.
 */
final class Secret {
  static final int BYTES = 32;
  private final byte[] content = new byte[BYTES];
  private boolean erased;

  /** Copies {@code source}, which the caller erases. */
  Secret(byte[] source) {
    if (source.length != BYTES) {
      throw new IllegalArgumentException("a secret has 32 bytes, got " + source.length);
    }
    System.arraycopy(source, 0, content, 0, BYTES);
  }

  /** Takes {@code source} over and erases it. */
  static Secret taking(byte[] source) {
    Secret taken = new Secret(source);
    Arrays.fill(source, (byte) 0);
    return taken;
  }

  /** A copy of the content, for a cipher; whoever asks erases it. */
  byte[] expose() {
    if (erased) {
      throw new IllegalStateException("this secret was erased when its round or epoch moved on");
    }
    return content.clone();
  }

  /** Writes the content into {@code target}, which the caller erases. */
  void copyTo(byte[] target, int at) {
    byte[] exposed = expose();
    System.arraycopy(exposed, 0, target, at, BYTES);
    Arrays.fill(exposed, (byte) 0);
  }

  boolean matches(Secret other) {
    return MessageDigest.isEqual(expose(), other.expose());
  }

  /** A commitment under {@code label}. */
  Digest digest(String label) {
    byte[] exposed = expose();
    Digest digest = new CanonicalWriter(label).putBytes(exposed).digest();
    Arrays.fill(exposed, (byte) 0);
    return digest;
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
