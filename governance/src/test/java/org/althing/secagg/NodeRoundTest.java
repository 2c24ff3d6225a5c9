package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A node checks every word of the coordinator's before it gives anything. */
final class NodeRoundTest {
  private static final Bytes BAD_SIGNATURE = Bytes.of(new byte[64]);

  private static Arguments bad(
      String name,
      Fault.Kind kind,
      Supplier<Scene> scene,
      Function<Scene, RoundAnnouncement> announcement) {
    return Arguments.of(name, kind, scene, announcement);
  }

  static Stream<Arguments> badCohorts() {
    return Stream.of(
            bad(
                "two of four",
                Fault.Kind.TOO_FEW,
                null,
                s -> new CohortAnnounced(s.readyHeaders().subList(0, 2), List.of())),
            cohort(
                "a header twice",
                Fault.Kind.REPEATED,
                s -> Scene.with(s.readyHeaders(), s.readyHeaders().get(1))),
            cohort(
                "a stranger",
                Fault.Kind.STRANGER,
                s -> Scene.with(s.readyHeaders(), header(s, new NodeId("mallory"), s.terms.ctx()))),
            cohort(
                "a header of another attempt",
                Fault.Kind.OTHER_CONTEXT,
                s -> Scene.replaced(s.readyHeaders(), 1, header(s, s.peer, Scene.OTHER))),
            cohort(
                "a forged header",
                Fault.Kind.BAD_SIGNATURE,
                s -> {
                  ReadyHeader h = s.readyHeaders().get(1);
                  return Scene.replaced(
                      s.readyHeaders(),
                      1,
                      new ReadyHeader(
                          h.sender(),
                          h.ctx(),
                          Scene.OTHER,
                          h.sealingKey(),
                          h.boxes(),
                          h.signature()));
                }),
            cohort(
                "without this node",
                Fault.Kind.OWN_MESSAGE_MISSING,
                s -> s.readyHeaders().subList(1, 4)),
            boxes(
                "a box absent",
                Fault.Kind.WRONG_CONTENT,
                s -> s.cohortFor(s.self).boxes().subList(1, 3)),
            boxes(
                "a box twice",
                Fault.Kind.WRONG_CONTENT,
                s -> Scene.with(s.cohortFor(s.self).boxes(), s.cohortFor(s.self).boxes().get(0))),
            boxes(
                "a box for another",
                Fault.Kind.WRONG_CONTENT,
                s ->
                    Scene.replaced(
                        s.cohortFor(s.self).boxes(), 1, s.cohortFor(s.peer).boxes().get(1))),
            boxes(
                "this node's own box reflected",
                Fault.Kind.BAD_BOX,
                s ->
                    Scene.replaced(
                        s.cohortFor(s.self).boxes(),
                        0,
                        new ShareBox(s.peer, s.self, s.ready.get(s.self).boxes().get(0).sealed()))),
            boxes(
                "a box with a bit changed",
                Fault.Kind.BAD_BOX,
                s -> {
                  ShareBox box = s.cohortFor(s.self).boxes().get(2);
                  byte[] sealed = box.sealed().toArray();
                  sealed[40] ^= 1;
                  return Scene.replaced(
                      s.cohortFor(s.self).boxes(),
                      2,
                      new ShareBox(box.from(), box.to(), Bytes.of(sealed)));
                }))
        .map(a -> stage(a, Scene::awaitingCohort));
  }

  private static Arguments cohort(
      String name, Fault.Kind kind, Function<Scene, List<ReadyHeader>> headers) {
    return bad(
        name, kind, null, s -> new CohortAnnounced(headers.apply(s), s.cohortFor(s.self).boxes()));
  }

  private static Arguments boxes(
      String name, Fault.Kind kind, Function<Scene, List<ShareBox>> boxes) {
    return bad(name, kind, null, s -> new CohortAnnounced(s.readyHeaders(), boxes.apply(s)));
  }

  private static Arguments stage(Arguments arguments, Supplier<Scene> scene) {
    Object[] a = arguments.get();
    return Arguments.of(a[0], a[1], scene, a[3]);
  }

  private static ReadyHeader header(Scene s, NodeId sender, Digest ctx) {
    SigningKey key = s.federation.key(s.peer);
    return new ReadyHeader(sender, ctx, Scene.OTHER, Scene.OTHER, Scene.OTHER, Signed.UNSIGNED)
        .signed(key);
  }

  static Stream<Arguments> badSurvivors() {
    return Stream.of(
            survivors("two of three", Fault.Kind.TOO_FEW, s -> s.inputHeaders().subList(0, 2)),
            survivors(
                "a header twice",
                Fault.Kind.REPEATED,
                s -> Scene.with(s.inputHeaders(), s.inputHeaders().get(0))),
            survivors(
                "a stranger",
                Fault.Kind.STRANGER,
                s ->
                    Scene.with(
                        s.inputHeaders(),
                        input(s, new NodeId("mallory"), s.terms.ctx(), Scene.OTHER))),
            survivors(
                "a header of another attempt",
                Fault.Kind.OTHER_CONTEXT,
                s ->
                    Scene.replaced(
                        s.inputHeaders(),
                        1,
                        input(s, s.peer, Scene.OTHER, s.inputHeaders().get(0).cohort()))),
            survivors(
                "a forged header",
                Fault.Kind.BAD_SIGNATURE,
                s -> {
                  InputHeader h = s.inputHeaders().get(1);
                  return Scene.replaced(
                      s.inputHeaders(),
                      1,
                      new InputHeader(
                          h.sender(),
                          h.ctx(),
                          h.cohort(),
                          Scene.OTHER,
                          h.attachment(),
                          h.signature()));
                }),
            survivors(
                "without this node",
                Fault.Kind.OWN_MESSAGE_MISSING,
                s ->
                    Scene.replaced(
                        s.inputHeaders(),
                        0,
                        new InputHeader(
                                s.dropped,
                                s.terms.ctx(),
                                s.inputHeaders().get(0).cohort(),
                                Scene.OTHER,
                                Scene.OTHER,
                                Signed.UNSIGNED)
                            .signed(s.federation.key(s.dropped)))),
            survivors(
                "a node that masked for another cohort",
                Fault.Kind.OTHER_COHORT,
                s ->
                    Scene.replaced(
                        s.inputHeaders(), 1, input(s, s.peer, s.terms.ctx(), Scene.OTHER))))
        .map(a -> stage(a, Scene::awaitingSurvivors));
  }

  private static Arguments survivors(
      String name, Fault.Kind kind, Function<Scene, List<InputHeader>> headers) {
    return bad(name, kind, null, s -> new SurvivorsProposed(headers.apply(s)));
  }

  private static InputHeader input(Scene s, NodeId sender, Digest ctx, Digest cohort) {
    return new InputHeader(sender, ctx, cohort, Scene.OTHER, Scene.OTHER, Signed.UNSIGNED)
        .signed(s.federation.key(s.peer));
  }

  static Stream<Arguments> badConfirmations() {
    return Stream.of(
            shown("two of three", Fault.Kind.TOO_FEW, s -> s.confirmHeaders().subList(0, 2)),
            shown(
                "a confirmation twice for three",
                Fault.Kind.REPEATED,
                s -> Scene.replaced(s.confirmHeaders(), 2, s.confirmHeaders().get(1))),
            shown(
                "one of a dropped node",
                Fault.Kind.STRANGER,
                s ->
                    Scene.replaced(
                        s.confirmHeaders(),
                        2,
                        confirm(s, s.dropped, s.terms.ctx(), s.confirmHeaders().get(0)))),
            shown(
                "one of another attempt",
                Fault.Kind.OTHER_CONTEXT,
                s ->
                    Scene.replaced(
                        s.confirmHeaders(),
                        1,
                        confirm(s, s.peer, Scene.OTHER, s.confirmHeaders().get(0)))),
            shown(
                "a forged one",
                Fault.Kind.BAD_SIGNATURE,
                s -> {
                  ConfirmHeader h = s.confirmHeaders().get(1);
                  return Scene.replaced(
                      s.confirmHeaders(),
                      1,
                      new ConfirmHeader(
                          h.sender(),
                          h.ctx(),
                          h.cohort(),
                          h.survivors(),
                          h.sealedSeeds(),
                          BAD_SIGNATURE));
                }),
            shown(
                "one of another survivor set",
                Fault.Kind.OTHER_SURVIVORS,
                s -> {
                  ConfirmHeader h = s.confirmHeaders().get(1);
                  return Scene.replaced(
                      s.confirmHeaders(),
                      1,
                      new ConfirmHeader(
                              h.sender(),
                              h.ctx(),
                              h.cohort(),
                              Scene.OTHER,
                              h.sealedSeeds(),
                              Signed.UNSIGNED)
                          .signed(s.federation.key(s.peer)));
                }),
            shown(
                "one of this survivor set within another cohort",
                Fault.Kind.OTHER_SURVIVORS,
                s -> {
                  ConfirmHeader h = s.confirmHeaders().get(1);
                  return Scene.replaced(
                      s.confirmHeaders(),
                      1,
                      new ConfirmHeader(
                              h.sender(),
                              h.ctx(),
                              Scene.OTHER,
                              h.survivors(),
                              h.sealedSeeds(),
                              Signed.UNSIGNED)
                          .signed(s.federation.key(s.peer)));
                }))
        .map(a -> stage(a, Scene::awaitingConfirmations));
  }

  private static Arguments shown(
      String name, Fault.Kind kind, Function<Scene, List<ConfirmHeader>> headers) {
    return bad(name, kind, null, s -> new ConfirmationsShown(headers.apply(s)));
  }

  private static ConfirmHeader confirm(Scene s, NodeId sender, Digest ctx, ConfirmHeader like) {
    return new ConfirmHeader(
            sender, ctx, like.cohort(), like.survivors(), like.sealedSeeds(), Signed.UNSIGNED)
        .signed(s.federation.key(sender));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"badCohorts", "badSurvivors", "badConfirmations"})
  void abortsAndSendsNothingOn(
      String name,
      Fault.Kind kind,
      Supplier<Scene> stage,
      Function<Scene, RoundAnnouncement> announcement) {
    Scene scene = stage.get();
    NodeRound.Step step = announcement.apply(scene).deliverTo(scene.subject());
    assertThat(step.send()).isEmpty();
    assertThat(step.next()).isInstanceOf(NodeRound.Aborted.class);
    assertThat(((NodeRound.Aborted) step.next()).reason().kind()).isEqualTo(kind);
    assertThat(step.next().on(scene.shown()).send()).isEmpty();
  }

  static Stream<Arguments> outOfTurn() {
    CohortAnnounced cohort = new CohortAnnounced(List.of(), List.of());
    SurvivorsProposed survivors = new SurvivorsProposed(List.of());
    ConfirmationsShown shown = new ConfirmationsShown(List.of());
    return Stream.of(
        Arguments.of((Supplier<Scene>) Scene::awaitingCohort, List.of(survivors, shown)),
        Arguments.of((Supplier<Scene>) Scene::awaitingPaidSum, List.of(survivors, shown)),
        Arguments.of((Supplier<Scene>) Scene::awaitingSurvivors, List.of(shown)),
        Arguments.of((Supplier<Scene>) Scene::finished, List.of(cohort, survivors, shown)),
        Arguments.of((Supplier<Scene>) Scene::aborted, List.of(cohort, survivors, shown)));
  }

  @ParameterizedTest
  @MethodSource("outOfTurn")
  void announcementsOfOtherStatesChangeNothing(
      Supplier<Scene> stage, List<RoundAnnouncement> announcements) {
    for (RoundAnnouncement announcement : announcements) {
      NodeRound before = stage.get().subject();
      NodeRound.Step step = announcement.deliverTo(before);
      assertThat(step.next()).isSameAs(before);
      assertThat(step.send()).isEmpty();
      assertThat(step.ignored()).isPresent();
    }
  }

  static Stream<Supplier<Scene>> statesWithoutInput() {
    return Stream.of(
        Scene::awaitingCohort,
        Scene::awaitingSurvivors,
        Scene::awaitingConfirmations,
        Scene::finished,
        Scene::aborted);
  }

  @ParameterizedTest
  @MethodSource("statesWithoutInput")
  void onlyTheStateThatAwaitsAPaidSumTakesOne(Supplier<Scene> stage) {
    Scene scene = stage.get();
    var sum = scene.paid(scene.self);
    NodeRound.Step step = scene.subject().input(sum, new byte[0]);
    assertThat(step.next()).isSameAs(scene.subject());
    assertThat(step.ignored()).isPresent();
    assertThat(sum.takeForMasking()).isEqualTo(scene.vectors.get(scene.self));
  }

  @Test
  void theSameAnnouncementAgainGivesTheSameAnswer() {
    Scene scene = Scene.awaitingSurvivors();
    NodeRound.Step again = scene.subject().on(scene.cohortFor(scene.self));
    assertThat(again.send()).isEqualTo(List.of(scene.inputs.get(scene.self)));
    Scene paying = Scene.awaitingPaidSum();
    NodeRound.Step seated = paying.subject().on(paying.cohortFor(paying.self));
    assertThat(seated.next()).isSameAs(paying.subject());
    assertThat(seated.send()).isEmpty();
    Scene confirming = Scene.awaitingConfirmations();
    assertThat(confirming.subject().on(confirming.cohortFor(confirming.self)).send())
        .isEqualTo(List.of(confirming.inputs.get(confirming.self)));
    assertThat(confirming.subject().on(confirming.proposed()).send())
        .isEqualTo(List.of(confirming.confirms.get(confirming.self)));
    Scene finished = Scene.finished();
    assertThat(finished.subject().on(finished.shown()).send())
        .isEqualTo(List.of(finished.unmasks.get(finished.self)));
  }

  @Test
  void aSecondDifferentAnnouncementEndsTheAttempt() {
    Scene scene = Scene.awaitingSurvivors();
    var fewer =
        new CohortAnnounced(
            scene.readyHeaders().subList(0, 3), scene.cohortFor(scene.self).boxes().subList(0, 2));
    assertSecond(scene.subject().on(fewer));
    Scene confirming = Scene.awaitingConfirmations();
    assertSecond(confirming.subject().on(new SurvivorsProposed(List.of())));
    assertSecond(Scene.awaitingConfirmations().subject().on(fewer));
    assertSecond(Scene.awaitingPaidSum().subject().on(fewer));
  }

  private static void assertSecond(NodeRound.Step step) {
    assertThat(step.send()).isEmpty();
    assertThat(((NodeRound.Aborted) step.next()).reason().kind())
        .isEqualTo(Fault.Kind.SECOND_ANNOUNCEMENT);
  }

  /** A shell that kept an old state by mistake, or on purpose, gets no second signature. */
  @Test
  void anOldStateSignsNoSecondSurvivorSet() {
    Scene scene = Scene.awaitingSurvivors();
    NodeRound old = scene.subject();
    assertThat(old.on(scene.proposed()).send()).hasSize(1);
    InputHeader other =
        new InputHeader(
                scene.peer,
                scene.terms.ctx(),
                scene.inputHeaders().get(0).cohort(),
                Scene.OTHER,
                Scene.OTHER,
                Signed.UNSIGNED)
            .signed(scene.federation.key(scene.peer));
    assertSecond(old.on(new SurvivorsProposed(Scene.replaced(scene.inputHeaders(), 1, other))));
  }

  @Test
  void anOldStateMasksNoSecondInput() {
    Scene scene = Scene.awaitingPaidSum();
    NodeRound old = scene.subject();
    old.input(scene.paid(scene.self), new byte[0]);
    var second = scene.paid(scene.self);
    assertThatThrownBy(() -> old.input(second, new byte[0]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("masks one input");
    assertThat(second.takeForMasking()).isEqualTo(scene.vectors.get(scene.self));
  }

  @Test
  void aSumPaidForAnotherAttemptOrLengthIsNotTaken() {
    Scene scene = Scene.awaitingPaidSum();
    RoundTerms other = scene.federation.terms(scene.terms.keys(), 0, 2, 50);
    var elsewhere = Federation.paid(other, new long[50]);
    var shorter = Federation.paid(scene.terms, new long[49]);
    assertThatThrownBy(() -> scene.subject().input(elsewhere, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scene.subject().input(shorter, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(scene.subject().input(scene.paid(scene.self), new byte[0]).send()).hasSize(1);
  }

  @Test
  void revealsOnlySharesOfTheConfirmedSet() {
    Scene scene = Scene.finished();
    Unmask unmask = scene.unmasks.get(scene.self);
    assertThat(unmask.shares().stream().map(RevealedShares::of))
        .containsExactlyElementsOf(scene.inputs.keySet())
        .doesNotContain(scene.dropped);
  }

  @Test
  void noAttemptIsBegunTwiceOrAfterALaterOne() {
    Scene scene = Scene.awaitingCohort();
    for (RoundTerms replay :
        List.of(scene.terms, scene.federation.terms(scene.terms.keys(), 0, 1, 50))) {
      var step =
          NodeRound.begin(
              replay, scene.federation.key(scene.self), scene.pairs.get(scene.self), new byte[32]);
      assertThat(step.send()).isEmpty();
      assertThat(((NodeRound.Aborted) step.next()).reason().kind())
          .isEqualTo(Fault.Kind.REPLAYED_ROUND);
    }
  }

  /** One organisation's zeros look like noise to whoever holds only its masked vector. */
  @Test
  void aMaskedVectorOfZerosLooksUniform() {
    Federation federation = Federation.of(3, 8);
    var pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, 1 << 15);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    play.inputs.replaceAll((id, vector) -> new long[vector.length]);
    play.run();
    Input input =
        (Input) play.delivered.stream().filter(Input.class::isInstance).findFirst().orElseThrow();
    int[] counts = new int[256];
    byte[] bytes = input.vector().toLittleEndian();
    for (byte b : bytes) {
      counts[b & 255]++;
    }
    double expected = bytes.length / 256.0;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 255 degrees of freedom; outside by chance once in a million. The seed is fixed.
    assertThat(chiSquare).isBetween(160.0, 380.0);
  }

  @Test
  void noStatePrintsASecret() {
    Scene scene = Scene.awaitingConfirmations();
    assertThat(scene.subject().toString()).contains("RoundSeat[").doesNotContain("[B@");
    assertThat(Secret.copying(new byte[32]).toString()).isEqualTo("Secret[32 bytes]");
  }

  @Test
  void anOldStateOpensTheBoxesOfOneCohortAlone() {
    Scene scene = Scene.awaitingCohort();
    NodeRound old = scene.subject();
    CohortAnnounced whole = scene.cohortFor(scene.self);
    assertThat(old.on(whole).next()).isInstanceOf(NodeRound.AwaitingNoisedSum.class);
    assertThat(old.on(whole).next()).isInstanceOf(NodeRound.AwaitingNoisedSum.class);
    assertSecond(
        old.on(
            new CohortAnnounced(scene.readyHeaders().subList(0, 3), whole.boxes().subList(0, 2))));
  }

  @Test
  void theTermsOfAnAttemptSpeakOfTheKeySetUpAtHand() {
    Scene scene = Scene.awaitingCohort();
    RoundTerms at = scene.terms;
    EpochTerms epoch = new EpochTerms(at.epoch().plan(), 2, at.epoch().roster());
    for (RoundTerms other :
        List.of(
            new RoundTerms(at.epoch(), Scene.OTHER, 1, 1, at.publicState(), 50),
            new RoundTerms(epoch, at.keys(), 1, 1, at.publicState(), 50))) {
      assertThatThrownBy(
              () ->
                  NodeRound.begin(
                      other,
                      scene.federation.key(scene.self),
                      scene.pairs.get(scene.self),
                      new byte[32]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Whose confirmation was not shown has sealed nothing that is to be opened. */
  @Test
  void aSealingKeyIsOpenedOnlyForWhoConfirmed() {
    Scene scene = Scene.awaitingConfirmations();
    AwaitingConfirmations state = (AwaitingConfirmations) scene.subject();
    Unmask unmask = state.seat().unmask(state.survivors(), Set.of(scene.peer));
    assertThat(unmask.shares()).hasSize(3);
    assertThat(unmask.shares().stream().filter(each -> each.sealingKey().isPresent()))
        .extracting(RevealedShares::of)
        .containsExactly(scene.peer);
  }
}
