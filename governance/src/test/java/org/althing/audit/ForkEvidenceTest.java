package org.althing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.junit.jupiter.api.Test;

/** Two trees that differ in one entry, under one key, at every pair of sizes up to twenty. */
class ForkEvidenceTest {
  private static final String ORIGIN = "coordinator.example/log";
  private static final SigningKey KEY = key(1);
  private static final NoteKey LOG = new NoteKey(ORIGIN, NoteKey.Type.ED25519, KEY.verifyingKey());
  private static final int MOST = 20;

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.SEED_BYTES];
    bytes[0] = (byte) seed;
    return SigningKey.ofSeed(bytes);
  }

  /** A tree whose entry {@code other} is another one; none is where it is beyond the last. */
  private static MerkleTree tree(int size, int other) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      tree.append(new byte[] {(byte) i, (byte) (i == other ? 1 : 0)});
    }
    return tree;
  }

  private static SignedNote signed(MerkleTree tree, SigningKey key) {
    return SignedNote.sign(Checkpoint.of(ORIGIN, tree).toText(), ORIGIN, key);
  }

  private static ForkEvidence fork(int from, int to, int other) {
    MerkleTree newer = tree(to, other);
    return new ForkEvidence(
        signed(tree(from, MOST), KEY), signed(newer, KEY), newer.consistency(from, to));
  }

  @Test
  void aForkIsAProofByItselfUnlessTheFirstSizeIsAPowerOfTwo() {
    for (int from = 1; from <= MOST; from++) {
      for (int to = from; to <= MOST; to++) {
        for (int other = 0; other < from; other++) {
          boolean tells = from == to || Integer.bitCount(from) != 1;
          ForkEvidence fork = fork(from, to, other);
          assertThat(fork.isSigned(LOG)).isTrue();
          assertThat(fork.why().isPresent())
              .as("%d of %d, the trees differ in entry %d", from, to, other)
              .isEqualTo(tells);
        }
      }
    }
    assertThat(fork(5, 5, 0).why()).contains("two trees of 5 entries with other roots");
    assertThat(fork(5, 9, 0).why())
        .contains("a tree of 5 entries, and one of 9 whose first 5 have another root");
  }

  @Test
  void oneHistoryIsNoFork() {
    for (int from = 1; from <= MOST; from++) {
      for (int to = from; to <= MOST; to++) {
        assertThat(fork(from, to, MOST).why()).isEmpty();
      }
    }
  }

  /** A proof that leads to another tree, or from other sizes, tells nothing of these. */
  @Test
  void aProofOfSomethingElseAccusesNobody() {
    MerkleTree honest = tree(9, MOST);
    for (ConsistencyProof proof :
        List.of(
            tree(9, 0).consistency(5, 9),
            tree(8, 0).consistency(5, 8),
            honest.consistency(6, 9),
            new ConsistencyProof(5, 9, List.of()),
            new ConsistencyProof(0, 9, List.of()))) {
      assertThat(new ForkEvidence(signed(tree(5, MOST), KEY), signed(honest, KEY), proof).why())
          .isEmpty();
    }
    ForkEvidence shrunk =
        new ForkEvidence(
            signed(honest, KEY), signed(tree(5, 0), KEY), tree(9, 0).consistency(5, 9));
    assertThat(shrunk.why()).isEmpty();
  }

  @Test
  void bothAreTheLogsOwnOrNobodys() {
    ForkEvidence fork = fork(5, 9, 0);
    SignedNote forged = signed(tree(9, 0), key(2));
    assertThat(new ForkEvidence(fork.seen(), forged, fork.proof()).isSigned(LOG)).isFalse();
    assertThat(new ForkEvidence(forged, fork.refused(), fork.proof()).isSigned(LOG)).isFalse();
    SignedNote other =
        SignedNote.sign(Checkpoint.of("other.example/log", tree(9, 0)).toText(), ORIGIN, KEY);
    assertThat(new ForkEvidence(fork.seen(), other, fork.proof()).isSigned(LOG)).isFalse();
    SignedNote none = SignedNote.sign("hello\n", ORIGIN, KEY);
    assertThat(new ForkEvidence(fork.seen(), none, fork.proof()).isSigned(LOG)).isFalse();
    assertThat(new ForkEvidence(none, fork.refused(), fork.proof()).why()).isEmpty();
  }

  @Test
  void readsWhatItWroteAndNothingElse() throws MalformedEncoding {
    for (ForkEvidence fork : List.of(fork(5, 9, 0), fork(5, 5, 0), fork(4, 20, 3))) {
      byte[] text = fork.toText().getBytes(StandardCharsets.UTF_8);
      assertThat(ForkEvidence.parse(text)).isEqualTo(fork);
      for (int i = 0; i < text.length; i++) {
        int cut = i;
        assertThatThrownBy(() -> ForkEvidence.parse(Arrays.copyOf(text, cut)))
            .isInstanceOf(MalformedEncoding.class);
      }
      assertThatThrownBy(
              () -> ForkEvidence.parse((fork.toText() + "\n").getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(MalformedEncoding.class);
    }
    assertThatThrownBy(() -> ForkEvidence.parse(new byte[ForkEvidence.MOST_BYTES + 1]))
        .isInstanceOf(MalformedEncoding.class);
  }
}
