package org.althing.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.althing.encoding.Digest;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LocalSums;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.ReleaseId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it charges loses no charge it acknowledged. */
class KilledLedgerTest {
  @TempDir Path directory;

  @Test
  void everyAcknowledgedChargeSurvivesAKillAndStaysBurnt() throws Exception {
    killAndReopen(2);
  }

  @Test
  @Tag("nightly")
  void everyAcknowledgedChargeSurvivesManyKills() throws Exception {
    killAndReopen(40);
  }

  private void killAndReopen(int kills) throws Exception {
    Path file = directory.resolve("ledger.db");
    SqliteLedger.create(file).close();
    Random random = new Random(11);
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < kills; kill++) {
      acknowledged.addAll(chargeAndKill(file, kill, 20 + random.nextInt(200)));
      assertAllKept(file, acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(20 * kills);
  }

  @Test
  void aSecondProcessIsRefusedUntilTheFirstEnds() throws Exception {
    Path file = directory.resolve("ledger.db");
    SqliteLedger.create(file).close();
    Process holder = start(file, 0);
    try (BufferedReader out = holder.inputReader()) {
      assertThat(out.readLine()).isNotNull();
      assertThatIllegalStateException()
          .isThrownBy(() -> SqliteLedger.open(file))
          .withMessageContaining("held by another process");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    SqliteLedger.open(file).close();
  }

  private static List<String> chargeAndKill(Path file, int run, int afterLines) throws Exception {
    Process child = start(file, run);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      while (lines.size() < afterLines) {
        String line = out.readLine();
        assertThat(line).as("the child ended by itself").isNotNull();
        lines.add(line);
      }
      // Through its handle: Process.destroyForcibly would close the pipe with lines still in it.
      child.toHandle().destroyForcibly();
      out.lines().forEach(lines::add);
    } finally {
      child.destroyForcibly().waitFor();
    }
    // The kill may have cut the last line short; what is not wholly printed was not acknowledged.
    String last = lines.get(lines.size() - 1);
    if (last.split(" ").length < 4) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static void assertAllKept(Path file, List<String> acknowledged) throws IOException {
    try (SqliteLedger store = SqliteLedger.open(file)) {
      Map<Long, Digest> heads = new HashMap<>();
      store.replay((sequence, entry, head) -> heads.put(sequence, head));
      BudgetLedger ledger = BudgetLedger.open(store);
      NoisePlan noise = LocalSums.plan(1000, 2);
      for (String line : acknowledged) {
        String[] fields = line.split(" ");
        assertThat(heads.get(Long.valueOf(fields[0]))).hasToString(fields[1]);
        ReleaseId charged = new ReleaseId(Digest.ofHex(fields[2]), Integer.parseInt(fields[3]), 1);
        assertThat(ledger.objection(charged, noise))
            .hasValueSatisfying(why -> assertThat(why).contains("burnt"));
      }
    }
  }

  private static Process start(Path file, int run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ChargeUntilKilled.class.getName(),
            file.toString(),
            Integer.toString(run))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
