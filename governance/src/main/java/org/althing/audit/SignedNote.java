package org.althing.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;

/**
 * A text and the signatures on it (C2SP signed-note v1.0.0). The text means nothing until {@link
 * #signedBy} a key that the reader trusts.
 *
 * @param text one or more lines, the last one ended by a line feed
 * @param signatures at least one, at most {@value #MOST_SIGNATURES}, no line twice
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  public static final int MOST_SIGNATURES = 256;
  private static final int MOST_BYTES = 1 << 20;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("a note's text ends with a line feed");
    }
    if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to " + MOST_SIGNATURES + " signatures");
    }
    if (signatures.stream().distinct().count() != signatures.size()) {
      throw new IllegalArgumentException("a note carries one signature line twice");
    }
  }

  /** A note with one signature, the log's own. */
  public static SignedNote sign(String text, String name, SigningKey key) {
    NoteKey id = new NoteKey(name, NoteKey.Type.ED25519, key.verifyingKey());
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    return new SignedNote(text, List.of(new NoteSignature(name, id.id(), signature)));
  }

  public static SignedNote parse(byte[] bytes) throws MalformedEncoding {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedEncoding("a note has at most " + MOST_BYTES + " bytes");
    }
    String note = StrictText.utf8(bytes);
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0) {
      throw new MalformedEncoding("a note's text and its signatures stand apart by a blank line");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : StrictText.lines(note.substring(blank + 2), MOST_SIGNATURES)) {
      signatures.add(NoteSignature.parse(line));
    }
    try {
      return new SignedNote(note.substring(0, blank + 1), signatures);
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding(String.valueOf(e.getMessage()));
    }
  }

  public byte[] toBytes() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (NoteSignature signature : signatures) {
      note.append(signature.toText()).append('\n');
    }
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** This note with one signature more, such as a witness's cosignature. */
  public SignedNote with(NoteSignature signature) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.add(signature);
    return new SignedNote(text, all);
  }

  /**
   * This note with those signatures alone that claim to be {@code key}'s; there is one at least.
   */
  public SignedNote only(NoteKey key) {
    return new SignedNote(text, signatures.stream().filter(s -> s.claims(key)).toList());
  }

  /**
   * Whether {@code key} signed this text: some line claims it, and every line that does is true.
   */
  public boolean signedBy(NoteKey key) {
    List<NoteSignature> claims = signatures.stream().filter(s -> s.claims(key)).toList();
    return !claims.isEmpty() && claims.stream().allMatch(s -> verifies(key, s));
  }

  private boolean verifies(NoteKey key, NoteSignature line) {
    byte[] signature = line.signature();
    if (signature.length != key.type().signatureBytes) {
      return false;
    }
    return switch (key.type()) {
      case ED25519 -> key.key().verifies(text.getBytes(StandardCharsets.UTF_8), signature);
      case COSIGNATURE -> Cosignature.of(line).filter(c -> c.verifies(text, key.key())).isPresent();
    };
  }
}
