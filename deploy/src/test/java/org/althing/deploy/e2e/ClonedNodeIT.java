package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole folder of {@code north} was copied, and both copies of the node run. */
class ClonedNodeIT {
  @TempDir private Path folder;

  @Test
  void whatOneCopySpentFreezesTheOtherWhenItComesBack() throws Exception {
    Map<String, String> data = new HashMap<>();
    for (String node : List.of("east", "north", "south", "west")) {
      data.put(node, Patients.of(node, 200));
    }
    try (RealFederation federation = RealFederation.write(folder, data)) {
      federation.startAll();
      Output before = Output.of(federation, federation.submit(Questions.quality("before")));
      assertThat(before.survivors(0)).contains("north");
      federation.end("north");
      Backup copy = Backup.take(federation.nodeFolder("north"), folder.resolve("north-copy"));
      federation.startNode("north");
      federation.awaitAllAttend();

      federation.freeze("north");
      federation.startCopy("copy", copy.copy());
      federation.awaitLogged("copy", "it is the newest");
      Output spent = Output.of(federation, federation.submit(Questions.quality("by-the-copy")));
      assertThat(spent.record().completed()).isTrue();
      assertThat(spent.survivors(0)).contains("north");
      federation.end("copy");
      federation.thaw("north");

      federation.awaitLogged("north", "FROZEN: .*another copy of it runs");
      String refused = federation.submit(Questions.quality("refused"));
      Output stopped = Output.of(federation, refused);
      assertThat(stopped.record().stopped().orElseThrow().reason())
          .startsWith("north cannot take part: ALT-LEDGER-001");
      assertThat(federation.events(refused, "Charged")).isEmpty();
    }
  }
}
