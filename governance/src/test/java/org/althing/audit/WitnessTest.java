package org.althing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

class WitnessTest {
  private static final String ORIGIN = "coordinator.example/log";
  private static final SigningKey LOG = key(1);
  private static final NoteKey LOG_KEY =
      new NoteKey(ORIGIN, NoteKey.Type.ED25519, LOG.verifyingKey());

  /** Of these the witness keeps what it was shown. */
  private static final Set<Witness.Reason> FORKS =
      Set.of(Witness.Reason.CONFLICTING_ROOT, Witness.Reason.INCONSISTENT);

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.SEED_BYTES];
    bytes[0] = (byte) seed;
    return SigningKey.ofSeed(bytes);
  }

  private static MerkleTree tree(int size, int salt) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      tree.append(new byte[] {(byte) i, (byte) salt});
    }
    return tree;
  }

  private static SignedNote signed(MerkleTree tree) {
    return SignedNote.sign(Checkpoint.of(ORIGIN, tree).toText(), ORIGIN, LOG);
  }

  private static Witness havingSeen(MerkleTree tree) {
    try {
      return Witness.having(LOG_KEY, signed(tree));
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private static Condition<Witness.Answer> refused(Witness.Reason reason) {
    return new Condition<>(
        answer ->
            answer instanceof Witness.Refused refused
                && refused.reason() == reason
                && refused.evidence().isPresent() == FORKS.contains(reason),
        "refused: %s",
        reason);
  }

  @Test
  void acceptsEveryGrowthOfAnHonestLog() {
    MerkleTree tree = new MerkleTree();
    Witness witness = Witness.of(LOG_KEY);
    for (int i = 0; i < 40; i++) {
      long seen = witness.seen().size();
      ConsistencyProof proof = tree.consistency(seen, tree.size());
      Witness.Answer answer = witness.judge(signed(tree), proof);
      assertThat(answer).isInstanceOf(Witness.Accepted.class);
      witness = ((Witness.Accepted) answer).next();
      assertThat(witness.seen()).isEqualTo(Checkpoint.of(ORIGIN, tree));
      for (int k = 0; k <= i % 3; k++) {
        tree.append(new byte[] {(byte) i, (byte) k});
      }
    }
  }

  @Test
  void refusesALogThatShrinks() {
    assertThat(
            havingSeen(tree(5, 0)).judge(signed(tree(4, 0)), new ConsistencyProof(4, 4, List.of())))
        .is(refused(Witness.Reason.SMALLER_THAN_SEEN));
  }

  @Test
  void refusesAForkOfTheSameSize() {
    assertThat(
            havingSeen(tree(5, 0)).judge(signed(tree(5, 1)), new ConsistencyProof(5, 5, List.of())))
        .is(refused(Witness.Reason.CONFLICTING_ROOT));
  }

  @Test
  void refusesAForkThatGrew() {
    for (int from = 1; from < 9; from++) {
      assertThat(
              havingSeen(tree(from, 0)).judge(signed(tree(9, 1)), tree(9, 1).consistency(from, 9)))
          .is(refused(Witness.Reason.INCONSISTENT));
    }
  }

  @Test
  void refusesAProofOfOtherSizes() {
    assertThat(havingSeen(tree(5, 0)).judge(signed(tree(9, 0)), tree(9, 0).consistency(4, 9)))
        .is(refused(Witness.Reason.PROOF_OF_OTHER_SIZES));
    assertThat(havingSeen(tree(5, 0)).judge(signed(tree(9, 0)), tree(8, 0).consistency(5, 8)))
        .is(refused(Witness.Reason.PROOF_OF_OTHER_SIZES));
  }

  @Test
  void refusesWhatAnotherKeySigned() {
    SignedNote forged = SignedNote.sign(Checkpoint.of(ORIGIN, tree(9, 0)).toText(), ORIGIN, key(2));
    assertThat(havingSeen(tree(5, 0)).judge(forged, tree(9, 0).consistency(5, 9)))
        .is(refused(Witness.Reason.NOT_SIGNED_BY_THE_LOG));
  }

  @Test
  void refusesACheckpointOfAnotherLogAndTextThatIsNone() {
    String other = Checkpoint.of("other.example/log", tree(9, 0)).toText();
    ConsistencyProof proof = tree(9, 0).consistency(5, 9);
    assertThat(havingSeen(tree(5, 0)).judge(SignedNote.sign(other, ORIGIN, LOG), proof))
        .is(refused(Witness.Reason.OTHER_LOG));
    assertThat(havingSeen(tree(5, 0)).judge(SignedNote.sign("hello\n", ORIGIN, LOG), proof))
        .is(refused(Witness.Reason.MALFORMED));
  }

  @Test
  void keepsOfWhatItAcceptsTheLogsSignatureAlone() {
    MerkleTree tree = tree(6, 0);
    String text = Checkpoint.of(ORIGIN, tree).toText();
    SignedNote cosigned =
        signed(tree).with(Cosignature.sign(text, "org-a", key(3), 1_795_471_200L).line());
    Witness.Answer answer = Witness.of(LOG_KEY).judge(cosigned, tree.consistency(0, 6));
    assertThat(((Witness.Accepted) answer).next()).isEqualTo(havingSeen(tree));
    SignedNote forged = SignedNote.sign(text, ORIGIN, key(2));
    assertThatThrownBy(() -> Witness.having(LOG_KEY, forged)).isInstanceOf(MalformedEncoding.class);
    Checkpoint other = Checkpoint.of(ORIGIN, tree(5, 0));
    assertThatThrownBy(() -> new Witness(LOG_KEY, other, Optional.of(cosigned)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Governance design §5.4: n=3,f=0: 2; n=4,f=1: 3; n=5,f=1: 4; n=7,f=2: 5. */
  @Test
  void twoQuorumsShareMoreThanTheDishonest() {
    assertThat(Witness.quorum(3, 0)).isEqualTo(2);
    assertThat(Witness.quorum(4, 1)).isEqualTo(3);
    assertThat(Witness.quorum(5, 1)).isEqualTo(4);
    assertThat(Witness.quorum(7, 2)).isEqualTo(5);
    for (int n = 1; n < 50; n++) {
      for (int f = 0; f < n; f++) {
        assertThat(2 * Witness.quorum(n, f) - n).isGreaterThan(f);
      }
    }
    assertThatThrownBy(() -> Witness.quorum(3, 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
