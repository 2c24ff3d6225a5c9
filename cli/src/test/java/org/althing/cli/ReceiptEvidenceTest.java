package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.althing.audit.Checkpoint;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.junit.jupiter.api.Test;

/** A receipt is checked by whoever knows the log's key, without the log. */
class ReceiptEvidenceTest {
  private static final SigningKey KEY = Examples.key(60);

  static byte[] key(SigningKey of) {
    return (new NoteKey(PaperStudy.ORIGIN, NoteKey.Type.ED25519, of.verifyingKey()).toText() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  static InclusionReceipt receipt() {
    MerkleTree tree = new MerkleTree();
    LogEntry entry = PaperStudy.stopped(PaperStudy.QUALITY).findings().record().entries().get(1);
    tree.append("another study's entry".getBytes(StandardCharsets.UTF_8));
    long index = tree.append(entry.toBytes());
    tree.append("and one more".getBytes(StandardCharsets.UTF_8));
    SignedNote note =
        SignedNote.sign(Checkpoint.of(PaperStudy.ORIGIN, tree).toText(), PaperStudy.ORIGIN, KEY);
    return new InclusionReceipt(
        Bytes.of(entry.toBytes()), tree.inclusion(index, tree.size()), note);
  }

  static byte[] text(InclusionReceipt receipt) {
    return receipt.toText().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aReceiptIsReadBackAndHolds() throws MalformedEncoding {
    InclusionReceipt receipt = receipt();
    assertThat(InclusionReceipt.parse(text(receipt))).isEqualTo(receipt);
    Evidence evidence = ReceiptEvidence.verify(text(receipt), key(KEY));
    assertThat(evidence.isValid()).isTrue();
    assertThat(evidence.held().get(0).finding()).contains("place 1 of the 3 of");
    assertThat(evidence.held().get(1).finding()).contains("NodeAdmitted, number 1");
  }

  @Test
  void anotherLogsKeyDoesNotHoldIt() {
    assertThat(ReceiptEvidence.verify(text(receipt()), key(Examples.key(61))).isValid()).isFalse();
  }

  @Test
  void noByteOfItCanBeChanged() {
    byte[] good = text(receipt());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      boolean first = ReceiptEvidence.isOne(bad);
      assertThat(first && ReceiptEvidence.verify(bad, key(KEY)).isValid())
          .as("byte %d", i)
          .isFalse();
    }
  }
}
