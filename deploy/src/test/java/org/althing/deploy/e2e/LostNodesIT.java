package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes killed in the middle of a round. {@code west} has so many rows that its sum takes longer
 * than the others' and than it takes to freeze one of them meanwhile; so the order of the messages
 * is known.
 */
class LostNodesIT {
  private static final Map<String, Integer> ROWS =
      Map.of("east", 1010, "north", 1230, "south", 1470, "west", 60_000);
  private static final int ALL_ROWS = 63_710;
  private static final int TRIES = 3;

  @TempDir private static Path folder;
  private static RealFederation federation;
  private static int studies;

  @BeforeAll
  static void start() throws Exception {
    federation =
        RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", ROWS.get("east")),
                "north", Patients.of("north", ROWS.get("north")),
                "south", Patients.of("south", ROWS.get("south")),
                "west", Patients.of("west", ROWS.get("west"))));
    federation.startAll();
  }

  @AfterAll
  static void end() {
    if (federation != null) {
      federation.close();
    }
  }

  @BeforeEach
  void everybodyIsThere() throws Exception {
    for (String node : ROWS.keySet()) {
      if (!federation.runs(node)) {
        federation.startNode(node);
      }
    }
    federation.awaitAllAttend();
  }

  /** What one test left frozen must not hold up the next. */
  @AfterEach
  void nobodyIsFrozen() throws Exception {
    for (String node : ROWS.keySet()) {
      if (federation.runs(node)) {
        federation.thaw(node);
      }
    }
  }

  @Test
  void keepsTheRowsOfANodeThatIsKilledAfterItsInput() throws Exception {
    String study = submitAndFreezeWestBeforeItsInput(Questions::quality);
    federation.kill("north");
    federation.thaw("west");
    Output output = Output.of(federation, study);
    assertThat(output.record().completed()).isTrue();
    assertThat(output.survivors(0)).containsExactly("east", "north", "south", "west");
    assertThat(output.record().releases().get(0).attempt()).isEqualTo(1);
    assertThat(output.record().releases().get(0).confirmations()).hasSize(3);
    output.assertRows(ALL_ROWS);
    output.assertLedgerCovers(federation, "north");
  }

  @Test
  void keepsTheRowsOfANodeThatIsKilledAfterItsConfirmation() throws Exception {
    String study = submitAndFreezeWestBeforeItsInput(Questions::quality);
    federation.freeze("south");
    federation.thaw("west");
    for (String node : List.of("east", "north", "west")) {
      federation.awaitLogged(RealFederation.COORDINATOR, said(study, "Confirm", node));
    }
    federation.kill("north");
    federation.thaw("south");
    Output output = Output.of(federation, study);
    assertThat(output.record().completed()).isTrue();
    assertThat(output.survivors(0)).containsExactly("east", "north", "south", "west");
    assertThat(federation.logged(RealFederation.COORDINATOR, said(study, "Unmask", "north")))
        .isFalse();
    output.assertRows(ALL_ROWS);
    output.assertLedgerCovers(federation, "north");
  }

  @Test
  void aNodeThatIsKilledBetweenItsChargeAndItsNoiseHasPaidAndIsNotCounted() throws Exception {
    String study = submitAndFreezeSouthBeforeItsWord(Questions::quality);
    federation.kill("north");
    federation.thaw("south");
    Output output = Output.of(federation, study);
    assertThat(output.record().completed()).isTrue();
    assertThat(output.survivors(0)).containsExactly("east", "south", "west");
    assertThat(output.record().releases().get(0).attempt()).isEqualTo(1);
    output.assertRows(ALL_ROWS - ROWS.get("north"));
    assertThat(output.charges("north")).hasSize(1);
    output.assertLedgerCovers(federation, "north");
  }

  @Test
  void aRestartedNodeRejoinsTheStudyAndPaysEveryAttemptOnce() throws Exception {
    String study = submitAndFreezeWestBeforeItsInput(Questions::logistic);
    federation.kill("north");
    federation.startNode("north");
    // Of four members all three others must say what they remember of north's ledger.
    federation.awaitLogged("north", "study .* waits until 3 members");
    federation.thaw("west");
    federation.awaitLogged("north", "study .* admitted");
    Output output = Output.of(federation, study);
    assertThat(output.record().completed()).isTrue();
    assertThat(output.survivors(0)).contains("north");
    assertThat(output.survivors(output.record().releases().size() - 1)).contains("north");
    federation.end("north");
    output.assertLedgerCovers(federation, "north");
    assertThat(output.charges("north")).hasSizeGreaterThan(1);
  }

  /** A question by the id of the study. */
  private interface Question {
    String named(String id);
  }

  /**
   * When this returns, all vectors of the first release but west's have arrived, and west is
   * frozen.
   */
  private static String submitAndFreezeWestBeforeItsInput(Question question) throws Exception {
    String study = submitAndFreezeSouthBeforeItsWord(question);
    federation.freeze("west");
    federation.thaw("south");
    for (String node : List.of("east", "north", "south")) {
      federation.awaitLogged(RealFederation.COORDINATOR, said(study, "Input", node));
    }
    assertThat(federation.logged(RealFederation.COORDINATOR, said(study, "Input", "west")))
        .isFalse();
    return study;
  }

  /**
   * When this returns, all have charged the first release and all but south have said that they
   * remember it; south is frozen, so nobody is told to draw noise.
   */
  private static String submitAndFreezeSouthBeforeItsWord(Question question) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      String study = federation.submit(question.named("study-" + ++studies));
      federation.awaitLogged(RealFederation.COORDINATOR, said(study, "Charged", "south"));
      federation.freeze("south");
      for (String node : List.of("east", "north", "west")) {
        federation.awaitLogged(RealFederation.COORDINATOR, said(study, "Remembered", node));
      }
      if (!federation.logged(RealFederation.COORDINATOR, said(study, "Remembered", "south"))) {
        return study;
      }
      // West summed too fast to stop south before it: let this one end, and try another.
      federation.thaw("south");
      federation.output(study);
    }
    throw new AssertionError("west was always faster than the signal that freezes south");
  }

  private static String said(String study, String message, String node) {
    return "study %s: %s of %s for release 1, attempt 1"
        .formatted(study.substring(0, 8), message, node);
  }
}
