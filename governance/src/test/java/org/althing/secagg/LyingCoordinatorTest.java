package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The coordinator of secure-aggregation protocol §4.4 and §5 tries: whoever is lied to gives up
 * with the reason, and the others end with the right sum or with none.
 */
final class LyingCoordinatorTest {
  private static final List<Quorum> QUORUMS =
      List.of(new Quorum(4, 3, 1, 3, 3), new Quorum(5, 4, 1, 4, 4), new Quorum(7, 5, 1, 5, 5));

  private static final Map<Quorum, Tables> TABLES = new HashMap<>();

  /** What an older attempt, whose messages are replayed, has not in common with this one. */
  private enum Older {
    NONE,
    ATTEMPT,
    RELEASE,
    EPOCH;

    static final List<Older> ALL = List.of(ATTEMPT, RELEASE, EPOCH);
  }

  static Stream<Arguments> setupLies() {
    return Arrays.stream(SetupLie.values())
        .flatMap(lie -> QUORUMS.stream().map(quorum -> Arguments.of(lie, quorum)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("setupLies")
  void whoeverIsToldALieHasNoKeysAndTheOthersHave(SetupLie lie, Quorum quorum) {
    Federation federation = Federation.of(quorum, lie.ordinal());
    NodeId victim = federation.id(quorum.nodes() - 1);
    SetupPlay play = new SetupPlay(federation, federation.epoch);
    play.told = (to, honest) -> to.equals(victim) ? lie.told(play, victim, honest) : honest;
    play.run();
    assertThat(play.reasonOf(victim).orElseThrow().kind()).isEqualTo(lie.kind);
    assertThat(play.keyed().keySet())
        .containsExactlyElementsOf(federation.ids().subList(0, quorum.nodes() - 1));
  }

  static Stream<Arguments> roundLies() {
    return QUORUMS.stream()
        .flatMap(
            quorum ->
                Arrays.stream(RoundLie.values())
                    .flatMap(
                        lie ->
                            (lie.replays() ? Older.ALL : List.of(Older.NONE))
                                .stream().map(older -> Arguments.of(lie, quorum, older))));
  }

  private static LyingCoordinator seated(Quorum quorum, Older older) {
    Tables tables = TABLES.computeIfAbsent(quorum, q -> new Tables(Federation.of(q, q.nodes())));
    if (older == Older.NONE) {
      return new LyingCoordinator(tables.next(5), Optional.empty());
    }
    Federation federation = tables.federation;
    Map<NodeId, PairSecrets> pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 5);
    LyingCoordinator before =
        new LyingCoordinator(new Tables.Table(federation, pairs, terms), Optional.empty());
    before.open(id -> terms);
    before.tellAll(to -> before.cohort(to, before.all()));
    RoundLie.closeHonestly(before);
    assertThat(before.unmasks).hasSize(quorum.nodes());
    return new LyingCoordinator(after(older, before), Optional.of(before));
  }

  private static Tables.Table after(Older older, LyingCoordinator before) {
    RoundTerms t = before.terms;
    Federation federation = before.federation;
    EpochTerms next = new EpochTerms(t.epoch().plan(), t.epoch().epoch() + 1, t.epoch().roster());
    Map<NodeId, PairSecrets> pairs =
        older == Older.EPOCH ? new SetupPlay(federation, next).run().keyed() : before.pairs;
    return new Tables.Table(
        federation,
        pairs,
        new RoundTerms(
            older == Older.EPOCH ? next : t.epoch(),
            pairs.get(federation.id(0)).keys(),
            older == Older.RELEASE ? 1 : 0,
            older == Older.ATTEMPT ? 2 : 1,
            t.publicState(),
            5));
  }

  @ParameterizedTest(name = "{0}, {1}, older: {2}")
  @MethodSource("roundLies")
  void whoeverIsToldALieGivesUpAndTheOthersEndWithTheRightSumOrNone(
      RoundLie lie, Quorum quorum, Older older) {
    LyingCoordinator coordinator = seated(quorum, older);
    NodeId victim = coordinator.all().get(lie.ordinal() % quorum.nodes());
    coordinator.open(lie.believed(coordinator, victim));
    lie.tell(coordinator, victim);
    assertGivenUp(lie, coordinator, victim);
    assertAnsweredOnce(coordinator);
    CoordinatorRound end = coordinator.concluded();
    assertThat(end instanceof CoordinatorRound.Completed).isEqualTo(lie.released);
    if (end instanceof CoordinatorRound.Completed completed) {
      assertThat(completed.total().steps()).isEqualTo(coordinator.expected(completed.survivors()));
      assertThat(completed.survivors().size()).isGreaterThanOrEqualTo(quorum.leastConfirmed());
    } else {
      assertThat(coordinator.unmasks).hasSizeLessThan(quorum.threshold());
    }
  }

  private static void assertGivenUp(RoundLie lie, LyingCoordinator coordinator, NodeId victim) {
    List<NodeId> expected =
        switch (lie.told) {
          case ONE -> List.of(victim);
          case ALL_BUT_ONE -> coordinator.allBut(victim);
          case ALL -> coordinator.all();
          case NOBODY -> List.of();
        };
    for (NodeId id : coordinator.all()) {
      assertThat(coordinator.reasonOf(id).map(Fault::kind))
          .isEqualTo(expected.contains(id) ? lie.kind : Optional.empty());
    }
  }

  /** One vector, one confirmation, one answer of each node, and shares of that one set alone. */
  private static void assertAnsweredOnce(LyingCoordinator coordinator) {
    assertThat(coordinator.inputs.stream().map(Input::sender)).doesNotHaveDuplicates();
    assertThat(coordinator.confirms.stream().map(Confirm::sender)).doesNotHaveDuplicates();
    assertThat(coordinator.unmasks.stream().map(Unmask::sender)).doesNotHaveDuplicates();
    assertThat(coordinator.unmasks.stream().map(Unmask::survivors).distinct().count())
        .isLessThanOrEqualTo(1);
    List<NodeId> received = coordinator.inputs.stream().map(Input::sender).toList();
    for (Unmask unmask : coordinator.unmasks) {
      assertThat(unmask.shares().stream().map(RevealedShares::of)).isSubsetOf(received);
    }
  }

  /**
   * §5-12, line 25: one node fewer in each attempt, so that two sums differ by one node. Each
   * attempt takes a sum that is paid for and noised anew, there are three of them, and none below
   * the quorum; a fourth cannot even be named.
   */
  @ParameterizedTest
  @MethodSource("quorums")
  void shrinkingSetsAreFewPaidForAnewAndNeverBelowTheQuorum(Quorum quorum) {
    Federation federation = Federation.of(quorum, 2);
    Tables tables = new Tables(federation);
    for (int attempt = 1; attempt <= RoundTerms.MOST_ATTEMPTS; attempt++) {
      Tables.Table table = tables.next(5);
      assertThat(table.terms().attempt()).isEqualTo(attempt);
      LyingCoordinator coordinator = new LyingCoordinator(table, Optional.empty());
      coordinator.open(id -> table.terms());
      List<NodeId> left = federation.ids().subList(attempt - 1, quorum.nodes());
      coordinator.tellAll(to -> coordinator.cohort(to, coordinator.all()));
      left.forEach(to -> coordinator.tell(to, coordinator.survivors(left)));
      left.forEach(to -> coordinator.tell(to, coordinator.confirmations(left)));
      coordinator.inputs.removeIf(input -> !left.contains(input.sender()));
      boolean enough = left.size() >= quorum.leastConfirmed();
      assertThat(coordinator.unmasks).hasSize(enough ? left.size() : 0);
      if (coordinator.concluded() instanceof CoordinatorRound.Completed end) {
        assertThat(end.survivors()).isEqualTo(left);
        assertThat(end.total().steps()).isEqualTo(coordinator.expected(left));
      } else {
        assertThat(enough).isFalse();
        assertThat(coordinator.reasonOf(left.get(0)).orElseThrow().kind())
            .isEqualTo(Fault.Kind.TOO_FEW);
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> federation.terms(Scene.OTHER, 0, RoundTerms.MOST_ATTEMPTS + 1, 5));
  }

  static List<Quorum> quorums() {
    return QUORUMS;
  }

  private final Federation federation = Federation.of(4, 21);
  private final Map<NodeId, KeySetup> nodes = new LinkedHashMap<>();
  private final Map<NodeId, Advertise> advertised = new LinkedHashMap<>();

  private void advertise() {
    for (NodeId id : federation.ids()) {
      var step = KeySetup.begin(federation.epoch, id, federation.key(id), federation.bytes(32));
      nodes.put(id, step.next());
      advertised.put(id, (Advertise) step.send().get(0));
    }
  }

  private static void assertAborted(KeySetup.Step step, Fault.Kind kind) {
    assertThat(step.send()).isEmpty();
    assertThat(((KeySetup.Aborted) step.next()).reason().kind()).isEqualTo(kind);
  }

  private AdvertiseBundle bundle() {
    return new AdvertiseBundle(List.copyOf(advertised.values()));
  }

  /** §5, attack 2: each node sees a key set of its own; the bindings show it. */
  @Test
  void differentKeySetsForDifferentNodesAreRefused() {
    advertise();
    List<BindHeader> headers = new ArrayList<>();
    List<Encapsulation> ciphertexts = new ArrayList<>();
    for (NodeId id : federation.ids()) {
      List<Advertise> shown = new ArrayList<>(advertised.values());
      if (id.equals(federation.id(0))) {
        shown.remove(3);
      }
      var step = nodes.get(id).on(new AdvertiseBundle(shown));
      nodes.put(id, step.next());
      if (!step.send().isEmpty() && !id.equals(federation.id(3))) {
        Bind bind = (Bind) step.send().get(0);
        headers.add(bind.header());
        ciphertexts.addAll(bind.ciphertexts());
      }
    }
    NodeId victim = federation.id(0);
    List<Encapsulation> mine = ciphertexts.stream().filter(c -> c.to().equals(victim)).toList();
    assertAborted(nodes.get(victim).on(new BindBundle(headers, mine)), Fault.Kind.OTHER_KEYS);
  }

  @Test
  void aSecondSetOfKeysIsRefused() {
    advertise();
    NodeId victim = federation.id(0);
    KeySetup bound = nodes.get(victim).on(bundle()).next();
    advertised.remove(federation.id(3));
    assertAborted(bound.on(bundle()), Fault.Kind.SECOND_ANNOUNCEMENT);
  }

  @Test
  void everyTermOfARoundChangesItsContext() {
    var base = new RoundTerms(federation.epoch, Scene.OTHER, 1, 1, Scene.OTHER, 20);
    Digest third = Digest.of(new byte[] {3});
    EpochTerms later = new EpochTerms(federation.epoch.plan(), 2, federation.roster);
    EpochTerms elsewhere = new EpochTerms(third, 1, federation.roster);
    EpochTerms lowered = new EpochTerms(federation.epoch.plan(), 1, Federation.of(5, 21).roster);
    assertThat(
            List.of(
                base.ctx(),
                new RoundTerms(later, Scene.OTHER, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(elsewhere, Scene.OTHER, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(lowered, Scene.OTHER, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, third, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 2, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 1, 2, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 1, 1, third, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 1, 1, Scene.OTHER, 21).ctx()))
        .doesNotHaveDuplicates();
  }
}
