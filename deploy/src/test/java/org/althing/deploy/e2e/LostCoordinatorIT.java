package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.althing.cli.VerifyCommand;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A coordinator that comes late, and one that is killed with a round half done. */
class LostCoordinatorIT {
  private static final List<String> NODES = List.of("east", "north", "south", "west");

  @TempDir private Path folder;

  @Test
  void nodesFindALateCoordinatorAndFinishTheirStudyWithTheNextOne() throws Exception {
    try (RealFederation federation =
        RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", 1010),
                "north", Patients.of("north", 1230),
                "south", Patients.of("south", 1470),
                "west", Patients.of("west", 60_000)))) {
      for (String node : NODES) {
        federation.startNode(node);
      }
      for (String node : NODES) {
        federation.awaitLogged(node, "node " + node + ": ledger of");
      }
      federation.startCoordinator();
      federation.awaitAllAttend();

      String study = federation.submit(Questions.logistic("interrupted"));
      federation.awaitLogged(RealFederation.COORDINATOR, said(study, "Ready", "west"));
      federation.freeze("west");
      for (String node : List.of("east", "north", "south")) {
        federation.awaitLogged(RealFederation.COORDINATOR, said(study, "Charged", node));
      }
      federation.awaitEvent(study, "Charged", 6);
      federation.kill(RealFederation.COORDINATOR);
      federation.thaw("west");
      federation.startCoordinator();

      Output output = Output.of(federation, study);
      assertThat(output.record().completed()).as("the study is taken up again").isTrue();
      assertThat(output.record().releases().get(1).attempt()).isEqualTo(2);
      // Its owners may read the whole log, and nothing else of the coordinator.
      Path log = federation.copyLog("east");
      assertThat(new CommandLine(new VerifyCommand()).execute(log.toString())).isZero();
      assertThat(federation.refusedStudies("east")).contains("403", "ALT-CERT-004");

      for (String node : NODES) {
        federation.end(node);
        output.assertLedgerCovers(federation, node);
      }
      // Paid for the attempt that was lost, and again for the one that was not.
      assertThat(output.charges("east")).hasSize(output.record().releases().size() + 1);
    }
  }

  private static String said(String study, String message, String node) {
    return "study %s: %s of %s for release 2, attempt 1"
        .formatted(study.substring(0, 8), message, node);
  }
}
