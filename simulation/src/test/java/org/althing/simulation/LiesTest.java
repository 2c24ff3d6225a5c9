package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.althing.audit.Checkpoint;
import org.althing.audit.ForkEvidence;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever lies, the honest lose nothing: every rule holds for them, and what is released is the sum
 * of a quorum, each counted once and paid for.
 */
class LiesTest {
  /** Two more of each with {@code -Dnightly}. */
  private static final int SEEDS = Boolean.getBoolean("nightly") ? 3 : 1;

  static Stream<Arguments> coordinators() {
    List<Arguments> cases = new ArrayList<>();
    for (CoordinatorLie lie : CoordinatorLie.values()) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        cases.add(Arguments.of(lie, seed, 3 + (lie.ordinal() + seed) % 4));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, seed {1}, {2} nodes")
  @MethodSource("coordinators")
  void aLyingCoordinatorGetsNoSumButThatOfAQuorumAndNobodyPaysTwice(
      CoordinatorLie lie, int seed, int nodes) {
    World world = LieTable.world(lie.to(seed % nodes), nodes, seed);
    world.playThrough();
    assertSound(world);
  }

  static Stream<Arguments> members() {
    List<Arguments> cases = new ArrayList<>();
    for (NodeLie lie : NodeLie.values()) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        cases.add(Arguments.of(lie, seed, 4 + (lie.ordinal() + seed) % 3));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, seed {1}, {2} nodes")
  @MethodSource("members")
  void aLyingMemberHarmsNobodysBudgetAndNobodysSecrets(NodeLie lie, int seed, int nodes) {
    World world = LieTable.world(lie.by(seed % nodes), nodes, seed);
    world.playThrough();
    assertSound(world);
  }

  @ParameterizedTest
  @EnumSource
  void aCoordinatorsLieEndsTheStudyAsItsTableSays(CoordinatorLie lie) {
    assertThat(LieTable.ending(lie.to(LieTable.LIAR))).isEqualTo(lie.ending());
  }

  @ParameterizedTest
  @EnumSource
  void aMembersLieEndsTheStudyAsItsTableSays(NodeLie lie) {
    assertThat(LieTable.ending(lie.by(LieTable.LIAR))).isEqualTo(lie.ending());
  }

  /** What no rule of a step sees: totals per release, survivors, charges within the reservation. */
  private static void assertSound(World world) {
    StudyLog log = world.coordinator().log().orElseThrow();
    StudyRecord record = log.records().get(0);
    List<Integer> released = record.releases().stream().map(StudyEvent.Released::release).toList();
    assertThat(released).doesNotHaveDuplicates();
    for (StudyEvent.Released each : record.releases()) {
      assertThat(each.survivors())
          .hasSizeGreaterThanOrEqualTo(world.roster().quorum().leastConfirmed());
    }
    for (SimulatedNode node : world.nodes()) {
      node.ledger()
          .orElseThrow()
          .study(record.study())
          .ifPresent(
              account -> assertThat(account.spent()).isLessThanOrEqualTo(account.terms().cost()));
    }
  }

  /** The victim refuses, and what it keeps convinces whoever has the log's key or a copy of it. */
  @Test
  void aForkIsProvenByWhatItsVictimHasRefused() {
    World world = LieTable.world(CoordinatorLie.FORKED_RELEASE.to(0), 4, 1);
    world.playThrough();
    List<ForkEvidence> kept = world.nodes().get(0).disk().forks();
    assertThat(kept).isNotEmpty().allMatch(each -> each.isSigned(world.logKey()));
    StudyLog log = world.coordinator().log().orElseThrow();
    assertThat(kept).noneMatch(each -> isBeginning(each.refused(), log));
    assertThat(kept).allMatch(each -> isBeginning(each.seen(), log));
    world
        .nodes()
        .subList(1, 4)
        .forEach(honest -> assertThat(honest.disk().forks()).as(honest.id().value()).isEmpty());
  }

  private static boolean isBeginning(SignedNote note, StudyLog log) {
    try {
      Checkpoint then = Checkpoint.parse(note.text());
      long size = log.checkpoint().size();
      return then.size() <= size
          && log.consistency(then.size(), size).proves(then.root(), log.checkpoint().root());
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  /** The victim follows the fork; two notes under the log's key then prove it to anybody. */
  @Test
  void aForkIsProvenByWhatItsVictimHasKept() {
    World world = LieTable.world(CoordinatorLie.FORKED_LOG.to(0), 4, 1);
    world.playThrough();
    StudyLog log = world.coordinator().log().orElseThrow();
    Witness victim = world.nodes().get(0).disk().witness(world.logKey());
    long size = log.checkpoint().size();
    assertThat(victim.seen().size()).isPositive();
    assertThat(
            victim.judge(
                log.signedCheckpoint(),
                log.consistency(Math.min(victim.seen().size(), size), size)))
        .isInstanceOf(Witness.Refused.class);
    NodeId other = world.nodes().get(1).id();
    Witness honest = world.nodes().get(1).disk().witness(world.logKey());
    assertThat(honest.judge(log.signedCheckpoint(), log.consistency(honest.seen().size(), size)))
        .as(other.value())
        .isInstanceOf(Witness.Accepted.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyLieOfACoordinatorSaysWhatItIsAndWhatItAnswers(CoordinatorLie lie) {
    assertThat(lie.what()).hasSizeGreaterThan(10);
    assertThat(lie.answers()).matches("(§5 \\d+|row \\d+|rows \\d+ to \\d+)(, .*)?");
  }
}
