package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.secagg.Input;
import org.althing.session.ToCoordinator;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same play twice, over other rows: what a node says tells nothing of its rows but what its
 * masked vectors add up to.
 */
class OtherRowsTest {
  private static final int PLAYS = 20;

  /** By play, what each node said over some rows and over others. */
  private static final List<List<List<ToCoordinator>>> SOME = new ArrayList<>();

  private static final List<List<List<ToCoordinator>>> OTHERS = new ArrayList<>();

  @BeforeAll
  static void play() {
    for (long seed = 1; seed <= PLAYS; seed++) {
      SOME.add(said(seed, 0));
      OTHERS.add(said(seed, 1));
    }
  }

  private static List<List<ToCoordinator>> said(long seed, int variant) {
    World world = new World(Scenario.of(seed, 0), Deceit.NONE);
    world.nodes().forEach(node -> node.hold(Questions.batch(node.party(), variant)));
    world.play();
    return world.nodes().stream().map(OtherRowsTest::outboxOf).toList();
  }

  private static List<ToCoordinator> outboxOf(SimulatedNode node) {
    List<ToCoordinator> messages = new ArrayList<>();
    for (Bytes each : node.disk().recorded()) {
      try {
        messages.add(SessionCodec.readToCoordinator(each.toArray()));
      } catch (MalformedMessage e) {
        throw new AssertionError("what a node said can be read", e);
      }
    }
    return messages;
  }

  /** Kind and length of each message, and the order, in everything that may go wrong. */
  @Test
  void rowsDecideNeitherHowManyMessagesThereAreNorOfWhichKindAndLength() {
    for (int play = 0; play < PLAYS; play++) {
      assertThat(SOME.get(play).stream().map(OtherRowsTest::outlines).toList())
          .as("seed %d", play + 1)
          .isEqualTo(OTHERS.get(play).stream().map(OtherRowsTest::outlines).toList());
    }
  }

  private static List<String> outlines(List<ToCoordinator> messages) {
    return messages.stream()
        .map(
            message ->
                message.getClass().getSimpleName() + " " + SessionCodec.write(message).length)
        .toList();
  }

  /** What comes after depends on what was released, as it must. */
  @Test
  void untilTheFirstReleaseMessagesDifferInTheMaskedVectorsAlone() {
    int inputs = 0;
    for (int play = 0; play < PLAYS; play++) {
      for (int node = 0; node < SOME.get(play).size(); node++) {
        inputs +=
            assertAlikeThroughTheFirstInput(SOME.get(play).get(node), OTHERS.get(play).get(node));
      }
    }
    assertThat(inputs).isGreaterThan(PLAYS);
  }

  private static int assertAlikeThroughTheFirstInput(
      List<ToCoordinator> some, List<ToCoordinator> others) {
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i) instanceof ToCoordinator.Cosigned && !others.get(i).equals(some.get(i))) {
        // Of a log that holds a release already: this node was in none of its attempts.
        return 0;
      }
      if (some.get(i) instanceof ToCoordinator.Round one && one.message() instanceof Input input) {
        ToCoordinator.Round two = (ToCoordinator.Round) others.get(i);
        Input other = (Input) two.message();
        assertThat(two.release()).isEqualTo(one.release());
        assertThat(two.attempt()).isEqualTo(one.attempt());
        assertThat(other.attachment()).isEqualTo(input.attachment());
        assertThat(other.header().ctx()).isEqualTo(input.header().ctx());
        assertThat(other.header().cohort()).isEqualTo(input.header().cohort());
        assertThat(other.vector()).isNotEqualTo(input.vector());
        return 1;
      }
      assertThat(others.get(i)).isEqualTo(some.get(i));
    }
    return 0;
  }
}
