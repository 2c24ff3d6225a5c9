package org.althing.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.ForkEvidence;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessFileTest {
  private static final String ORIGIN = "coordinator.example/log";
  private static final SigningKey KEY = SigningKey.ofSeed(new byte[SigningKey.SEED_BYTES]);
  private static final NoteKey LOG = new NoteKey(ORIGIN, NoteKey.Type.ED25519, KEY.verifyingKey());

  @TempDir private Path folder;
  private WitnessFile file = new WitnessFile(Path.of("witness"), LOG);

  @BeforeEach
  void makes() {
    file = new WitnessFile(folder.resolve("witness"), LOG);
  }

  private static SignedNote signed(int size, int salt) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      tree.append(new byte[] {(byte) i, (byte) salt});
    }
    return SignedNote.sign(Checkpoint.of(ORIGIN, tree).toText(), ORIGIN, KEY);
  }

  private static ForkEvidence fork(int salt) {
    return new ForkEvidence(signed(5, 0), signed(5, salt), new ConsistencyProof(5, 5, List.of()));
  }

  @Test
  void keepsWhatTheLogSignedAsItSignedIt() throws IOException, MalformedEncoding {
    assertThat(file.read()).isEqualTo(Witness.of(LOG));
    Witness seen = Witness.having(LOG, signed(5, 0));
    file.keep(seen);
    assertThat(file.read()).isEqualTo(seen);
    assertThat(Files.readAllBytes(folder.resolve("witness"))).isEqualTo(signed(5, 0).toBytes());
  }

  @Test
  void readsTheBareCheckpointOfABuildBefore() throws IOException, MalformedEncoding {
    Files.writeString(folder.resolve("witness"), signed(5, 0).text());
    Checkpoint kept = Checkpoint.parse(signed(5, 0).text());
    assertThat(file.read()).isEqualTo(new Witness(LOG, kept, Optional.empty()));
  }

  @Test
  void startsFromNoFileThatIsDamagedOrThatAnotherSigned() throws IOException {
    SigningKey other =
        SigningKey.ofSeed(
            new byte[] {
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
              25, 26, 27, 28, 29, 30, 31, 32
            });
    byte[] forged = SignedNote.sign(signed(5, 0).text(), ORIGIN, other).toBytes();
    for (byte[] bad : List.of(forged, new byte[0], new byte[] {'\n', '\n'})) {
      Files.write(folder.resolve("witness"), bad);
      assertThatThrownBy(file::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("witness");
    }
  }

  @Test
  void keepsAForkOnceAndNoMoreThanItsShareOfTheDisk() throws IOException, MalformedEncoding {
    Path kept = file.keep(fork(1)).orElseThrow();
    assertThat(ForkEvidence.parse(Files.readAllBytes(kept))).isEqualTo(fork(1));
    assertThat(file.keep(fork(1))).contains(kept);
    for (int salt = 2; salt <= WitnessFile.MOST_FORKS; salt++) {
      assertThat(file.keep(fork(salt))).isPresent();
    }
    assertThat(file.keep(fork(WitnessFile.MOST_FORKS + 1))).isEmpty();
    assertThat(file.keep(fork(7))).isPresent();
  }
}
