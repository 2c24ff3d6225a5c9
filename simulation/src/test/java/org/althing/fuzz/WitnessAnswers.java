package org.althing.fuzz;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.MalformedEncoding;
import org.althing.study.Examples;

/**
 * A log that signs whatever it likes, and a witness that has seen seven entries: it may only ever
 * accept one of the trees that really continue them.
 */
final class WitnessAnswers implements FuzzTarget {
  private static final String ORIGIN = "l";
  private static final int SEEN = 7;
  private static final int GROWN = 40;
  private static final NoteKey LOG =
      new NoteKey(ORIGIN, NoteKey.Type.ED25519, Examples.key(50).verifyingKey());
  private static final MerkleTree TREE = tree(GROWN);
  private static final Witness WITNESS =
      new Witness(LOG, Checkpoint.of(ORIGIN, tree(SEEN)), Optional.empty());

  private static MerkleTree tree(int entries) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < entries; i++) {
      tree.append(new byte[] {(byte) i});
    }
    return tree;
  }

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    boolean sign = in.choose(2) == 0;
    String text = new String(in.some(), java.nio.charset.StandardCharsets.UTF_8);
    String rest = new String(in.rest(), java.nio.charset.StandardCharsets.UTF_8);
    Optional<ConsistencyProof> proof = proof(rest);
    if (proof.isEmpty()) {
      return false;
    }
    SignedNote note =
        SignedNote.sign(
            text.endsWith("\n") ? text : text + "\n", ORIGIN, Examples.key(sign ? 50 : 51));
    if (WITNESS.judge(note, proof.get()) instanceof Witness.Accepted accepted) {
      Checkpoint next = accepted.next().seen();
      boolean real =
          sign
              && next.size() >= SEEN
              && next.size() <= GROWN
              && next.equals(Checkpoint.of(ORIGIN, tree((int) next.size())));
      if (!real) {
        throw new AssertionError("the witness accepted a tree that is no growth of what it saw");
      }
      return true;
    }
    return false;
  }

  private static Optional<ConsistencyProof> proof(String text) {
    try {
      return Optional.of(ConsistencyProof.parse(text));
    } catch (MalformedEncoding e) {
      Promise.showable(e);
      return Optional.empty();
    }
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    for (int size : new int[] {7, 8, 11, 16, 33, 40}) {
      byte[] text =
          Checkpoint.of(ORIGIN, tree(size))
              .toText()
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] proof =
          TREE.consistency(SEEN, size).toText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      for (int signer = 0; signer < 2; signer++) {
        byte[] input = new byte[2 + text.length + proof.length];
        input[0] = (byte) ('0' + signer);
        input[1] = (byte) text.length;
        System.arraycopy(text, 0, input, 2, text.length);
        System.arraycopy(proof, 0, input, 2 + text.length, proof.length);
        seeds.put(
            (signer == 0 ? "grown-to-%02d" : "refused-not-signed-%02d").formatted(size), input);
      }
    }
    return seeds;
  }

  @Override
  public java.util.List<String> words() {
    return java.util.List.of("from 7\n", "to ", "\n", "l\n", "9223372036854775807");
  }

  @Override
  public Allowance allowance() {
    return new Allowance(1 << 20, 400);
  }
}
