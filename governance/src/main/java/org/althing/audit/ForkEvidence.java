package org.althing.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * A checkpoint that a witness had seen and one that it refused, not smaller, both as the log signed
 * them, with what was given as proof that the one continues the other. Whoever knows the log's key
 * can read from it whether the log told two histories; where {@link #why} does not say so, a copy
 * of the log decides, by whether it has both.
 *
 * <p>That the two were shown in this order, or to the same witness, is nobody's proof but the
 * witness's word.
 *
 * @param proof as it came with the refused one: of any sizes
 */
public record ForkEvidence(SignedNote seen, SignedNote refused, ConsistencyProof proof) {
  /** The first line of every such text. */
  public static final String FIRST_LINE = "althing/fork/v1";

  /** Longer ones are not read. */
  public static final int MOST_BYTES = 1 << 16;

  /** Whether the log signed both, and they are of it. */
  public boolean isSigned(NoteKey log) {
    return seen.signedBy(log)
        && refused.signedBy(log)
        && checkpoint(seen).filter(c -> c.origin().equals(log.name())).isPresent()
        && checkpoint(refused).filter(c -> c.origin().equals(log.name())).isPresent();
  }

  /**
   * Why no one history has both, as far as they say it themselves: two trees of one size, or a
   * proof that leads to the larger one from another beginning than the smaller one. Says nothing of
   * who signed, see {@link #isSigned}.
   */
  public Optional<String> why() {
    Optional<Checkpoint> before = checkpoint(seen);
    Optional<Checkpoint> after = checkpoint(refused);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    long size = before.get().size();
    Digest root = before.get().root();
    if (size == after.get().size()) {
      return root.equals(after.get().root())
          ? Optional.empty()
          : Optional.of("two trees of %d entries with other roots".formatted(size));
    }
    return proof.from() == size && proof.to() == after.get().size()
        ? proof
            .olderIn(after.get().root())
            .filter(beginning -> !beginning.equals(root))
            .map(
                beginning ->
                    "a tree of %d entries, and one of %d whose first %d have another root"
                        .formatted(size, proof.to(), size))
        : Optional.empty();
  }

  private static Optional<Checkpoint> checkpoint(SignedNote note) {
    try {
      return Optional.of(Checkpoint.parse(note.text()));
    } catch (MalformedEncoding e) {
      return Optional.empty();
    }
  }

  /** {@value #FIRST_LINE}, the proof, and the two notes, with a blank line before each. */
  public String toText() {
    return String.join("\n", FIRST_LINE + "\n" + proof.toText(), text(seen), text(refused));
  }

  private static String text(SignedNote note) {
    return new String(note.toBytes(), StandardCharsets.UTF_8);
  }

  public Digest digest() {
    return Digest.of(toText().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #toText} wrote; nothing is proved until {@link #isSigned} and {@link #why}
   * say so.
   */
  public static ForkEvidence parse(byte[] bytes) throws MalformedEncoding {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedEncoding("a fork's evidence has at most " + MOST_BYTES + " bytes");
    }
    String text = StrictText.utf8(bytes);
    String[] parts = text.split("\n\n", -1);
    String first = FIRST_LINE + "\n";
    if (parts.length != 5 || !parts[0].startsWith(first)) {
      throw new MalformedEncoding(
          "a fork's evidence is the line " + FIRST_LINE + ", a proof and two signed notes");
    }
    return new ForkEvidence(
        note(parts[1], parts[2] + "\n"),
        note(parts[3], parts[4]),
        ConsistencyProof.parse(parts[0].substring(first.length()) + "\n"));
  }

  private static SignedNote note(String text, String signatures) throws MalformedEncoding {
    return SignedNote.parse((text + "\n\n" + signatures).getBytes(StandardCharsets.UTF_8));
  }
}
