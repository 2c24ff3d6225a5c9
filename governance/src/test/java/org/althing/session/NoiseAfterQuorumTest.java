package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.audit.ConsistencyProof;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.secagg.CohortAnnounced;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.secagg.SurvivorsProposed;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Remembrance;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No noise is drawn before the log has the charge and a quorum of the others remembers it. */
class NoiseAfterQuorumTest {
  private static final NodeId VICTIM = Examples.node(0);
  private static final StudyTexts BAYES = StudyTexts.of(StudyTexts.NAIVE_BAYES, 1);

  private final SmallFederation federation = new SmallFederation(4, BAYES);
  private final SmallNode victim = federation.node(0);
  private final Digest plan = federation.plan.digest();

  private <M extends ToNode> M before(Class<M> kind) {
    return kind.cast(federation.playUntil((n, m) -> n.equals(VICTIM) && kind.isInstance(m)));
  }

  private static <A extends NodeAction> List<A> only(Class<A> kind, List<NodeAction> actions) {
    return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<ToCoordinator> said(List<NodeAction> actions) {
    return only(NodeAction.Say.class, actions).stream().map(NodeAction.Say::message).toList();
  }

  private static List<Class<?>> steps(SmallNode node) {
    List<Class<?>> steps = new ArrayList<>();
    for (NodeAction action : node.performed) {
      if (action instanceof NodeAction.Draw) {
        steps.add(NodeAction.Draw.class);
      } else if (action instanceof NodeAction.Say say) {
        ToCoordinator message = say.message();
        if (message instanceof ToCoordinator.Charged
            || message instanceof ToCoordinator.Remembered) {
          steps.add(message.getClass());
        } else if (message instanceof ToCoordinator.Round round
            && round.message() instanceof Input) {
          steps.add(Input.class);
        }
      }
    }
    return steps;
  }

  @Test
  void everyReleaseIsChargedThenRememberedThenNoisedThenSent() {
    federation.play();
    List<Class<?>> one =
        List.of(
            ToCoordinator.Charged.class,
            ToCoordinator.Remembered.class,
            NodeAction.Draw.class,
            Input.class);
    List<Class<?>> all = new ArrayList<>();
    federation.plan.releases().forEach(release -> all.addAll(one));
    assertThat(federation.nodes.values()).allSatisfy(n -> assertThat(steps(n)).isEqualTo(all));
  }

  /** When noise is drawn the charge stands in the log and t − 1 others have it in their memory. */
  @Test
  void theLogAndAQuorumOfTheOthersHaveTheChargeWhenNoiseIsDrawn() {
    ToNode.ChargesRemembered said = before(ToNode.ChargesRemembered.class);
    Bytes own = ((ToCoordinator.Charged) lastSaid(ToCoordinator.Charged.class)).charge();
    assertThat(federation.events(StudyEvent.Charged.class)).contains(new StudyEvent.Charged(own));
    long remember =
        federation.nodes.values().stream()
            .filter(n -> n != victim)
            .filter(
                n ->
                    n.memory().of(VICTIM).map(Signed::toBytes).map(Bytes::of).stream()
                        .anyMatch(own::equals))
            .count();
    assertThat(remember).isGreaterThanOrEqualTo(federation.roster.quorum().threshold() - 1);
    assertThat(only(NodeAction.Draw.class, victim.on(said))).hasSize(1);
    assertThat(victim.memory().of(VICTIM)).as("its own is in its ledger").isEmpty();
  }

  private ToCoordinator lastSaid(Class<?> kind) {
    return victim.said.stream().filter(kind::isInstance).reduce((a, b) -> b).orElseThrow();
  }

  // What is shown as remembered.

  private static Bytes remembrance(int key, int node, ReleaseId id, Digest charges) {
    return Bytes.of(
        Signed.by(Examples.key(key), new Remembrance(Examples.node(node), id, charges)).toBytes());
  }

  private static Remembrance read(Bytes bytes) {
    try {
      return Signed.ofBytes(bytes.toArray(), Remembrance::ofBytes).statement();
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private static Arguments lie(String reason, UnaryOperator<List<Bytes>> lie) {
    return Arguments.of(reason, lie);
  }

  /** The words of nodes 1 to 3 in another form each time; the victim's own is number 0. */
  static Stream<Arguments> tooFewWords() {
    return Stream.of(
        lie("0 others", all -> List.of()),
        lie("0 others", all -> List.of(all.get(0))),
        lie("1 others", all -> all.subList(0, 2)),
        lie("1 others", all -> List.of(all.get(0), all.get(1), all.get(1), all.get(1))),
        lie("1 others", all -> List.of(all.get(1), Bytes.EMPTY, Bytes.of(new byte[200]))),
        lie("0 others", all -> forged(all, r -> remembrance(9, 1, r.release(), r.charges()))),
        lie("0 others", all -> forged(all, r -> remembrance(9, 9, r.release(), r.charges()))),
        lie(
            "0 others",
            all ->
                forged(
                    all,
                    r -> remembrance(1, 1, new ReleaseId(r.release().study(), 0, 2), r.charges()))),
        lie(
            "0 others",
            all -> forged(all, r -> remembrance(1, 1, r.release(), Digest.of(new byte[] {1})))));
  }

  private interface Forging {
    Bytes of(Remembrance honest);
  }

  private static List<Bytes> forged(List<Bytes> all, Forging forging) {
    return Collections.nCopies(3, forging.of(read(all.get(1))));
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("tooFewWords")
  void drawsNothingOnFewerWordsThanAQuorumOfOthers(String reason, UnaryOperator<List<Bytes>> lie) {
    ToNode.ChargesRemembered honest = before(ToNode.ChargesRemembered.class);
    assertRefused(with(honest, lie.apply(honest.remembrances()), honest.charge()), reason);
  }

  /** Whoever drops out after it has remembered is not needed: t − 1 others are enough. */
  @Test
  void theWordsOfAQuorumOfOthersAreEnough() {
    ToNode.ChargesRemembered honest = before(ToNode.ChargesRemembered.class);
    List<NodeAction> actions =
        victim.on(with(honest, honest.remembrances().subList(1, 3), honest.charge()));
    assertThat(only(NodeAction.Draw.class, actions)).hasSize(1);
  }

  private static ToNode.ChargesRemembered with(
      ToNode.ChargesRemembered honest, List<Bytes> words, ToNode.Logged charge) {
    return new ToNode.ChargesRemembered(
        honest.plan(),
        honest.release(),
        honest.attempt(),
        honest.checkpoint(),
        honest.consistency(),
        charge,
        words);
  }

  @Test
  void drawsNothingBeforeItsOwnChargeIsShownInTheLog() {
    ToNode.ChargesRemembered honest = before(ToNode.ChargesRemembered.class);
    for (int entry = 0; entry < federation.log.size(); entry++) {
      if (entry != honest.charge().inclusion().index()) {
        SmallFederation other = new SmallFederation(4, BAYES);
        ToNode.ChargesRemembered again =
            (ToNode.ChargesRemembered)
                other.playUntil(
                    (n, m) -> n.equals(VICTIM) && m instanceof ToNode.ChargesRemembered);
        assertRefused(
            other.node(0),
            with(again, again.remembrances(), other.log.logged(entry)),
            "charge is not shown to be in the log");
      }
    }
    ToNode.Logged elsewhere =
        new ToNode.Logged(honest.charge().entry(), federation.log.logged(0).inclusion());
    assertRefused(
        with(honest, honest.remembrances(), elsewhere), "charge is not shown to be in the log");
  }

  @Test
  void drawsNothingForAChargeInTheRecordOfAnotherStudy() {
    ToNode.ChargesRemembered honest = before(ToNode.ChargesRemembered.class);
    Bytes own = ((ToCoordinator.Charged) lastSaid(ToCoordinator.Charged.class)).charge();
    ToNode.Logged misfiled = federation.log.misfiled(new StudyEvent.Charged(own));
    assertRefused(
        new ToNode.ChargesRemembered(
            plan,
            0,
            1,
            federation.log.checkpoint(),
            federation.log.consistency(victim.witness.seen().size()),
            misfiled,
            honest.remembrances()),
        "charge is not shown to be in the log");
  }

  /** A vector counts under the charge that its sender showed, and under no other. */
  @Test
  void confirmsNoVectorUnderAnotherChargeThanItsSenderShowed() {
    ToNode.Round honest =
        (ToNode.Round)
            federation.playUntil(
                (n, m) ->
                    n.equals(VICTIM)
                        && m instanceof ToNode.Round r
                        && r.announcement() instanceof SurvivorsProposed);
    List<InputHeader> headers = ((SurvivorsProposed) honest.announcement()).headers();
    for (Digest other : List.of(headers.get(1).attachment(), Digest.of(new byte[] {5}))) {
      SmallFederation again = new SmallFederation(4, BAYES);
      again.playUntil(
          (n, m) ->
              n.equals(VICTIM)
                  && m instanceof ToNode.Round r
                  && r.announcement() instanceof SurvivorsProposed);
      List<InputHeader> changed = new ArrayList<>(headers);
      InputHeader h = headers.get(2);
      changed.set(
          2, new InputHeader(h.sender(), h.ctx(), h.cohort(), h.vector(), other, h.signature()));
      assertRefused(
          again.node(0),
          new ToNode.Round(plan, 0, 1, new SurvivorsProposed(changed)),
          "the charge of org-c for this attempt was not shown");
    }
  }

  @Test
  void drawsNothingUnderALogThatItHasNotWitnessed() {
    ToNode.ChargesRemembered honest = before(ToNode.ChargesRemembered.class);
    SmallLog fork = federation.log.forked();
    ToNode.ChargesRemembered forked =
        new ToNode.ChargesRemembered(
            plan,
            0,
            1,
            fork.checkpoint(),
            new ConsistencyProof(honest.consistency().from(), fork.size(), List.of()),
            fork.logged(1),
            honest.remembrances());
    assertThat(only(NodeAction.AccuseLog.class, victim.on(forked))).hasSize(1);
    assertThat(only(NodeAction.Draw.class, victim.on(honest))).isEmpty();
  }

  @Test
  void drawsNothingBeforeItHasRememberedTheOthers() {
    ToNode.ChargesShown shown = before(ToNode.ChargesShown.class);
    ToNode.ChargesRemembered early =
        new ToNode.ChargesRemembered(
            plan,
            shown.release(),
            shown.attempt(),
            federation.log.checkpoint(),
            federation.log.welcome(victim.witness.seen().size()).consistency(),
            federation.log.logged(0),
            List.of());
    assertRefused(early, "before they were shown");
  }

  private void assertRefused(ToNode.OfStudy lie, String reason) {
    assertRefused(victim, lie, reason);
  }

  /** Refused in these words; no noise is drawn then or later, and the charge stands. */
  private static void assertRefused(SmallNode node, ToNode.OfStudy lie, String reason) {
    List<NodeAction> actions = node.on(lie);
    assertThat(said(actions))
        .singleElement()
        .isInstanceOfSatisfying(
            ToCoordinator.Complaint.class, c -> assertThat(c.text()).contains(reason));
    assertThat(only(NodeAction.Draw.class, actions)).isEmpty();
    assertThat(only(NodeAction.Report.class, actions).toString()).contains("stays charged");
    assertThat(node.charges()).hasSize(1);
  }

  // What is shown as charged.

  static Stream<Arguments> wrongCharges() {
    return Stream.of(
        lie("own charge was not shown", all -> all.subList(1, 4)),
        lie("two charges of org-b", all -> List.of(all.get(0), all.get(1), all.get(1))),
        lie("malformed", all -> List.of(all.get(0), Bytes.of(new byte[] {1}), all.get(2))),
        lie("2 members were charged, 3 must be", all -> all.subList(0, 2)),
        lie("none of this attempt", all -> List.of(all.get(0), all.get(1), of(all.get(2), 9, 1))),
        lie("none of this attempt", all -> List.of(all.get(0), all.get(1), of(all.get(2), 2, 2))));
  }

  /** The same charge under another key, or of another attempt. */
  private static Bytes of(Bytes charge, int key, int attempt) {
    ChargeStatement honest = charge(charge);
    var r = honest.receipt();
    var other =
        new org.althing.privacy.ChargeReceipt(
            new ReleaseId(r.release().study(), r.release().release(), attempt),
            r.ledger(),
            r.gross(),
            r.marginal(),
            r.spent());
    return Bytes.of(
        Signed.by(Examples.key(key), new ChargeStatement(honest.node(), other)).toBytes());
  }

  private static ChargeStatement charge(Bytes bytes) {
    try {
      return Signed.ofBytes(bytes.toArray(), ChargeStatement::ofBytes).statement();
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("wrongCharges")
  void remembersNoChargesThatAreNotOfThisAttemptSignedAndEnough(
      String reason, UnaryOperator<List<Bytes>> lie) {
    ToNode.ChargesShown honest = before(ToNode.ChargesShown.class);
    LedgerMemory known = victim.memory();
    ToNode.ChargesShown shown = new ToNode.ChargesShown(plan, 0, 1, lie.apply(honest.charges()));
    assertRefused(shown, reason);
    assertThat(only(NodeAction.Remember.class, victim.on(honest))).isEmpty();
    assertThat(victim.memory()).isEqualTo(known);
  }

  @Test
  void givesItsWordTwiceOnTheSameChargesAndOnNoOthers() {
    ToNode.ChargesShown honest = before(ToNode.ChargesShown.class);
    List<ToCoordinator> first = said(victim.on(honest));
    assertThat(first).singleElement().isInstanceOf(ToCoordinator.Remembered.class);
    assertThat(said(victim.on(honest))).isEqualTo(first);
    List<Bytes> other = new ArrayList<>(honest.charges());
    Collections.swap(other, 1, 2);
    assertRefused(new ToNode.ChargesShown(plan, 0, 1, other), "other charges were shown before");
  }

  @Test
  void noiseIsDrawnOnceHoweverOftenItIsAskedFor() {
    ToNode.ChargesRemembered honest = before(ToNode.ChargesRemembered.class);
    assertThat(only(NodeAction.Draw.class, victim.on(honest))).hasSize(1);
    List<NodeAction> again = victim.on(honest);
    assertThat(only(NodeAction.Draw.class, again)).isEmpty();
    assertThat(said(again)).isEmpty();
  }

  // The coordinator.

  /**
   * True of what the nodes from number {@code first} on say of this kind, until {@code attempt}.
   */
  private void lose(Class<?> kind, int first) {
    Set<NodeId> gone = new HashSet<>();
    federation.lost =
        (node, message) ->
            kind.isInstance(message)
                && IntStream.range(first, 4).mapToObj(Examples::node).anyMatch(node::equals)
                && gone.add(node);
    federation.comeBack = true;
  }

  private List<String> aborted() {
    return federation.events(StudyEvent.RoundAborted.class).stream()
        .map(StudyEvent.RoundAborted::reason)
        .toList();
  }

  @Test
  void anAttemptThatTooFewChargeOrRememberIsGivenUpAndDoneAgain() {
    lose(ToCoordinator.Charged.class, 2);
    federation.play();
    assertThat(aborted()).containsExactly("2 of the cohort charged the attempt in time, 3 must");
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(federation.events(StudyEvent.Released.class).get(0).attempt()).isEqualTo(2);
  }

  @Test
  void anAttemptThatTooFewRememberIsGivenUpBeforeAnyNoise() {
    lose(ToCoordinator.Remembered.class, 2);
    federation.play();
    assertThat(aborted())
        .containsExactly("2 of the cohort remember what the attempt was charged, 3 must");
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(victim.charges()).hasSize(1 + federation.plan.releases().size());
    assertThat(only(NodeAction.Draw.class, victim.performed))
        .hasSameSizeAs(federation.plan.releases())
        .noneMatch(draw -> draw.release() == 0 && draw.attempt() == 1);
  }

  @Test
  void aFreeReleaseIsRememberedLikeAnyOther() {
    federation.play();
    assertThat(federation.events(StudyEvent.Charged.class))
        .anyMatch(c -> charge(c.statement()).receipt().marginal().equals(Rho.ZERO));
    assertThat(only(NodeAction.Draw.class, victim.performed))
        .hasSameSizeAs(federation.plan.releases());
  }

  @Test
  void aCohortIsChargedWithoutNoiseAndWithoutAVector() {
    ToNode message =
        federation.playUntil(
            (n, m) ->
                n.equals(VICTIM)
                    && m instanceof ToNode.Round r
                    && r.announcement() instanceof CohortAnnounced);
    List<NodeAction> actions = victim.on((ToNode.OfStudy) message);
    assertThat(said(actions)).singleElement().isInstanceOf(ToCoordinator.Charged.class);
    assertThat(only(NodeAction.Draw.class, actions)).isEmpty();
  }
}
