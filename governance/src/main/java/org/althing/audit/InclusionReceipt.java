package org.althing.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * An entry, the proof that a log holds it, and the checkpoint under which it does: everything that
 * somebody offline needs who knows the log's key (C2SP tlog-proof, with the entry as its extra).
 * Nothing is proved until {@link #holds} says so.
 */
public record InclusionReceipt(Bytes entry, InclusionProof proof, SignedNote checkpoint) {
  /** The first line of every such text. */
  public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

  /** Longer ones are not read. */
  public static final int MOST_BYTES = 1 << 21;

  private static final String EXTRA = "extra ";

  /** Whether the log signed a checkpoint of a tree that has the entry in this place. */
  public boolean holds(NoteKey log) {
    try {
      Checkpoint of = Checkpoint.parse(checkpoint.text());
      return checkpoint.signedBy(log)
          && of.origin().equals(log.name())
          && of.size() == proof.size()
          && proof.proves(MerkleTree.leafHash(entry.toArray()), of.root());
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  /** The text with the entry in it. */
  public String toText() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(EXTRA).append(StrictText.base64(entry.toArray())).append('\n');
    text.append("index ").append(proof.index()).append('\n');
    for (Digest hash : proof.hashes()) {
      text.append(StrictText.base64(hash.bytes())).append('\n');
    }
    text.append('\n').append(new String(checkpoint.toBytes(), StandardCharsets.UTF_8));
    return text.toString();
  }

  /** Reads {@link #toText} back; a text without an entry is refused. */
  public static InclusionReceipt parse(byte[] bytes) throws MalformedEncoding {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedEncoding("a receipt has at most " + MOST_BYTES + " bytes");
    }
    String text = StrictText.utf8(bytes);
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw new MalformedEncoding(
          "a receipt's proof and its checkpoint stand apart by a blank line");
    }
    List<String> lines = StrictText.lines(text.substring(0, blank + 1), ProofText.MOST_HASHES + 3);
    if (lines.size() < 3 || !lines.get(0).equals(FIRST_LINE)) {
      throw new MalformedEncoding("a receipt begins with the line " + FIRST_LINE);
    }
    if (!lines.get(1).startsWith(EXTRA) || !lines.get(2).startsWith("index ")) {
      throw new MalformedEncoding("a receipt has the lines extra, which is its entry, and index");
    }
    SignedNote checkpoint =
        SignedNote.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
    List<Digest> hashes = new ArrayList<>();
    for (String line : lines.subList(3, lines.size())) {
      hashes.add(StrictText.digest(line));
    }
    try {
      return new InclusionReceipt(
          Bytes.of(StrictText.base64(lines.get(1).substring(EXTRA.length()))),
          new InclusionProof(
              StrictText.number(lines.get(2).substring("index ".length())),
              Checkpoint.parse(checkpoint.text()).size(),
              hashes),
          checkpoint);
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding(String.valueOf(e.getMessage()));
    }
  }
}
