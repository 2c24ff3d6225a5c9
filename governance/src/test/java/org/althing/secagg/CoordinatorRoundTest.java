package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad message is rejected by name and leaves the attempt as it was. */
final class CoordinatorRoundTest {

  private static Arguments bad(
      String name, Fault.Kind kind, Supplier<Scene> stage, Function<Scene, RoundMessage> message) {
    return Arguments.of(name, kind, stage, message);
  }

  private static SigningKey key(Scene s) {
    return s.federation.key(s.self);
  }

  private static Digest ctx(Scene s) {
    return s.terms.ctx();
  }

  static Stream<Arguments> badMessages() {
    return Stream.of(
        bad(
            "READY with a box missing",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingCohort,
            s -> {
              Ready r = s.ready.get(s.self);
              return new Ready(r.header(), r.boxes().subList(0, 2));
            }),
        bad(
            "READY with boxes other than signed",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingCohort,
            s -> {
              Ready r = s.ready.get(s.self);
              ShareBox box = r.boxes().get(0);
              return new Ready(
                  r.header(),
                  Scene.replaced(
                      r.boxes(), 0, new ShareBox(box.from(), box.to(), Bytes.of(new byte[80]))));
            }),
        bad(
            "READY with a box of another, signed as it is",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingCohort,
            s -> {
              ShareBox box = s.ready.get(s.self).boxes().get(0);
              ShareBox stolen = new ShareBox(s.dropped, box.to(), box.sealed());
              return Resigned.boxes(
                  s.ready.get(s.self), each -> each.equals(box) ? stolen : each, key(s));
            }),
        bad(
            "READY of another attempt",
            Fault.Kind.OTHER_CONTEXT,
            Scene::awaitingCohort,
            s -> {
              ReadyHeader h = s.ready.get(s.self).header();
              return new Ready(
                  new ReadyHeader(
                          h.sender(),
                          Scene.OTHER,
                          h.selfSeed(),
                          h.sealingKey(),
                          h.boxes(),
                          Signed.UNSIGNED)
                      .signed(key(s)),
                  s.ready.get(s.self).boxes());
            }),
        bad(
            "READY under another's name",
            Fault.Kind.BAD_SIGNATURE,
            Scene::awaitingCohort,
            s -> {
              ReadyHeader h = s.ready.get(s.self).header();
              return new Ready(
                  new ReadyHeader(
                          s.self, h.ctx(), h.selfSeed(), h.sealingKey(), h.boxes(), Signed.UNSIGNED)
                      .signed(s.federation.key(s.peer)),
                  s.ready.get(s.self).boxes());
            }),
        bad(
            "INPUT before the cohort is closed",
            Fault.Kind.OUT_OF_TURN,
            Scene::awaitingCohort,
            s -> input(s, ctx(s), Scene.OTHER, new MaskedVector(new long[50]))),
        bad(
            "INPUT of another length",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingPaidSum,
            s -> input(s, ctx(s), cohort(s), new MaskedVector(new long[49]))),
        bad(
            "INPUT masked for another cohort",
            Fault.Kind.OTHER_COHORT,
            Scene::awaitingPaidSum,
            s -> input(s, ctx(s), Scene.OTHER, new MaskedVector(new long[50]))),
        bad(
            "INPUT of another attempt",
            Fault.Kind.OTHER_CONTEXT,
            Scene::awaitingPaidSum,
            s -> input(s, Scene.OTHER, cohort(s), new MaskedVector(new long[50]))),
        bad(
            "INPUT with a vector other than signed",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingPaidSum,
            s -> {
              Input i = input(s, ctx(s), cohort(s), new MaskedVector(new long[50]));
              long[] other = new long[50];
              other[49] = 1;
              return new Input(i.header(), new MaskedVector(other), i.attachment());
            }),
        bad(
            "INPUT with an attachment other than signed",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingPaidSum,
            s -> {
              Input i = input(s, ctx(s), cohort(s), new MaskedVector(new long[50]));
              return new Input(i.header(), i.vector(), Bytes.of(new byte[] {1}));
            }),
        bad(
            "READY after the cohort is closed",
            Fault.Kind.OUT_OF_TURN,
            Scene::awaitingPaidSum,
            s -> s.ready.get(s.self)),
        bad(
            "CONFIRM of a dropped node",
            Fault.Kind.STRANGER,
            Scene::awaitingSurvivors,
            s -> {
              ConfirmHeader h = Scene.awaitingConfirmations().confirmHeaders().get(0);
              return new Confirm(
                  new ConfirmHeader(
                          s.dropped,
                          ctx(s),
                          h.cohort(),
                          h.survivors(),
                          h.sealedSeeds(),
                          Signed.UNSIGNED)
                      .signed(s.federation.key(s.dropped)),
                  Bytes.EMPTY);
            }),
        bad(
            "CONFIRM of another survivor set",
            Fault.Kind.OTHER_SURVIVORS,
            Scene::awaitingSurvivors,
            s -> confirm(s, s.inputHeaders().get(0).cohort(), Scene.OTHER, Bytes.EMPTY)),
        bad(
            "CONFIRM within another cohort",
            Fault.Kind.OTHER_COHORT,
            Scene::awaitingSurvivors,
            s -> confirm(s, Scene.OTHER, Scene.OTHER, Bytes.EMPTY)),
        bad(
            "CONFIRM without sealed seeds",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingSurvivors,
            s -> confirm(s, s.inputHeaders().get(0).cohort(), survivors(s), Bytes.EMPTY)),
        bad(
            "CONFIRM with sealed seeds other than signed",
            Fault.Kind.WRONG_CONTENT,
            Scene::awaitingSurvivors,
            s -> {
              Bytes whole = Bytes.of(new byte[Secret.BYTES + Sealing.TAG_BYTES]);
              byte[] other = whole.toArray();
              other[3] = 1;
              return new Confirm(
                  confirm(s, s.inputHeaders().get(0).cohort(), survivors(s), whole).header(),
                  Bytes.of(other));
            }),
        bad(
            "UNMASK for another survivor set",
            Fault.Kind.OTHER_SURVIVORS,
            Scene::finished,
            s -> {
              Unmask u = s.unmasks.get(s.self);
              return new Unmask(s.self, u.ctx(), Scene.OTHER, u.shares(), Signed.UNSIGNED)
                  .signed(key(s));
            }),
        bad(
            "UNMASK without a survivor's shares",
            Fault.Kind.WRONG_CONTENT,
            Scene::finished,
            s -> {
              Unmask u = s.unmasks.get(s.self);
              return new Unmask(
                      s.self, u.ctx(), u.survivors(), u.shares().subList(0, 2), Signed.UNSIGNED)
                  .signed(key(s));
            }),
        bad(
            "UNMASK without the sealing key's shares",
            Fault.Kind.WRONG_CONTENT,
            Scene::finished,
            s -> {
              Unmask u = s.unmasks.get(s.self);
              List<RevealedShares> halves =
                  u.shares().stream()
                      .map(r -> new RevealedShares(r.of(), r.selfSeed(), Optional.empty()))
                      .toList();
              return new Unmask(s.self, u.ctx(), u.survivors(), halves, Signed.UNSIGNED)
                  .signed(key(s));
            }),
        bad(
            "UNMASK of a dropped node",
            Fault.Kind.STRANGER,
            Scene::finished,
            s -> {
              Unmask u = s.unmasks.get(s.self);
              return new Unmask(s.dropped, u.ctx(), u.survivors(), u.shares(), Signed.UNSIGNED)
                  .signed(s.federation.key(s.dropped));
            }),
        bad(
            "CONFIRM while shares are collected",
            Fault.Kind.OUT_OF_TURN,
            Scene::finished,
            s -> s.confirms.get(s.self)));
  }

  private static Digest cohort(Scene s) {
    return Cohort.of(ctx(s), s.readyHeaders()).digest();
  }

  private static Digest survivors(Scene s) {
    return Survivors.of(ctx(s), Cohort.of(ctx(s), s.readyHeaders()), s.inputHeaders()).digest();
  }

  private static Input input(Scene s, Digest ctx, Digest cohort, MaskedVector vector) {
    InputHeader header =
        new InputHeader(
                s.self, ctx, cohort, vector.digest(), Input.digestOf(Bytes.EMPTY), Signed.UNSIGNED)
            .signed(key(s));
    return new Input(header, vector, Bytes.EMPTY);
  }

  private static Confirm confirm(Scene s, Digest cohort, Digest survivors, Bytes sealed) {
    return new Confirm(
        new ConfirmHeader(
                s.self, ctx(s), cohort, survivors, Confirm.digestOf(sealed), Signed.UNSIGNED)
            .signed(key(s)),
        sealed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badMessages")
  void rejects(
      String name, Fault.Kind kind, Supplier<Scene> stage, Function<Scene, RoundMessage> message) {
    Scene scene = stage.get();
    CoordinatorRound before = scene.coordinator();
    CoordinatorRound.Step step = message.apply(scene).deliverTo(before);
    assertThat(step.rejected()).isPresent();
    assertThat(step.rejected().get().kind()).isEqualTo(kind);
    assertThat(step.rejected().get().who()).isPresent();
    assertThat(step.next()).isSameAs(before);
    assertThat(step.send()).isEmpty();
  }

  @Test
  void theSameMessageAgainChangesNothingAndADifferentOneIsRejected() {
    Scene scene = Scene.awaitingPaidSum();
    CoordinatorRound round = scene.coordinator();
    Input first = input(scene, ctx(scene), cohort(scene), new MaskedVector(new long[50]));
    round = round.on(first).next();
    assertThat(round.on(first).rejected()).isEmpty();
    assertThat(round.on(first).next()).isSameAs(round);
    long[] other = new long[50];
    other[0] = 1;
    Input second = input(scene, ctx(scene), cohort(scene), new MaskedVector(other));
    Input signedOther = new Input(first.header(), second.vector(), first.attachment());
    assertThat(round.on(signedOther).next()).isSameAs(round);
    assertThat(round.on(second).rejected().orElseThrow().kind()).isEqualTo(Fault.Kind.REPEATED);
  }

  /** All states in which inputs come in share one running sum; only the newest may move it on. */
  @Test
  void aStateKeptFromBeforeCannotMoveTheSum() {
    Federation federation = Federation.of(4, 8);
    var pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 20);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    play.run();
    CoordinatorRound round = CoordinatorRound.begin(terms, federation.ids());
    Map<CoordinatorRound, Input> kept = new LinkedHashMap<>();
    for (RoundMessage message : play.delivered) {
      CoordinatorRound before = round;
      round = message.deliverTo(round).next();
      if (message instanceof Input input) {
        kept.put(before, input);
      }
      kept.forEach(
          (old, next) ->
              assertThatThrownBy(() -> old.on(next))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("old state"));
    }
    CoordinatorRound beforeTheLast = List.copyOf(kept.keySet()).get(3);
    assertThatThrownBy(beforeTheLast::deadlinePassed).isInstanceOf(IllegalStateException.class);
    var completed = (CoordinatorRound.Completed) round;
    assertThat(completed.total().steps()).isEqualTo(play.expected(federation.ids()));
  }

  @Test
  void onceTheSurvivorsAreProposedTheStateBeforeTakesNoMoreInputs() {
    Federation federation = Federation.of(4, 9);
    var pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 20);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    play.run();
    CoordinatorRound round = CoordinatorRound.begin(terms, federation.ids());
    for (RoundMessage message : play.delivered.subList(0, 7)) {
      round = message.deliverTo(round).next();
    }
    CoordinatorRound threeInputs = round;
    Survivors proposed =
        ((CollectingConfirmations) threeInputs.deadlinePassed().next()).survivors();
    assertThat(proposed.headers()).hasSize(3);
    assertThat(threeInputs.deadlinePassed().next()).isEqualTo(threeInputs.deadlinePassed().next());
    Input late = (Input) play.delivered.get(7);
    assertThatThrownBy(() -> threeInputs.on(late))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("survivors are proposed");
  }

  /** Five nodes, t = 3: one answers with a share that is off by one bit, signed as it is. */
  @Test
  void aBadShareIsFoundNamedAndRepaired() {
    var quorum = new Quorum(5, 3, 0, 3, 3);
    Federation federation = Federation.of(quorum, 6);
    var pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 20);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    play.corrupt =
        message ->
            message instanceof Unmask u && u.sender().equals(federation.id(0))
                ? corrupted(u, federation)
                : message;
    var completed = (CoordinatorRound.Completed) play.run();
    assertThat(completed.total().steps()).isEqualTo(play.expected(federation.ids()));
    assertThat(completed.inconsistent()).containsExactly(federation.id(0));
  }

  private static Unmask corrupted(Unmask unmask, Federation federation) {
    List<RevealedShares> wrong =
        unmask.shares().stream()
            .map(
                r -> {
                  byte[] share = r.selfSeed().toArray();
                  share[3] ^= 1;
                  return new RevealedShares(r.of(), Bytes.of(share), r.sealingKey());
                })
            .toList();
    return new Unmask(unmask.sender(), unmask.ctx(), unmask.survivors(), wrong, Signed.UNSIGNED)
        .signed(federation.key(unmask.sender()));
  }

  /** With no share to spare there is no sum, and the commitment says so. */
  @Test
  void aBadShareAmongTheLastThresholdEndsWithoutASum() {
    Federation federation = Federation.of(3, 6);
    var pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 20);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    play.corrupt =
        message ->
            message instanceof Unmask u && u.sender().equals(federation.id(0))
                ? corrupted(u, federation)
                : message;
    var aborted = (CoordinatorRound.Aborted) play.run();
    assertThat(aborted.reason().kind()).isEqualTo(Fault.Kind.BAD_SHARES);
  }

  @Test
  void onlyMembersOfTheRosterTakePartAndEachOnce() {
    Scene scene = Scene.awaitingCohort();
    List<NodeId> ids = scene.federation.ids();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CoordinatorRound.begin(scene.terms, Scene.with(ids, new NodeId("stranger"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CoordinatorRound.begin(scene.terms, Scene.with(ids, scene.peer)));
  }

  @Test
  void tooFewInputsByTheDeadlineEndTheAttempt() {
    Scene scene = Scene.awaitingSurvivors();
    CoordinatorRound round = Scene.awaitingPaidSum().coordinator();
    for (Input input : List.copyOf(scene.inputs.values()).subList(0, 2)) {
      round = round.on(input).next();
    }
    assertEnded(round.deadlinePassed(), Fault.Kind.TOO_FEW);
  }

  @Test
  void theSumIsReadOnceItIsClosed() {
    MaskedSum sum = new MaskedSum(3);
    assertThatThrownBy(sum::copy).isInstanceOf(IllegalStateException.class);
    assertThat(sum.close(0).copy()).containsOnly(0);
  }

  private static void assertEnded(CoordinatorRound.Step step, Fault.Kind kind) {
    assertThat(((CoordinatorRound.Aborted) step.next()).reason().kind()).isEqualTo(kind);
  }

  /** A silent survivor costs an attempt only where somebody dropped before. */
  @Test
  void whoseSealedSeedsAreMissingIsNamed() {
    Federation federation = Federation.of(new Quorum(5, 3, 0, 3, 3), 15);
    for (boolean somebodyDropped : new boolean[] {true, false}) {
      RoundPlay play =
          play(
              federation,
              (id, kind) ->
                  id.equals(federation.id(2)) && kind == RoundPlay.Kind.CONFIRM
                      || somebodyDropped
                          && id.equals(federation.id(4))
                          && kind == RoundPlay.Kind.INPUT);
      CoordinatorRound end = play.run();
      if (somebodyDropped) {
        assertThat(end).isEqualTo(new CoordinatorRound.RetryNeeded(List.of(federation.id(2))));
      } else {
        assertThat(((CoordinatorRound.Completed) end).total().steps())
            .isEqualTo(play.expected(federation.ids()));
      }
    }
  }

  private static RoundPlay play(Federation federation, BiPredicate<NodeId, RoundPlay.Kind> lost) {
    var pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 20);
    return new RoundPlay(federation, pairs, terms, lost);
  }

  /** Three nodes, t = 3, and one share that does not fit: no deadline need pass to know. */
  @Test
  void sharesThatFitNothingEndTheAttemptWithTheLastAnswer() {
    Federation federation = Federation.of(3, 6);
    RoundPlay play = play(federation, (id, kind) -> false);
    play.run();
    CoordinatorRound round = CoordinatorRound.begin(play.terms, federation.ids());
    for (RoundMessage message : play.delivered) {
      RoundMessage said = message instanceof Unmask u ? corruptedOf(u, federation, 0) : message;
      CoordinatorRound.Step step = said.deliverTo(round);
      if (step.next() instanceof CollectingUnmasks) {
        assertThat(said.deliverTo(step.next()).next()).isSameAs(step.next());
      }
      round = step.next();
    }
    assertEnded(CoordinatorRound.Step.to(round), Fault.Kind.BAD_SHARES);
  }

  /** Five nodes, t = 3: exactly three have answered, and one of them falsely. */
  @Test
  void sharesThatFitNothingEndTheAttemptAtTheDeadline() {
    Federation federation = Federation.of(new Quorum(5, 3, 0, 3, 3), 6);
    RoundPlay play = play(federation, (id, kind) -> false);
    play.run();
    CoordinatorRound round = CoordinatorRound.begin(play.terms, federation.ids());
    int answers = 0;
    for (RoundMessage message : play.delivered) {
      if (!(message instanceof Unmask) || answers++ < 3) {
        RoundMessage said = message instanceof Unmask u ? corruptedOf(u, federation, 0) : message;
        round = said.deliverTo(round).next();
      }
    }
    assertThat(round).isInstanceOf(CollectingUnmasks.class);
    assertEnded(round.deadlinePassed(), Fault.Kind.BAD_SHARES);
  }

  /** Five nodes, t = 3: nobody waits for the other two. */
  @Test
  void thresholdAnswersThatFitAreEnough() {
    Federation federation = Federation.of(new Quorum(5, 3, 0, 3, 3), 6);
    RoundPlay play = play(federation, (id, kind) -> false);
    play.run();
    CoordinatorRound round = CoordinatorRound.begin(play.terms, federation.ids());
    int answers = 0;
    for (RoundMessage message : play.delivered) {
      if (!(message instanceof Unmask) || answers++ < 3) {
        assertThat(round).isNotInstanceOf(CoordinatorRound.Completed.class);
        round = message.deliverTo(round).next();
      }
    }
    assertThat(((CoordinatorRound.Completed) round).total().steps())
        .isEqualTo(play.expected(federation.ids()));
  }

  private static Unmask corruptedOf(Unmask unmask, Federation federation, int liar) {
    return unmask.sender().equals(federation.id(liar)) ? corrupted(unmask, federation) : unmask;
  }

  /** Shares of another sealing key than it committed to, which is opened where somebody dropped. */
  @Test
  void aSealingKeyThatNoSharesGiveEndsTheAttempt() {
    Federation federation = Federation.of(4, 16);
    RoundPlay play =
        play(federation, (id, kind) -> id.equals(federation.id(3)) && kind == RoundPlay.Kind.INPUT);
    play.corrupt =
        message ->
            message instanceof Unmask u
                ? Resigned.shares(
                    u,
                    each ->
                        new RevealedShares(
                            each.of(), each.selfSeed(), each.sealingKey().map(key -> FALSE_SHARE)),
                    federation.key(u.sender()))
                : message;
    assertEnded(CoordinatorRound.Step.to(play.run()), Fault.Kind.BAD_SHARES);
  }

  private static final Bytes FALSE_SHARE = Bytes.of(new byte[Secret.BYTES]);

  @Test
  void aCohortHasTheHeadersOfItsMembersAlone() {
    Scene scene = Scene.awaitingCohort();
    Cohort cohort = Cohort.of(ctx(scene), scene.readyHeaders());
    assertThat(cohort.headerOf(scene.peer).sender()).isEqualTo(scene.peer);
    assertThatIllegalArgumentException().isThrownBy(() -> cohort.headerOf(new NodeId("stranger")));
  }
}
