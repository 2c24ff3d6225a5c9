package org.althing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.Cosignature;
import org.althing.audit.ForkEvidence;
import org.althing.audit.InclusionProof;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.NoteSignature;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.study.Examples;

/** The texts of the log: checkpoints, notes, keys and proofs. */
final class LogNotes implements FuzzTarget {
  private static final String ORIGIN = "coordinator.example/althing";
  private static final NoteKey LOG =
      new NoteKey(ORIGIN, NoteKey.Type.ED25519, Examples.key(50).verifyingKey());
  private static final NoteKey COSIGNER =
      new NoteKey("org-a", NoteKey.Type.COSIGNATURE, Examples.key(0).verifyingKey());
  private static final Digest ANY = Digest.of(new byte[] {1});

  private static final List<Canonical<?>> KINDS =
      List.of(
          new Canonical<>(b -> Checkpoint.parse(text(b)), c -> utf8(c.toText())),
          new Canonical<>(LogNotes::note, SignedNote::toBytes),
          new Canonical<>(b -> NoteSignature.parse(text(b)), s -> utf8(s.toText())),
          new Canonical<>(b -> NoteKey.parse(text(b)), k -> utf8(k.toText())),
          new Canonical<>(LogNotes::inclusion, p -> utf8(p.toText())),
          new Canonical<>(LogNotes::consistency, p -> utf8(p.toText())),
          new Canonical<>(LogNotes::receipt, r -> utf8(r.toText())),
          new Canonical<>(LogNotes::fork, f -> utf8(f.toText())));

  private static SignedNote note(byte[] bytes) throws org.althing.encoding.MalformedEncoding {
    SignedNote note = SignedNote.parse(bytes);
    note.signedBy(LOG);
    note.signedBy(COSIGNER);
    note.signatures().forEach(Cosignature::of);
    return note;
  }

  private static InclusionProof inclusion(byte[] bytes)
      throws org.althing.encoding.MalformedEncoding {
    InclusionProof proof = InclusionProof.parse(text(bytes));
    proof.proves(ANY, ANY);
    return proof;
  }

  private static ConsistencyProof consistency(byte[] bytes)
      throws org.althing.encoding.MalformedEncoding {
    ConsistencyProof proof = ConsistencyProof.parse(text(bytes));
    proof.proves(ANY, ANY);
    return proof;
  }

  private static InclusionReceipt receipt(byte[] bytes)
      throws org.althing.encoding.MalformedEncoding {
    InclusionReceipt receipt = InclusionReceipt.parse(bytes);
    receipt.holds(LOG);
    return receipt;
  }

  private static ForkEvidence fork(byte[] bytes) throws org.althing.encoding.MalformedEncoding {
    ForkEvidence fork = ForkEvidence.parse(bytes);
    fork.isSigned(LOG);
    fork.why();
    return fork;
  }

  /** As a reader of a file or message makes it; what is no UTF-8 is never canonical. */
  private static String text(byte[] bytes) throws org.althing.encoding.MalformedEncoding {
    String text = new String(bytes, UTF_8);
    if (!java.util.Arrays.equals(utf8(text), bytes)) {
      throw new org.althing.encoding.MalformedEncoding("not UTF-8");
    }
    return text;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    return KINDS.get(in.choose(KINDS.size())).take(in.rest());
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < 11; i++) {
      tree.append(new byte[] {(byte) i});
    }
    String text = Checkpoint.of(ORIGIN, tree).toText();
    SignedNote note =
        SignedNote.sign(text, ORIGIN, Examples.key(50))
            .with(Cosignature.sign(text, "org-a", Examples.key(0), 1_795_471_200L).line());
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put("checkpoint", Input.choosing(0, text));
    seeds.put("empty-log", Input.choosing(0, Checkpoint.empty(ORIGIN).toText()));
    seeds.put("note", Input.choosing(1, note.toBytes()));
    seeds.put("signature", Input.choosing(2, note.signatures().get(0).toText()));
    seeds.put("key", Input.choosing(3, LOG.toText()));
    seeds.put("cosigner", Input.choosing(3, COSIGNER.toText()));
    seeds.put("inclusion", Input.choosing(4, tree.inclusion(6, 11).toText()));
    seeds.put("consistency", Input.choosing(5, tree.consistency(6, 11).toText()));
    seeds.put("growth-from-nothing", Input.choosing(5, tree.consistency(0, 11).toText()));
    seeds.put(
        "receipt",
        Input.choosing(
            6,
            new InclusionReceipt(Bytes.of(new byte[] {6}), tree.inclusion(6, 11), note).toText()));
    SignedNote seen =
        SignedNote.sign(new Checkpoint(ORIGIN, 6, ANY).toText(), ORIGIN, Examples.key(50));
    seeds.put(
        "fork",
        Input.choosing(
            7, new ForkEvidence(seen, note.only(LOG), tree.consistency(6, 11)).toText()));
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        ORIGIN,
        ForkEvidence.FIRST_LINE + "\n",
        "index ",
        "size ",
        "from ",
        "to ",
        "\n",
        "\n\n",
        "\u2014 ",
        "org-a",
        "+",
        "9223372036854775807",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  }

  @Override
  public Allowance allowance() {
    return new Allowance(1 << 20, 400);
  }
}
