package org.althing.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.althing.federation.SigningKey;
import org.althing.federation.VerifyingKey;

/**
 * A witness's statement that, at a time, this was the largest consistent tree it had seen of the
 * log (C2SP tlog-cosignature v1, type 0x04): big-endian seconds, then Ed25519 over {@code
 * cosignature/v1}, the time and the note's text.
 */
public final class Cosignature {
  private final NoteSignature line;
  private final long unixSeconds;

  private Cosignature(NoteSignature line, long unixSeconds) {
    this.line = line;
    this.unixSeconds = unixSeconds;
  }

  /** The line as a cosignature, unverified; empty where its length or time is not one's. */
  public static Optional<Cosignature> of(NoteSignature line) {
    byte[] signature = line.signature();
    if (signature.length != NoteKey.Type.COSIGNATURE.signatureBytes) {
      return Optional.empty();
    }
    long unixSeconds = ByteBuffer.wrap(signature).getLong();
    return unixSeconds < 0 ? Optional.empty() : Optional.of(new Cosignature(line, unixSeconds));
  }

  public static Cosignature sign(String text, String name, SigningKey key, long unixSeconds) {
    if (unixSeconds < 0) {
      throw new IllegalArgumentException("a cosignature's time is never negative");
    }
    byte[] signature = key.sign(message(text, unixSeconds));
    byte[] timed =
        ByteBuffer.allocate(8 + signature.length).putLong(unixSeconds).put(signature).array();
    NoteKey id = new NoteKey(name, NoteKey.Type.COSIGNATURE, key.verifyingKey());
    return new Cosignature(new NoteSignature(name, id.id(), timed), unixSeconds);
  }

  public NoteSignature line() {
    return line;
  }

  public long unixSeconds() {
    return unixSeconds;
  }

  boolean verifies(String text, VerifyingKey key) {
    byte[] signature = new byte[SigningKey.SIGNATURE_BYTES];
    ByteBuffer.wrap(line.signature()).position(8).get(signature);
    return key.verifies(message(text, unixSeconds), signature);
  }

  private static byte[] message(String text, long unixSeconds) {
    return ("cosignature/v1\ntime " + unixSeconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
