package org.althing.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.VerifyingKey;

/**
 * A named public key of signed notes: what C2SP writes as a vkey, {@code name+id+base64(type ‖
 * key)}.
 */
public record NoteKey(String name, Type type, VerifyingKey key) {
  /** What the key signs; one pair of keys and one name may do both, under different ids. */
  public enum Type {
    /** Ed25519 over the note's text: the log's own signature. */
    ED25519(1, 64),
    /** Ed25519 over a time and the note's text: a witness's cosignature. */
    COSIGNATURE(4, 72);

    private final byte code;
    final int signatureBytes;

    Type(int code, int signatureBytes) {
      this.code = (byte) code;
      this.signatureBytes = signatureBytes;
    }

    static Type ofCode(byte code) throws MalformedEncoding {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new MalformedEncoding("a key's type is 1 (Ed25519) or 4 (cosignature), got " + code);
    }
  }

  public NoteKey {
    if (!StrictText.isKeyName(name)) {
      throw new IllegalArgumentException(
          "a key's name has at least one character and neither spaces nor plus signs");
    }
  }

  /** The first four bytes of SHA-256(name ‖ line feed ‖ type ‖ key). */
  public int id() {
    MessageDigest sha = Digest.sha256();
    sha.update(name.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) '\n');
    sha.update(type.code);
    return ByteBuffer.wrap(sha.digest(key.bytes())).getInt();
  }

  public String toText() {
    byte[] material =
        ByteBuffer.allocate(1 + VerifyingKey.BYTES).put(type.code).put(key.bytes()).array();
    return String.format(Locale.ROOT, "%s+%08x+%s", name, id(), StrictText.base64(material));
  }

  public static NoteKey parse(String text) throws MalformedEncoding {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new MalformedEncoding("a verifier key is name+id+key");
    }
    byte[] material = StrictText.base64(parts[2]);
    if (material.length != 1 + VerifyingKey.BYTES) {
      throw new MalformedEncoding("a verifier key holds a type and 32 bytes");
    }
    Type type = Type.ofCode(material[0]);
    try {
      NoteKey key =
          new NoteKey(
              parts[0],
              type,
              VerifyingKey.ofBytes(Arrays.copyOfRange(material, 1, material.length)));
      if (!key.toText().equals(text)) {
        throw new MalformedEncoding("the id of verifier key " + parts[0] + " is not its digest");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding(String.valueOf(e.getMessage()));
    }
  }
}
