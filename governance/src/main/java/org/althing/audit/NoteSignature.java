package org.althing.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.althing.encoding.MalformedEncoding;

/** A signature line of a signed note: who, which key, and the bytes that the key's type defines. */
public final class NoteSignature {
  private static final int MOST_BYTES = 8192;
  private final String name;
  private final int keyId;
  private final byte[] signature;

  NoteSignature(String name, int keyId, byte[] signature) {
    if (!StrictText.isKeyName(name) || signature.length == 0 || signature.length > MOST_BYTES) {
      throw new IllegalArgumentException("a signature line has a key name and a signature");
    }
    this.name = name;
    this.keyId = keyId;
    this.signature = signature.clone();
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  byte[] signature() {
    return signature.clone();
  }

  /** Whether the line claims to be by {@code key}; {@link SignedNote#signedBy} checks the claim. */
  public boolean claims(NoteKey key) {
    return name.equals(key.name()) && keyId == key.id();
  }

  /** The line without its line feed: em dash, name, base64 of key id and signature. */
  public String toText() {
    byte[] bytes = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature).array();
    return "\u2014 " + name + " " + StrictText.base64(bytes);
  }

  public static NoteSignature parse(String line) throws MalformedEncoding {
    String[] parts = line.split(" ", 4);
    if (parts.length != 3 || !parts[0].equals("\u2014")) {
      throw new MalformedEncoding("a signature line is an em dash, a name and base64");
    }
    byte[] bytes = StrictText.base64(parts[2]);
    if (bytes.length < 5) {
      throw new MalformedEncoding("a signature has a key id of four bytes and content");
    }
    try {
      return new NoteSignature(
          parts[1], ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, 4, bytes.length));
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && name.equals(that.name)
        && keyId == that.keyId
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, keyId, Arrays.hashCode(signature));
  }

  @Override
  public String toString() {
    return toText();
  }
}
