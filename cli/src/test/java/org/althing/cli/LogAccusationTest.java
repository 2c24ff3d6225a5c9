package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.audit.ForkEvidence;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a node keeps of a fork convinces whoever has the log's key, and no less. */
class LogAccusationTest {
  @TempDir private Path folder;

  private static Evidence verify(ForkEvidence fork) {
    return LogAccusation.verify(Forks.bytes(fork), Forks.key());
  }

  @Test
  void twoTreesOfOneSizeAreAForkAndSoIsABeginningWithAnotherRoot() {
    for (ForkEvidence fork :
        new ForkEvidence[] {Forks.fork(5, 5), Forks.fork(8, 8), Forks.fork(6, 11)}) {
      assertThat(LogAccusation.isOne(Forks.bytes(fork))).isTrue();
      Evidence evidence = verify(fork);
      assertThat(evidence.fault()).isEmpty();
      assertThat(evidence.held().get(1).finding()).startsWith("the log told two histories");
    }
  }

  /** The older root of a power of two is not in a proof: a copy of the log has to decide. */
  @Test
  void whatCannotBeToldFromTheFileAloneIsSentToTheLog() {
    Evidence evidence = verify(Forks.fork(8, 11));
    assertThat(evidence.held()).hasSize(1);
    assertThat(evidence.fault().orElseThrow().finding()).contains("--receipts");
  }

  @Test
  void aLogThatOnlyGrewAndAnotherLogsKeyAccuseNobody() {
    assertThat(verify(Forks.growth(5, 5)).isValid()).isFalse();
    assertThat(verify(Forks.growth(6, 11)).isValid()).isFalse();
    assertThat(
            LogAccusation.verify(Forks.bytes(Forks.fork(6, 11)), Forks.key(Examples.key(61)))
                .isValid())
        .isFalse();
  }

  @Test
  void noByteOfItCanBeChanged() {
    byte[] good = Forks.bytes(Forks.fork(6, 11));
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      assertThat(LogAccusation.isOne(bad) && LogAccusation.verify(bad, Forks.key()).isValid())
          .as("byte %d", i)
          .isFalse();
    }
  }

  @Test
  void verifyTakesTheFileWithTheLogsKeyAlone() throws IOException {
    Path fork = Files.write(folder.resolve("a.fork"), Forks.bytes(Forks.fork(6, 11)));
    Path key = Files.write(folder.resolve("key"), Forks.key());
    StringWriter out = new StringWriter();
    CommandLine verify =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()));
    assertThat(verify.execute(fork.toString(), "--log-key", key.toString())).isZero();
    assertThat(out.toString()).contains("VALID", "one of 11 whose first 6 have another root");
    assertThat(verify.execute(fork.toString())).isNotZero();
  }
}
