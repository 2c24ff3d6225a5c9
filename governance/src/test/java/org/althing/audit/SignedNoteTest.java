package org.althing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  /** C2SP signed-note v1.0.0, §Example. */
  private static final String SPEC_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String SPEC_NOTE =
      """
      This is an example message.

      — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;

  /** golang.org/x/mod/sumdb/note, package documentation and note_test.go. */
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String ENOCH =
      "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
  private static final String TWO_SIGNATURES =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      — EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=
      """;

  private static final SigningKey LOG = key(1);
  private static final SigningKey WITNESS = key(2);
  private static final NoteKey LOG_KEY =
      new NoteKey("coordinator.example/log", NoteKey.Type.ED25519, LOG.verifyingKey());
  private static final NoteKey WITNESS_KEY =
      new NoteKey("north", NoteKey.Type.COSIGNATURE, WITNESS.verifyingKey());

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.SEED_BYTES];
    bytes[0] = (byte) seed;
    return SigningKey.ofSeed(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SignedNote cosigned() {
    Checkpoint checkpoint = new Checkpoint("coordinator.example/log", 7, Digest.of(new byte[1]));
    String text = checkpoint.toText();
    return SignedNote.sign(text, LOG_KEY.name(), LOG)
        .with(Cosignature.sign(text, "north", WITNESS, 1_764_000_000).line());
  }

  @Test
  void readsTheExampleOfTheSpecification() throws MalformedEncoding {
    SignedNote note = SignedNote.parse(utf8(SPEC_NOTE));
    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.signedBy(NoteKey.parse(SPEC_KEY))).isTrue();
    assertThat(note.toBytes()).isEqualTo(utf8(SPEC_NOTE));
  }

  @Test
  void readsANoteWithTwoSignatures() throws MalformedEncoding {
    SignedNote note = SignedNote.parse(utf8(TWO_SIGNATURES));
    assertThat(note.signedBy(NoteKey.parse(PETER))).isTrue();
    assertThat(note.signedBy(NoteKey.parse(ENOCH))).isTrue();
    assertThat(note.signedBy(NoteKey.parse(SPEC_KEY))).isFalse();
  }

  /** Keys of transparency-dev/formats note/note_cosigv1_test.go. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        SPEC_KEY,
        PETER,
        ENOCH,
        "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
      })
  void writesKnownVerifierKeysAsTheyWere(String text) throws MalformedEncoding {
    assertThat(NoteKey.parse(text).toText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bananas.example+12344556",
        "example.com/foo+12345678+THIS_IS_NOT_BASE64!",
        "example.com/foo+12345678+AwEB",
        "example.com/foo+NOT_HEX_+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k=",
        "example.com/fou+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
      })
  void refusesVerifierKeysThatContradictThemselves(String text) {
    assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(MalformedEncoding.class);
  }

  /** The cosignature line of C2SP tlog-cosignature §Format, whose message says time 1679315147. */
  @Test
  void readsTheTimeOfTheSpecificationsCosignature() throws MalformedEncoding {
    NoteSignature line =
        NoteSignature.parse(
            "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==");
    assertThat(Cosignature.of(line).orElseThrow().unixSeconds()).isEqualTo(1679315147L);
    assertThat(line.toText()).startsWith("— witness.example.com/w1 jWbPPwAAAABkGFDLEZMH");
  }

  @Test
  void aCosignatureIsNoSignatureOfTheLogNorTheOtherWayRound() {
    SignedNote note = cosigned();
    assertThat(note.signedBy(LOG_KEY)).isTrue();
    assertThat(note.signedBy(WITNESS_KEY)).isTrue();
    assertThat(note.signedBy(new NoteKey("north", NoteKey.Type.ED25519, WITNESS.verifyingKey())))
        .isFalse();
    assertThat(
            note.signedBy(
                new NoteKey(LOG_KEY.name(), NoteKey.Type.COSIGNATURE, LOG.verifyingKey())))
        .isFalse();
    assertThat(note.signedBy(new NoteKey("south", NoteKey.Type.COSIGNATURE, key(3).verifyingKey())))
        .isFalse();
  }

  @Test
  void oneFalseLineOfAKeySpoilsItsTrueOne() throws MalformedEncoding {
    SignedNote note = cosigned();
    SignedNote other = SignedNote.sign("other\n", LOG_KEY.name(), LOG);
    assertThat(note.with(other.signatures().get(0)).signedBy(LOG_KEY)).isFalse();
  }

  @Test
  void everyOneBitMutationIsMalformedOrUnsigned() {
    byte[] bytes = cosigned().toBytes();
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] mutated = bytes.clone();
      mutated[i / 8] ^= (byte) (1 << (i % 8));
      try {
        SignedNote note = SignedNote.parse(mutated);
        assertThat(note.signedBy(LOG_KEY) && note.signedBy(WITNESS_KEY))
            .as("bit %d of byte %d", i % 8, i / 8)
            .isFalse();
      } catch (MalformedEncoding expected) {
        assertThat(expected).hasMessageContaining(" ");
      }
    }
  }

  @Test
  void readsBackWhatItWrote() throws MalformedEncoding {
    assertThat(SignedNote.parse(cosigned().toBytes())).isEqualTo(cosigned());
    Checkpoint checkpoint = Checkpoint.parse(cosigned().text());
    assertThat(checkpoint.size()).isEqualTo(7);
    assertThat(checkpoint.toText()).isEqualTo(cosigned().text());
  }

  @Test
  void refusesNotesOfAnyOtherForm() {
    String good = new String(cosigned().toBytes(), StandardCharsets.UTF_8);
    String line = good.substring(good.indexOf('—'));
    List<String> bad =
        List.of(
            "",
            "\n\n",
            good.substring(0, good.length() - 1),
            good + "\n",
            good.replace("\n\n", "\n"),
            good.replace("\n", "\r\n"),
            good.replace("— north ", "- north "),
            good.replace("— north ", "—  north "),
            good.replace("— north ", "— no+rth "),
            good.replace("— north ", "— no\u00a0rth "),
            good.replace("— north ", "— north\t"),
            good + line,
            good + "— x AAAA\n",
            good + "— x AAAAAAA=\n \n",
            good + "— x AAAAAAB=\n");
    for (String note : bad) {
      assertThatThrownBy(() -> SignedNote.parse(utf8(note))).isInstanceOf(MalformedEncoding.class);
    }
    byte[] notUtf8 = utf8(good);
    notUtf8[2] = (byte) 0xff;
    assertThatThrownBy(() -> SignedNote.parse(notUtf8)).isInstanceOf(MalformedEncoding.class);
  }

  @Test
  void refusesCheckpointsOfAnyOtherForm() {
    String good = cosigned().text();
    List<String> bad =
        List.of(
            "",
            good.substring(0, good.length() - 1),
            good + "extension\n",
            good.replace("\n7\n", "\n07\n"),
            good.replace("\n7\n", "\n-7\n"),
            good.replace("\n7\n", "\n0\n"),
            good.replace("\n7\n", "\n\n"),
            good.replace("=\n", "\n"),
            good.replace("coordinator", "coord inator"),
            "\n7\n" + good.substring(good.indexOf("\n7\n") + 3));
    for (String text : bad) {
      assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedEncoding.class);
    }
  }
}
