package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code east} asks a steward and an officer before it takes part; the others ask nobody. */
class ApprovalsIT {
  private static final int ROWS = 1000;

  @TempDir private static Path folder;
  private static RealFederation federation;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> data = new HashMap<>();
    for (String node : new String[] {"east", "north", "south", "west"}) {
      data.put(node, Patients.of(node, ROWS));
    }
    federation = RealFederation.write(folder, data);
    String people = person("anna.k", "steward") + person("li.wei", "officer");
    Files.writeString(
        folder.resolve("east-policy.yaml"),
        "approvals: { from: { steward: 1, officer: 1 }, valid_days: 30 }\npeople:\n" + people,
        StandardOpenOption.APPEND);
    federation.startAll();
  }

  @AfterAll
  static void end() {
    if (federation != null) {
      federation.close();
    }
  }

  /** Makes a key; answers the line of the policy that names its person. */
  private static String person(String id, String role) throws Exception {
    return federation.node(
        0, "person", "create", "--id", id, "--role", role, "--out", key(id).toString());
  }

  private static Path key(String person) {
    return folder.resolve(person + ".key");
  }

  /** What one of east's people sees. */
  private static String east(String... command) throws Exception {
    String[] all = new String[command.length + 2];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--config";
    all[command.length + 1] = federation.nodeFolder("east").resolve("node.yaml").toString();
    return federation.node(0, all);
  }

  private static String says(String person, String verdict, String study, String... more)
      throws Exception {
    String[] command = new String[5 + more.length];
    command[0] = "requests";
    command[1] = verdict;
    command[2] = study.substring(0, 8);
    command[3] = "--person";
    command[4] = key(person).toString();
    System.arraycopy(more, 0, command, 5, more.length);
    return east(command);
  }

  /** Submits, and waits until everybody but east has admitted and east asks its people. */
  private static String submitAndLetEastAsk(String id) throws Exception {
    String study = federation.submit(Questions.quality(id));
    federation.awaitLogged("east", "study " + id + ".* missing: 1 officer, 1 steward");
    federation.awaitEvent(study, "NodeAdmitted", 3);
    return study;
  }

  @Test
  void aStudyWaitsForTwoPeopleEvenOverARestartAndThenRuns() throws Exception {
    String study = submitAndLetEastAsk("agreed");
    assertThat(east("requests", "ls")).contains(study.substring(0, 8), "agreed", "waits for");
    assertThat(says("anna.k", "approve", study)).contains("waits for 1 officer");
    federation.kill("east");
    federation.startNode("east");
    federation.awaitLogged("east", "study agreed.* missing: 1 officer\\R");
    assertThat(east("requests", "show", study.substring(0, 8)))
        .contains("WHAT WILL LEAVE", "anna.k", "waits for 1 officer");
    // Nothing is set aside yet, as the ledger says while its node holds it.
    assertThat(east("budget", "history")).doesNotContain(study.substring(0, 8));
    assertThat(federation.events(study, "NodeAdmitted")).hasSize(3);
    assertThat(says("li.wei", "approve", study)).contains("The study is approved");
    Output output = Output.of(federation, study);
    assertThat(output.record().completed()).isTrue();
    assertThat(output.survivors(0)).containsExactly("east", "north", "south", "west");
    output.assertRows(4 * ROWS);
    assertThat(federation.logged("east", "study agreed admitted.*approved by statements")).isTrue();
    assertThat(east("budget", "history")).contains(study.substring(0, 8), "1 of 1");
    assertThat(east("requests", "ls")).doesNotContain(study.substring(0, 8));
  }

  @Test
  void oneNoRefusesTheStudyWithItsReasonAndNothingRuns() throws Exception {
    String study = submitAndLetEastAsk("denied");
    says("li.wei", "deny", study, "--reason", "the purpose is not ours");
    Output output = Output.of(federation, study);
    assertThat(output.record().releases()).isEmpty();
    assertThat(federation.events(study, "Charged")).isEmpty();
    assertThat(output.record().stopped().orElseThrow().reason())
        .isEqualTo(
            "east refused: approvals: a person in the role of officer denied: the purpose is not ours");
  }
}
