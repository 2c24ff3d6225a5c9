package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state of the coordinator's machines and of a node's key set-up, each met by every kind of
 * message that belongs to another state: nothing changes and nothing is sent. (A node's round has
 * its own such table in {@link NodeRoundTest}.)
 */
class OutOfTurnTest {
  private static final Map<Class<?>, Class<?>> ROUND_AWAITS =
      Map.of(
          CollectingReady.class, Ready.class,
          CollectingInputs.class, Input.class,
          CollectingConfirmations.class, Confirm.class,
          CollectingUnmasks.class, Unmask.class);
  private static final Map<Class<?>, Class<?>> SETUP_AWAITS =
      Map.of(CollectingAdvertisements.class, Advertise.class, CollectingBindings.class, Bind.class);

  private static final Federation FEDERATION = Federation.of(4, 77);
  private static final List<SetupMessage> SETUP = new ArrayList<>();
  private static final List<SetupAnnouncement> SETUP_ANNOUNCED = new ArrayList<>();
  private static final RoundPlay PLAY;
  private static final RoundTerms TERMS;

  static {
    var pairs = FEDERATION.keyed(SETUP, SETUP_ANNOUNCED);
    TERMS = FEDERATION.terms(pairs.get(FEDERATION.id(0)).keys(), 0, 1, 5);
    PLAY = new RoundPlay(FEDERATION, pairs, TERMS, (id, kind) -> false);
    PLAY.run();
  }

  /**
   * The first state of each class that the messages lead through, and both ends that they do not.
   */
  static Stream<Arguments> roundStatesAndMessages() {
    Map<Class<?>, CoordinatorRound> states = new LinkedHashMap<>();
    CoordinatorRound round = CoordinatorRound.begin(TERMS, FEDERATION.ids());
    states.put(round.getClass(), round);
    for (RoundMessage message : PLAY.delivered) {
      round = message.deliverTo(round).next();
      states.putIfAbsent(round.getClass(), round);
    }
    CoordinatorRound aborted =
        CoordinatorRound.begin(TERMS, FEDERATION.ids()).deadlinePassed().next();
    states.put(aborted.getClass(), aborted);
    CoordinatorRound retry = new CoordinatorRound.RetryNeeded(List.of(FEDERATION.id(1)));
    states.put(retry.getClass(), retry);
    assertThat(states).hasSize(7);
    Map<Class<?>, RoundMessage> messages = new LinkedHashMap<>();
    PLAY.delivered.forEach(m -> messages.putIfAbsent(m.getClass(), m));
    assertThat(messages).hasSize(4);
    return pairs(states, messages, ROUND_AWAITS);
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("roundStatesAndMessages")
  void aRoundMessageOutOfTurnIsRejectedAndChangesNothing(
      String state, String kind, CoordinatorRound before, RoundMessage message) {
    CoordinatorRound.Step step = message.deliverTo(before);
    assertThat(step.rejected().orElseThrow().kind()).isEqualTo(Fault.Kind.OUT_OF_TURN);
    assertThat(step.next()).isSameAs(before);
    assertThat(step.send()).isEmpty();
  }

  static Stream<Arguments> setupStatesAndMessages() {
    Map<Class<?>, CoordinatorSetup> states = new LinkedHashMap<>();
    CoordinatorSetup setup = CoordinatorSetup.begin(TERMS.epoch());
    states.put(setup.getClass(), setup);
    for (SetupMessage message : SETUP) {
      setup = message.deliverTo(setup).next();
      states.putIfAbsent(setup.getClass(), setup);
    }
    CoordinatorSetup aborted = CoordinatorSetup.begin(TERMS.epoch()).deadlinePassed().next();
    states.put(aborted.getClass(), aborted);
    assertThat(states).hasSize(4);
    Map<Class<?>, SetupMessage> messages = new LinkedHashMap<>();
    SETUP.forEach(m -> messages.putIfAbsent(m.getClass(), m));
    assertThat(messages).hasSize(2);
    return pairs(states, messages, SETUP_AWAITS);
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("setupStatesAndMessages")
  void aSetupMessageOutOfTurnIsRejectedAndChangesNothing(
      String state, String kind, CoordinatorSetup before, SetupMessage message) {
    CoordinatorSetup.Step step = message.deliverTo(before);
    assertThat(step.rejected().orElseThrow().kind()).isEqualTo(Fault.Kind.OUT_OF_TURN);
    assertThat(step.next()).isSameAs(before);
    assertThat(step.send()).isEmpty();
  }

  @Test
  void aNodesKeySetupIgnoresAnnouncementsOfOtherStates() {
    BindBundle bindings = announced(BindBundle.class);
    AdvertiseBundle advertised = announced(AdvertiseBundle.class);
    KeySetup awaiting =
        KeySetup.begin(
                TERMS.epoch(),
                FEDERATION.id(0),
                FEDERATION.key(FEDERATION.id(0)),
                FEDERATION.bytes(Secret.BYTES))
            .next();
    assertIgnored(awaiting, bindings.deliverTo(awaiting));
    KeySetup aborted = awaiting.abandon().next();
    assertThat(aborted).isInstanceOf(KeySetup.Aborted.class);
    assertIgnored(aborted, bindings.deliverTo(aborted));
    assertIgnored(aborted, advertised.deliverTo(aborted));
    KeySetup keyed = new KeySetup.Keyed(FEDERATION.keyed().get(FEDERATION.id(0)));
    assertIgnored(keyed, bindings.deliverTo(keyed));
    assertIgnored(keyed, advertised.deliverTo(keyed));
  }

  private static void assertIgnored(KeySetup before, KeySetup.Step step) {
    assertThat(step.ignored()).isPresent();
    assertThat(step.next()).isSameAs(before);
    assertThat(step.send()).isEmpty();
  }

  private static <A> A announced(Class<A> kind) {
    return SETUP_ANNOUNCED.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Arguments> pairs(
      Map<Class<?>, ?> states, Map<Class<?>, ?> messages, Map<Class<?>, Class<?>> awaits) {
    return states.entrySet().stream()
        .flatMap(
            state ->
                messages.entrySet().stream()
                    .filter(message -> message.getKey() != awaits.get(state.getKey()))
                    .map(
                        message ->
                            Arguments.of(
                                state.getKey().getSimpleName(),
                                message.getKey().getSimpleName(),
                                state.getValue(),
                                message.getValue())));
  }
}
