package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.althing.document.RosterDocument;
import org.althing.encoding.Digest;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerStates;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.session.Contradiction;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Signed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a node keeps of a member with two ledgers convinces whoever has the roster, and no less. */
class LedgerAccusationTest {
  private static final Contradiction TWO_LEDGERS =
      new Contradiction(charge(1, 1, 1), charge(1, 1, 2));

  @TempDir private Path folder;

  /** Member {@code node}'s charge in entry 3 of a ledger, told apart by {@code head}. */
  private static Signed<ChargeStatement> charge(int key, int node, int head) {
    return Signed.by(
        Examples.key(key),
        new ChargeStatement(
            Examples.node(node),
            new ChargeReceipt(
                new ReleaseId(Digest.of(new byte[0]), 0, 1),
                LedgerStates.firstCharge(3, Digest.of(new byte[] {(byte) head})),
                Rho.ZERO,
                Rho.ZERO,
                Rho.ZERO)));
  }

  private static boolean holds(byte[] file) {
    return LedgerAccusation.verify(file, Examples.roster(4)).isValid();
  }

  @Test
  void twoChargesThatOneLedgerCannotHoldAreAProof() {
    Evidence evidence = LedgerAccusation.verify(TWO_LEDGERS.toBytes(), Examples.roster(4));
    assertThat(evidence.fault()).isEmpty();
    assertThat(evidence.held().get(0).finding()).startsWith(Examples.node(1) + " signed two");
  }

  @Test
  void nothingLessIsOne() {
    assertThat(holds(new Contradiction(charge(1, 1, 1), charge(1, 1, 1)).toBytes())).isFalse();
    assertThat(holds(new Contradiction(charge(1, 1, 1), charge(2, 2, 2)).toBytes())).isFalse();
    assertThat(holds(new Contradiction(charge(1, 1, 1), charge(2, 1, 2)).toBytes())).isFalse();
    assertThat(holds(new byte[0])).isFalse();
    byte[] proof = TWO_LEDGERS.toBytes();
    for (int i = 0; i < proof.length; i++) {
      byte[] changed = proof.clone();
      changed[i] ^= 1;
      assertThat(holds(changed)).as("byte " + i).isFalse();
      assertThat(holds(Arrays.copyOf(proof, i))).as("its first " + i).isFalse();
    }
  }

  @Test
  void verifyTakesTheFileWithTheRosterAlone() throws IOException {
    Path proof = Files.write(folder.resolve("org-b.proof"), TWO_LEDGERS.toBytes());
    Path roster =
        Files.writeString(folder.resolve("roster.yaml"), RosterDocument.write(Examples.roster(4)));
    StringWriter out = new StringWriter();
    CommandLine verify = new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out));
    assertThat(verify.execute(proof.toString(), "--roster", roster.toString())).isZero();
    assertThat(out.toString()).contains("VALID", "one ledger cannot hold");
    assertThat(verify.setErr(new PrintWriter(new StringWriter())).execute(proof.toString()))
        .isNotZero();
  }
}
