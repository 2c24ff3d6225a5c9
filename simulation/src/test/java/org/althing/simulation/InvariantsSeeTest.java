package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.althing.approval.Matter;
import org.althing.audit.Checkpoint;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.party.PendingStudy;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.ReleaseId;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.secagg.MaskedVector;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.ChargeStatement;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;
import org.althing.wire.SessionCodec;
import org.junit.jupiter.api.Test;

/** Each rule, broken on purpose, is seen to be broken: a check that cannot fail shows nothing. */
class InvariantsSeeTest {
  private static final Scenario CALM =
      new Scenario(11, 4, List.of(Questions.Analysis.QUALITY), 1, 0, Script.NONE);

  private static final Scenario SEVERAL_RELEASES =
      new Scenario(11, 4, List.of(Questions.Analysis.LINEAR_SVM), 1, 0, Script.NONE);

  private static void assertBreaks(String rule, Deceit deceit) {
    assertThatThrownBy(() -> new World(CALM, deceit).play())
        .isInstanceOfSatisfying(
            Violation.class, violation -> assertThat(violation.rule()).isEqualTo(rule));
  }

  private static void assertBreaks(String rule, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            Violation.class, violation -> assertThat(violation.rule()).isEqualTo(rule));
  }

  private static World played() {
    World world = new World(CALM, Deceit.NONE);
    assertThat(world.play().completed()).isTrue();
    return world;
  }

  /** An input of node 0 as it was heard, before anything became of it. */
  private static ToCoordinator.Round anInput(List<ToCoordinator.Round> heard) {
    new World(
            CALM,
            new Deceit() {
              @Override
              public List<ToCoordinator> toCoordinator(NodeId from, ToCoordinator honest) {
                if (honest instanceof ToCoordinator.Round round
                    && round.message() instanceof Input) {
                  heard.add(round);
                }
                return List.of(honest);
              }
            })
        .play();
    return heard.get(0);
  }

  @Test
  void seesAVectorThatLeavesUnpaid() {
    ToCoordinator.Round input = anInput(new ArrayList<>());
    World world = new World(CALM, Deceit.NONE);
    SimulatedNode node = world.nodes().get(0);
    assertBreaks("I9", () -> world.invariants().said(node, input));
    World later = played();
    SimulatedNode same = later.nodes().get(0);
    ToCoordinator.Round unpaid =
        new ToCoordinator.Round(input.plan(), input.release(), 3, input.message());
    assertBreaks("I1", () -> later.invariants().said(same, unpaid));
  }

  @Test
  void seesNoiseThatIsDrawnForAChargeThatIsNotDurableLoggedAndRemembered() {
    World world = played();
    SimulatedNode node = world.nodes().get(0);
    ChargeReceipt paid = charge(world, node.id());
    world.invariants().noising(node, paid);
    ReleaseId id = paid.release();
    ChargeReceipt unpaid =
        new ChargeReceipt(
            new ReleaseId(id.study(), id.release(), 3),
            paid.ledger(),
            paid.gross(),
            paid.marginal(),
            paid.spent());
    assertBreaks("I1", () -> world.invariants().noising(node, unpaid));
    assertBreaks("I1", () -> new Invariants(world).noising(node, paid));
    world.nodes().get(1).disk().forget(Integer.MAX_VALUE);
    world.invariants().noising(node, paid);
    world.nodes().get(2).disk().forget(Integer.MAX_VALUE);
    assertBreaks("I1", () -> world.invariants().noising(node, paid));
  }

  /** The last charge of a node in the log. */
  private static ChargeReceipt charge(World world, NodeId of) {
    return record(world).events(StudyEvent.Charged.class).stream()
        .map(Invariants::charge)
        .filter(said -> said.node().equals(of))
        .map(ChargeStatement::receipt)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  @Test
  void seesAStudyThatItsOfficerHasNotAgreedTo() {
    ToCoordinator.Round input = anInput(new ArrayList<>());
    World world =
        new World(
            new Scenario(11, 4, List.of(Questions.Analysis.QUALITY), 1, 0b1, Script.NONE),
            Deceit.NONE);
    SimulatedNode node = world.nodes().get(0);
    assertBreaks(
        "I9",
        () -> world.invariants().said(node, new ToCoordinator.Admitted(input.plan(), Bytes.EMPTY)));
    assertThat(world.play().completed()).isTrue();
    world.invariants().said(node, new ToCoordinator.Admitted(input.plan(), Bytes.EMPTY));
  }

  @Test
  void seesARequestThatOutlivesItsStudy() {
    World world =
        new World(
            new Scenario(11, 4, List.of(Questions.Analysis.QUALITY), 1, 0b1, Script.NONE),
            Deceit.NONE);
    assertThat(world.play().completed()).isTrue();
    SimulatedNode node = world.nodes().get(0);
    Digest any = Digest.of(new byte[0]);
    node.disk()
        .file(
            new PendingStudy(
                new Matter(node.id(), record(world).study(), any, any),
                Bytes.EMPTY,
                Bytes.EMPTY,
                0));
    assertBreaks("LIVENESS", () -> world.invariants().checkEnd());
  }

  @Test
  void seesASecondVectorForOneAttempt() {
    List<ToCoordinator.Round> heard = new ArrayList<>();
    anInput(heard);
    World world = played();
    ToCoordinator.Round input = heard.get(0);
    NodeId sender = input.message().sender();
    SimulatedNode node =
        world.nodes().stream().filter(each -> each.id().equals(sender)).findFirst().orElseThrow();
    Input real = (Input) input.message();
    InputHeader h = real.header();
    Input other =
        new Input(
            new InputHeader(
                h.sender(),
                h.ctx(),
                h.cohort(),
                Digest.of(new byte[] {1}),
                h.attachment(),
                h.signature()),
            real.vector(),
            real.attachment());
    assertBreaks(
        "I3",
        () ->
            world
                .invariants()
                .said(
                    node,
                    new ToCoordinator.Round(
                        input.plan(), input.release(), input.attempt(), other)));
  }

  @Test
  void seesAMessageThatIsNotInTheOutbox() {
    World world = played();
    SimulatedNode node = world.nodes().get(0);
    Session session = node.session().orElseThrow();
    assertBreaks("I10", () -> session.up(complaint(world, "unheard of")));
    node.disk().record(SessionCodec.write(complaint(world, "unheard of")));
    session.up(complaint(world, "unheard of"));
  }

  @Test
  void seesASumOverRowsInAMessageThatHasNoMasks() {
    World world =
        new World(
            new Scenario(11, 6, List.of(Questions.Analysis.K_MEANS), 1, 0, Script.NONE),
            Deceit.NONE);
    assertThat(world.play().completed()).isTrue();
    SimulatedNode node = world.nodes().get(5);
    long[] exact = node.lastSummed(record(world).study()).orElseThrow().exact();
    long largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
    assertBreaks("I10", () -> tell(node, complaint(world, "of " + largest + " in all")));
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer bytes = ByteBuffer.allocate(8 * exact.length + 3).order(order);
      bytes.position(3);
      Arrays.stream(exact).forEach(bytes::putLong);
      assertBreaks("I10", () -> tell(node, new ToCoordinator.Declare(Bytes.of(bytes.array()))));
    }
  }

  private static ToCoordinator complaint(World world, String text) {
    return ToCoordinator.Complaint.of(record(world).study(), Optional.empty(), text);
  }

  private static void tell(SimulatedNode node, ToCoordinator message) {
    node.disk().record(SessionCodec.write(message));
    node.session().orElseThrow().up(message);
  }

  @Test
  void seesAVectorWithoutItsMask() {
    MasksOf heard = new MasksOf(1);
    Input last = (Input) heard.rounds.get(heard.rounds.size() - 1).message();
    assertBreaks("I10", () -> heard.say(last, new long[last.vector().length()]));
  }

  @Test
  void seesAMaskThatHidesASecondVector() {
    MasksOf heard = new MasksOf(1);
    Input last = (Input) heard.rounds.get(heard.rounds.size() - 1).message();
    long[] again = new SplittableRandom(3).longs(last.vector().length()).toArray();
    again[0] = heard.masks.get(0)[0];
    assertBreaks("I10", () -> heard.say(last, again));
  }

  /** A play in which all inputs of one node were heard, and what masked them. */
  private static final class MasksOf implements Deceit {
    private final World world;
    private final int party;
    private final List<ToCoordinator.Round> rounds = new ArrayList<>();
    private final List<long[]> masks = new ArrayList<>();

    MasksOf(int party) {
      this.party = party;
      this.world = new World(SEVERAL_RELEASES, this);
      assertThat(world.play().completed()).isTrue();
    }

    private SimulatedNode node() {
      return world.nodes().get(party);
    }

    @Override
    public List<ToCoordinator> toCoordinator(NodeId from, ToCoordinator honest) {
      if (honest instanceof ToCoordinator.Round round
          && round.message() instanceof Input input
          && from.equals(node().id())) {
        long[] noised = node().lastSummed(round.plan()).orElseThrow().noised();
        ByteBuffer vector =
            ByteBuffer.wrap(input.vector().toLittleEndian()).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.setAll(noised, i -> vector.getLong(8 * i) - noised[i]);
        rounds.add(round);
        masks.add(noised);
      }
      return List.of(honest);
    }

    /** Says the last input once more, under this mask. */
    private void say(Input last, long[] mask) {
      ToCoordinator.Round round = rounds.get(rounds.size() - 1);
      long[] noised = node().lastSummed(round.plan()).orElseThrow().noised();
      ByteBuffer bytes = ByteBuffer.allocate(8 * mask.length).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < mask.length; i++) {
        bytes.putLong(noised[i] + mask[i]);
      }
      Input forged =
          new Input(last.header(), MaskedVector.ofLittleEndian(bytes.flip()), last.attachment());
      world
          .invariants()
          .said(
              node(),
              new ToCoordinator.Round(round.plan(), round.release(), round.attempt(), forged));
    }
  }

  @Test
  void seesASpendThatIsForgotten() {
    World world = played();
    SimulatedNode node = world.nodes().get(0);
    node.end();
    node.disk().forget(8);
    node.start();
    assertBreaks("I2", () -> world.invariants().check());
  }

  @Test
  void seesWhatFollowsTheEndOfAStudy() {
    World world = played();
    StudyRecord record = record(world);
    assertBreaks("I4", () -> enter(world, record.releases().get(0)));
  }

  @Test
  void seesAStudyThatWaitsForNothing() {
    World world = new World(CALM, Deceit.NONE);
    world.coordinator().start();
    assertThat(world.coordinator().submit(Questions.study(0, Questions.Analysis.QUALITY, 0)))
        .isTrue();
    world.invariants().check();
    world.coordinator().forgetTimers();
    assertBreaks("I5", () -> world.invariants().check());
  }

  @Test
  void seesATotalThatIsNotTheSumOfItsSurvivors() {
    World world = released();
    StudyEvent.Released honest = record(world).releases().get(0);
    assertBreaks("I6", () -> enter(world, counting(honest, honest.survivors().subList(1, 4))));
  }

  /** The cohort that one input names is another's; the coordinator leaves its sender out. */
  @Test
  void seesAReleaseOverTwoCohorts() {
    List<NodeId> astray = new ArrayList<>();
    World world =
        released(
            new Deceit() {
              @Override
              public List<ToCoordinator> toCoordinator(NodeId from, ToCoordinator honest) {
                if (honest instanceof ToCoordinator.Round round
                    && round.message() instanceof Input input
                    && (astray.isEmpty() || astray.contains(from))) {
                  astray.add(from);
                  return List.of(
                      new ToCoordinator.Round(
                          round.plan(), round.release(), round.attempt(), ofOtherCohort(input)));
                }
                return List.of(honest);
              }
            });
    StudyEvent.Released honest = record(world).releases().get(0);
    assertThat(honest.survivors()).hasSize(3).doesNotContainAnyElementsOf(astray);
    List<NodeId> all = new ArrayList<>(honest.survivors());
    all.add(astray.get(0));
    assertBreaks("I7", () -> enter(world, counting(honest, all)));
  }

  private static StudyEvent.Released counting(StudyEvent.Released honest, List<NodeId> survivors) {
    return new StudyEvent.Released(
        honest.release(),
        honest.attempt(),
        survivors,
        honest.total(),
        honest.transcript(),
        honest.confirmations());
  }

  private static Input ofOtherCohort(Input input) {
    InputHeader h = input.header();
    return new Input(
        new InputHeader(
            h.sender(),
            h.ctx(),
            Digest.of(new byte[] {5}),
            h.vector(),
            h.attachment(),
            h.signature()),
        input.vector(),
        input.attachment());
  }

  private static World released() {
    return released(Deceit.NONE);
  }

  /** A play that stopped right after its first release. */
  private static World released(Deceit deceit) {
    World world = new World(CALM, deceit);
    world.coordinator().start();
    world.nodes().forEach(SimulatedNode::start);
    world
        .agenda()
        .after(
            Duration.ofMillis(300),
            () -> world.coordinator().submit(Questions.study(0, Questions.Analysis.QUALITY, 0)));
    while (world.coordinator().log().orElseThrow().records().isEmpty()
        || record(world).releases().isEmpty()) {
      assertThat(world.agenda().step()).isTrue();
    }
    return world;
  }

  @Test
  void seesAWitnessOfAHistoryThatNobodyHolds() {
    World world = played();
    SimulatedNode node = world.nodes().get(0);
    Checkpoint forged = new Checkpoint(World.ORIGIN, 3, Digest.of(new byte[] {7}));
    assertBreaks(
        "I8",
        () ->
            world
                .invariants()
                .witnessed(node, new Witness(world.logKey(), forged, Optional.empty())));
  }

  @Test
  void seesALogThatLostAnEntry() {
    World world = played();
    SimulatedCoordinator coordinator = world.coordinator();
    coordinator.end();
    coordinator.disk().forget(3);
    assertBreaks("DURABLE", coordinator::start);
  }

  @Test
  void seesAReservationThatIsNeverGivenBack() {
    assertBreaks(
        "LIVENESS",
        new Deceit() {
          @Override
          public List<ToNode> toNode(NodeId to, ToNode honest) {
            return honest instanceof ToNode.Ended ? List.of() : List.of(honest);
          }
        });
  }

  @Test
  void seesAStudyThatAFaultlessPlayDoesNotComplete() {
    assertBreaks(
        "UNDISTURBED",
        new Deceit() {
          @Override
          public List<ToNode> toNode(NodeId to, ToNode honest) {
            return honest instanceof ToNode.Published ? List.of() : List.of(honest);
          }

          @Override
          public List<ToCoordinator> toCoordinator(NodeId from, ToCoordinator honest) {
            return honest instanceof ToCoordinator.Admitted admitted
                ? List.of(new ToCoordinator.Admitted(admitted.plan(), Bytes.EMPTY))
                : List.of(honest);
          }
        });
  }

  @Test
  void theShortestFailingScriptHoldsWhatIsNeededAndNoMore() {
    Scenario failing =
        new Scenario(
            1,
            4,
            List.of(Questions.Analysis.QUALITY, Questions.Analysis.LOGISTIC),
            0,
            0b1010,
            Script.parse(
                List.of(
                    "Break node=1 at=PT1S",
                    "Kill party=2 at=PT2S down=PT1S",
                    "HalfOpen node=0 at=PT3S",
                    "Pause party=-1 at=PT1S span=PT9S",
                    "Break node=3 at=PT2S")));
    Shrinker shrinker =
        new Shrinker(
            candidate -> {
              String text = candidate.script().toText();
              boolean fails = text.contains("Kill") && text.contains("node=3");
              return fails ? Optional.of("I0") : Optional.of("I99");
            });
    Scenario shortest = shrinker.shrink(failing, "I0");
    assertThat(shortest.script().toText().lines())
        .containsExactly("Kill party=2 at=PT2S down=PT1S", "Break node=3 at=PT2S");
    assertThat(shortest.studies()).hasSize(1);
    assertThat(shortest.asking()).isZero();
  }

  private static StudyRecord record(World world) {
    return world.coordinator().log().orElseThrow().records().get(0);
  }

  private static void enter(World world, StudyEvent event) {
    StudyLog log = world.coordinator().log().orElseThrow();
    world
        .invariants()
        .entered(
            world.coordinator(),
            log.record(record(world).study()).orElseThrow().next(event, 0).toBytes());
  }
}
