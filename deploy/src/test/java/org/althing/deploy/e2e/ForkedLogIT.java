package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.althing.audit.ForkEvidence;
import org.althing.audit.NoteKey;
import org.althing.cli.VerifyCommand;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A coordinator unmakes a study that {@code west} has witnessed, and tells another history since.
 */
class ForkedLogIT {
  private static final List<String> NODES = List.of("east", "north", "south", "west");

  @TempDir private Path folder;

  private static Path witness(RealFederation federation, String node) {
    return federation.nodeFolder(node).resolve("state/witness");
  }

  private static void endAll(RealFederation federation) {
    NODES.forEach(federation::end);
    federation.end(RealFederation.COORDINATOR);
  }

  private static String verify(int code, Object... arguments) {
    StringWriter text = new StringWriter();
    String[] all = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    assertThat(new CommandLine(new VerifyCommand()).setOut(new PrintWriter(text)).execute(all))
        .as(text.toString())
        .isEqualTo(code);
    return text.toString();
  }

  @Test
  void aNodeThatSawTheFirstHistoryKeepsWhatConvictsTheLogUnderItsOwnKey() throws Exception {
    Map<String, String> data = new HashMap<>();
    for (String node : NODES) {
      data.put(node, Patients.of(node, 200));
    }
    try (RealFederation federation = RealFederation.write(folder, data)) {
      federation.startAll();
      Output begun = Output.of(federation, federation.submit(Questions.quality("begun")));
      assertThat(begun.record().completed()).isTrue();
      endAll(federation);
      Backup before =
          Backup.take(federation.coordinatorFolder().resolve("state"), folder.resolve("before"));
      for (String node : NODES) {
        Files.copy(witness(federation, node), folder.resolve(node + "-witness"));
      }
      federation.startAll();
      // Its length keeps the log off the powers of two, at which a proof says less.
      Output unmade = Output.of(federation, federation.submit(Questions.logistic("unmade")));
      assertThat(unmade.record().completed()).isTrue();
      endAll(federation);

      // Another history of the same length and more; who took part in the first one forgets it.
      before.putBack();
      Path seen = Files.copy(witness(federation, "west"), folder.resolve("west-has-seen"));
      for (String node : NODES) {
        Files.copy(
            folder.resolve(node + "-witness"),
            witness(federation, node),
            StandardCopyOption.REPLACE_EXISTING);
      }
      federation.startAll();
      for (String study : List.of(Questions.logistic("instead"), Questions.quality("and-more"))) {
        Output told = Output.of(federation, federation.submit(study));
        assertThat(told.record().completed()).isTrue();
      }
      federation.end("west");
      Files.copy(seen, witness(federation, "west"), StandardCopyOption.REPLACE_EXISTING);
      federation.startNode("west");
      federation.awaitLogged("west", "ALT-LOG-004 the log signed .*\\.fork");
      federation.awaitLogged("west", "ALT-LOG-002 .*INCONSISTENT");

      Path forks = federation.nodeFolder("west").resolve("state/forks");
      List<Path> kept;
      try (Stream<Path> list = Files.list(forks)) {
        kept = list.toList();
      }
      assertThat(kept).hasSize(1);
      Path key = begun.folder().resolve("log/key");
      ForkEvidence fork = ForkEvidence.parse(Files.readAllBytes(kept.get(0)));
      assertThat(fork.isSigned(NoteKey.parse(Files.readString(key).strip()))).isTrue();
      assertThat(fork.why()).as(fork.toText()).isPresent();
      assertThat(verify(0, kept.get(0), "--log-key", key)).contains("the log told two histories");
      // And by a copy of the log, with what west had seen alone or with what it refused.
      Path copy = federation.copyLog("east");
      assertThat(verify(0, copy)).contains("VALID");
      for (Path evidence : List.of(seen, forks)) {
        assertThat(verify(6, copy, "--receipts", evidence))
            .contains("two histories", "the two together prove");
      }
    }
  }
}
