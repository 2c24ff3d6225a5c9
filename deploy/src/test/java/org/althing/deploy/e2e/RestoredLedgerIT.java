package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole state of {@code north} is put back to what it was before a study. */
class RestoredLedgerIT {
  private static final int ROWS = 1000;

  @TempDir private static Path folder;
  private static RealFederation federation;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> data = new HashMap<>();
    for (String node : List.of("east", "north", "south", "west")) {
      data.put(node, Patients.of(node, ROWS));
    }
    federation = RealFederation.write(folder, data);
    federation.startAll();
  }

  @AfterAll
  static void end() {
    if (federation != null) {
      federation.close();
    }
  }

  private static Path state() {
    return federation.nodeFolder("north").resolve("state");
  }

  private static void restart() throws Exception {
    federation.startNode("north");
    federation.awaitAllAttend();
  }

  private static String recover(String... more) throws Exception {
    String[] all = new String[4 + more.length];
    all[0] = "budget";
    all[1] = "recover";
    all[2] = "--config";
    all[3] = federation.nodeFolder("north").resolve("node.yaml").toString();
    System.arraycopy(more, 0, all, 4, more.length);
    return federation.node(0, all);
  }

  @Test
  void aNodeWithLastWeeksLedgerIsFrozenUntilItHasTakenOverWhatOthersRemember() throws Exception {
    Output before = Output.of(federation, federation.submit(Questions.quality("before")));
    assertThat(before.record().completed()).isTrue();
    federation.end("north");
    Backup lastWeek = Backup.take(state(), folder.resolve("backup"));
    restart();
    Output lost = Output.of(federation, federation.submit(Questions.quality("lost")));
    assertThat(lost.survivors(0)).contains("north");
    assertThat(federation.logged("north", "it is the newest")).isTrue();
    federation.end("north");
    lastWeek.putBack();

    restart();
    federation.awaitLogged("north", "FROZEN: .* not the charge that it signed as entry");
    String refused = federation.submit(Questions.quality("refused"));
    Output stopped = Output.of(federation, refused);
    assertThat(stopped.record().stopped().orElseThrow().reason())
        .startsWith("north cannot take part: ALT-LEDGER-001");
    assertThat(federation.events(refused, "Charged")).isEmpty();
    federation.end("north");

    assertThat(recover()).contains("others remember entry", "nothing was changed");
    assertThat(recover("--reason", "the disk was replaced by a copy of last week"))
        .contains("recovered: ledger of");
    assertThat(recover()).contains("not frozen");
    restart();
    Output after = Output.of(federation, federation.submit(Questions.quality("after")));
    assertThat(after.record().completed()).isTrue();
    assertThat(after.survivors(0)).containsExactly("east", "north", "south", "west");
    // Three studies were paid for, although the ledger holds two.
    assertThat(after.charges("north").get(0).spent())
        .isEqualTo(
            before
                .charges("north")
                .get(0)
                .spent()
                .plus(lost.charges("north").get(0).marginal())
                .plus(after.charges("north").get(0).marginal()));
    assertThat(after.charges("north").get(0).ledger().recoveries()).isEqualTo(1);
  }
}
