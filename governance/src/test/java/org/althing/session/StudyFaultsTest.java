package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.federation.NodeId;
import org.althing.policy.Allowed;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.secagg.Confirm;
import org.althing.secagg.Input;
import org.althing.secagg.Ready;
import org.althing.secagg.Unmask;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes leave, the coordinator crashes, owners refuse: every study ends, and no spend is lost. */
class StudyFaultsTest {
  private static final StudyTexts BAYES = StudyTexts.of(StudyTexts.NAIVE_BAYES, 1);

  /** What a node says in each phase. */
  private static final List<Class<?>> SAID =
      List.of(
          ToCoordinator.Admitted.class,
          ToCoordinator.Setup.class,
          Ready.class,
          ToCoordinator.Charged.class,
          ToCoordinator.Remembered.class,
          Input.class,
          Confirm.class,
          Unmask.class,
          ToCoordinator.Cosigned.class);

  private static Class<?> kindOf(ToCoordinator message) {
    return message instanceof ToCoordinator.Round round
        ? round.message().getClass()
        : message.getClass();
  }

  /** True the first time one of the {@code nodes} first nodes says something of this kind. */
  private static BiPredicate<NodeId, ToCoordinator> losing(int nodes, Class<?> kind) {
    Set<NodeId> gone = new HashSet<>();
    return (node, message) ->
        node.compareTo(Examples.node(nodes)) < 0 && kindOf(message) == kind && gone.add(node);
  }

  static Stream<Arguments> losses() {
    return SAID.stream()
        .flatMap(
            kind ->
                IntStream.of(1, 2, 4)
                    .boxed()
                    .flatMap(
                        lost ->
                            Stream.of(true, false).map(back -> Arguments.of(kind, lost, back))));
  }

  @ParameterizedTest(name = "{1} of 4 lost at {0}, come back: {2}")
  @MethodSource("losses")
  void whoeverIsLostAndWheneverTheStudyEndsWithAReason(Class<?> kind, int lost, boolean back)
      throws Exception {
    SmallFederation federation = new SmallFederation(4, BAYES);
    federation.lost = losing(lost, kind);
    federation.comeBack = back;
    federation.play();
    assertEndedInOrder(federation);
    boolean tolerated = lost == 1 && kind != ToCoordinator.Admitted.class;
    if (tolerated) {
      assertThat(federation.log.record().completed()).isTrue();
    }
    federation
        .events(StudyEvent.Released.class)
        .forEach(r -> StudyCourseTest.assertReleasedIsTheSum(federation, r));
  }

  /**
   * Ended once, with a reason where it was stopped, and the ledgers know of all that was logged.
   */
  private static void assertEndedInOrder(SmallFederation federation) throws Exception {
    int ends =
        federation.events(StudyEvent.StudyCompleted.class).size()
            + federation.events(StudyEvent.StudyStopped.class).size();
    assertThat(ends).isEqualTo(1);
    assertThat(federation.closing).isPresent();
    assertThat(federation.events(StudyEvent.StudyStopped.class))
        .allSatisfy(stopped -> assertThat(stopped.reason()).hasSizeGreaterThan(10));
    assertThat(federation.events(StudyEvent.RoundAborted.class))
        .allSatisfy(aborted -> assertThat(aborted.reason()).hasSizeGreaterThan(10));
    for (StudyEvent.Charged charged : federation.events(StudyEvent.Charged.class)) {
      ChargeStatement statement =
          Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes).statement();
      assertThat(federation.nodes.get(statement.node()).charges())
          .contains(statement.receipt().release());
    }
    for (SmallNode node : federation.nodes.values()) {
      assertThat(node.charges()).doesNotHaveDuplicates();
      assertThat(node.spent()).isLessThanOrEqualTo(federation.plan.reservation());
      assertThat(node.charges()).containsAll(attemptsWithAnInput(node));
    }
  }

  /** The attempts for which a vector of this node arrived: each must be paid for. */
  private static List<ReleaseId> attemptsWithAnInput(SmallNode node) {
    return node.said.stream()
        .filter(m -> kindOf(m) == Input.class)
        .map(ToCoordinator.Round.class::cast)
        .map(m -> new ReleaseId(m.plan(), m.release(), m.attempt()))
        .toList();
  }

  @Test
  void aRestartedNodeTakesPartAgainUnderNewKeys() {
    SmallFederation federation = new SmallFederation(4, StudyTexts.of(StudyTexts.LOGISTIC, 1));
    federation.lost = losing(1, Input.class);
    federation.comeBackAtOnce = true;
    federation.play();
    assertThat(federation.log.record().completed()).isTrue();
    List<StudyEvent.Released> released = federation.events(StudyEvent.Released.class);
    assertThat(released.get(0).survivors()).doesNotContain(Examples.node(0)).hasSize(3);
    assertThat(released.get(released.size() - 1).survivors()).isEqualTo(federation.roster.ids());
    assertThat(federation.events(StudyEvent.EpochOpened.class))
        .extracting(StudyEvent.EpochOpened::epoch)
        .containsExactly(1, 2);
    assertThat(federation.events(StudyEvent.RoundAborted.class)).isEmpty();
  }

  static Stream<Arguments> crashes() {
    int appends = new SmallFederation(3, BAYES).play().appends;
    return IntStream.rangeClosed(1, appends)
        .boxed()
        .flatMap(at -> Stream.of(true, false).map(before -> Arguments.of(at, before)));
  }

  @ParameterizedTest(name = "append {0}, before it: {1}")
  @MethodSource("crashes")
  void aCoordinatorThatCrashesAtAnyAppendGoesOnFromItsLogAndCompletes(int at, boolean before)
      throws Exception {
    SmallFederation federation = new SmallFederation(3, BAYES);
    if (before) {
      federation.crashBefore = at;
    } else {
      federation.crashAfter = at;
    }
    federation.play();
    assertEndedInOrder(federation);
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(federation.events(StudyEvent.Released.class))
        .hasSameSizeAs(federation.plan.releases());
    federation
        .events(StudyEvent.Released.class)
        .forEach(r -> StudyCourseTest.assertReleasedIsTheSum(federation, r));
    for (SmallNode node : federation.nodes.values()) {
      assertThat(node.reserved()).isEqualTo(Rho.ZERO);
      assertThat(node.spent()).isGreaterThanOrEqualTo(federation.plan.cost());
    }
  }

  /** A node may take long to open its data; until it answers, nobody can speak for it. */
  @Test
  void aRestartedCoordinatorSealsWithNobodyWhoHasNotAnsweredInItsSession() {
    SmallFederation federation = new SmallFederation(4, BAYES);
    federation.playUntil((node, message) -> message instanceof ToNode.RosterSealed);
    StudyRun resumed =
        new StudyRun(
            federation.plan, federation.log.record(), Patience.DEFAULT, Duration.ofHours(6));
    resumed.start();
    List.of(0, 1).forEach(i -> resumed.connected(Examples.node(i)));
    for (int i : List.of(0, 1)) {
      SmallNode node = federation.nodes.get(Examples.node(i));
      ToCoordinator.Admitted again =
          node.said.stream()
              .filter(ToCoordinator.Admitted.class::isInstance)
              .map(ToCoordinator.Admitted.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(sealedWith(resumed.received(node.id, again))).containsExactly(node.id);
    }
  }

  private static List<NodeId> sealedWith(List<Command> commands) {
    return commands.stream()
        .filter(Command.Send.class::isInstance)
        .map(Command.Send.class::cast)
        .filter(send -> send.message() instanceof ToNode.RosterSealed)
        .map(Command.Send::to)
        .toList();
  }

  @Test
  void aCoordinatorThatCrashesOverAndOverStillEndsTheStudy() throws Exception {
    SmallFederation federation = new SmallFederation(4, BAYES);
    federation.crashEvery = 7;
    federation.play();
    assertEndedInOrder(federation);
  }

  @Test
  void aStudyEndsWhenItsTimeIsOverWhateverItWaitsFor() throws Exception {
    for (Class<? extends ToNode> awaited :
        List.of(ToNode.Offer.class, ToNode.SetupOpened.class, ToNode.Round.class)) {
      SmallFederation federation = new SmallFederation(4, BAYES);
      federation.playUntil((node, message) -> awaited.isInstance(message));
      federation.letTimeRunOut().play();
      assertThat(federation.log.record().stopped().orElseThrow().reason())
          .startsWith("the time that the study may take is over");
      assertEndedInOrder(federation);
    }
  }

  @Test
  void theDeadlineOfAStudyThatIsOverChangesNothing() {
    SmallFederation federation = new SmallFederation(4, BAYES).play();
    federation.letTimeRunOut();
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(federation.log.record().stopped()).isEmpty();
  }

  @Test
  void oneOwnersRefusalStopsTheStudyWithItsReasonsBeforeAnythingIsCharged() {
    SmallFederation federation =
        new SmallFederation(4, BAYES, Allowed.of(List.of("quality")), Rho.roundedDown(100));
    federation.play();
    assertThat(federation.events(StudyEvent.NodeRefused.class))
        .singleElement()
        .satisfies(r -> assertThat(r.node()).isEqualTo(Examples.node(3)))
        .satisfies(r -> assertThat(r.reasons()).singleElement().asString().contains("analyses:"));
    assertThat(federation.log.record().stopped().orElseThrow().reason())
        .startsWith("org-d refused: analyses:");
    for (SmallNode node : federation.nodes.values()) {
      assertThat(node.charges()).isEmpty();
      assertThat(node.reserved()).isEqualTo(Rho.ZERO);
      assertThat(node.spent()).isEqualTo(Rho.ZERO);
    }
    assertThat(federation.node(0).ledger.history())
        .filteredOn(LedgerEntry.StudyReserved.class::isInstance)
        .hasSize(1);
  }

  @Test
  void aBudgetThatDoesNotHoldTheReservationIsARefusal() {
    SmallFederation federation =
        new SmallFederation(4, BAYES, Allowed.of(List.of("*")), new Rho(1));
    federation.play();
    assertThat(federation.log.record().stopped().orElseThrow().reason())
        .contains("budgets.patients");
    assertThat(federation.node(3).reserved()).isEqualTo(Rho.ZERO);
  }

  /** All confirmations are lost once, so that the first attempt is paid for and yields nothing. */
  @Test
  void withoutSpareAttemptsNothingIsChargedTwiceAndTheStudyStops() throws Exception {
    SmallFederation federation = new SmallFederation(4, StudyTexts.of(StudyTexts.NAIVE_BAYES, 0));
    federation.lost = losing(4, Confirm.class);
    federation.comeBack = true;
    federation.play();
    assertEndedInOrder(federation);
    assertThat(federation.log.record().stopped().orElseThrow().reason())
        .contains("the plan allows 0 repeated charges");
    for (SmallNode node : federation.nodes.values()) {
      assertThat(node.charges()).hasSize(1);
      assertThat(node.spent()).isEqualTo(federation.plan.releases().get(0).noise().rho());
      assertThat(node.reserved()).isEqualTo(Rho.ZERO);
    }
  }

  @Test
  void aChargeThatACrashCutOffCountsAsARepeatedOne() throws Exception {
    StudyTexts texts = StudyTexts.of(StudyTexts.NAIVE_BAYES, 0);
    SmallFederation whole = new SmallFederation(4, texts).play();
    List<LogEntry> entries = whole.log.record().entries();
    SmallFederation federation = new SmallFederation(4, texts);
    federation.crashAfter =
        IntStream.range(0, entries.size())
            .filter(i -> entries.get(i).event() instanceof StudyEvent.Charged)
            .findFirst()
            .orElseThrow();
    federation.play();
    assertEndedInOrder(federation);
    assertThat(federation.events(StudyEvent.RoundOpened.class)).hasSize(1);
    assertThat(federation.log.record().stopped().orElseThrow().reason())
        .contains("the plan allows 0 repeated charges");
  }

  @Test
  void withASpareAttemptTheReleaseIsRepeatedOnceAndPaidTwice() throws Exception {
    SmallFederation federation = new SmallFederation(4, BAYES);
    federation.lost = losing(4, Confirm.class);
    federation.comeBack = true;
    federation.play();
    assertEndedInOrder(federation);
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(federation.events(StudyEvent.Released.class).get(0).attempt()).isEqualTo(2);
    for (SmallNode node : federation.nodes.values()) {
      assertThat(node.charges()).hasSize(federation.plan.releases().size() + 1);
    }
  }

  /**
   * Where every member is needed, one that never gets its keys must not keep the others for ever.
   */
  @Test
  void aKeySetUpThatNeverSucceedsEndsTheStudy() throws Exception {
    SmallFederation federation = new SmallFederation(3, BAYES);
    federation.tampered =
        (node, message) ->
            message instanceof ToNode.SetupOpened opened && node.equals(Examples.node(0))
                ? new ToNode.SetupOpened(opened.plan(), 0)
                : message;
    federation.play();
    assertEndedInOrder(federation);
    assertThat(federation.log.record().stopped().orElseThrow().reason()).contains("key set-up");
  }
}
