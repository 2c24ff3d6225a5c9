package org.althing.cli;

import java.nio.charset.StandardCharsets;
import org.althing.audit.Checkpoint;
import org.althing.audit.ForkEvidence;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.federation.SigningKey;
import org.althing.study.Examples;

/** Test fixture: two histories under one key, which differ from their second entry on. */
final class Forks {
  static final String ORIGIN = "coordinator.example/log";
  private static final SigningKey KEY = Examples.key(60);

  private Forks() {}

  /** The log's key, as a folder's {@code log/key} has it. */
  static byte[] key() {
    return key(KEY);
  }

  static byte[] key(SigningKey of) {
    return (new NoteKey(ORIGIN, NoteKey.Type.ED25519, of.verifyingKey()).toText() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static MerkleTree tree(int size, int history) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      tree.append(new byte[] {(byte) i, (byte) Math.min(i, history)});
    }
    return tree;
  }

  private static SignedNote signed(MerkleTree tree) {
    return SignedNote.sign(Checkpoint.of(ORIGIN, tree).toText(), ORIGIN, KEY);
  }

  /** A witness of the first history was shown {@code to} entries of the second one. */
  static ForkEvidence fork(int from, int to) {
    return evidence(from, to, 1);
  }

  /** The same where there is one history alone. */
  static ForkEvidence growth(int from, int to) {
    return evidence(from, to, 0);
  }

  private static ForkEvidence evidence(int from, int to, int history) {
    MerkleTree newer = tree(to, history);
    return new ForkEvidence(signed(tree(from, 0)), signed(newer), newer.consistency(from, to));
  }

  static byte[] bytes(ForkEvidence evidence) {
    return evidence.toText().getBytes(StandardCharsets.UTF_8);
  }
}
