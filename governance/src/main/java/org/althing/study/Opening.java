package org.althing.study;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * What a commitment in the log commits to. Its owner shows it to whoever may know; once it is
 * erased, nobody can tell any more what the commitment was about, and the log need not change.
 *
 * @param salt {@value #SALT_BYTES} random bytes: without it, payloads could be guessed
 */
public record Opening(Bytes salt, Bytes payload) {
  public static final int SALT_BYTES = 32;

  /** Longer ones are not read. */
  public static final int MOST_BYTES = 1 << 16;

  private static final String LABEL = "commitment/v1";

  public Opening {
    if (salt.length() != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has %d bytes".formatted(SALT_BYTES));
    }
  }

  /**
   * @param salt fresh from the operating system
   */
  public static Opening of(byte[] salt, byte[] payload) {
    return new Opening(Bytes.of(salt), Bytes.of(payload));
  }

  /** The digest that stands in the log. */
  public Digest commitment() {
    return Digest.of(toBytes());
  }

  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putBytes(salt.toArray())
        .putBytes(payload.toArray())
        .toBytes();
  }

  public static Opening ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      Opening opening = new Opening(Bytes.of(in.getBytes()), Bytes.of(in.getBytes()));
      in.end();
      return opening;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
