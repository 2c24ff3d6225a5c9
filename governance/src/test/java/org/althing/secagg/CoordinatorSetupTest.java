package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.junit.jupiter.api.Test;

final class CoordinatorSetupTest {
  private final Federation federation = Federation.of(4, 41);
  private final Map<NodeId, KeySetup> nodes = new LinkedHashMap<>();
  private final Map<NodeId, Advertise> advertised = new LinkedHashMap<>();
  private CoordinatorSetup coordinator = CoordinatorSetup.begin(federation.epoch);

  private void begin() {
    for (NodeId id : federation.ids()) {
      var step = KeySetup.begin(federation.epoch, id, federation.key(id), federation.bytes(32));
      nodes.put(id, step.next());
      advertised.put(id, (Advertise) step.send().get(0));
    }
  }

  private Map<NodeId, Bind> bindings() {
    begin();
    Map<NodeId, Bind> bindings = new LinkedHashMap<>();
    for (Advertise message : advertised.values()) {
      CoordinatorSetup.Step step = coordinator.on(message);
      coordinator = step.next();
      for (var outgoing : step.send()) {
        KeySetup.Step answer = outgoing.announcement().deliverTo(nodes.get(outgoing.to()));
        nodes.put(outgoing.to(), answer.next());
        bindings.put(outgoing.to(), (Bind) answer.send().get(0));
      }
    }
    return bindings;
  }

  private void assertRejected(CoordinatorSetup.Step step, Fault.Kind kind) {
    assertThat(step.rejected().orElseThrow().kind()).isEqualTo(kind);
    assertThat(step.next()).isSameAs(coordinator);
    assertThat(step.send()).isEmpty();
  }

  @Test
  void aNodeThatDoesNotBindIsNotAMemberAndTheOthersAre() {
    Map<NodeId, Bind> bindings = bindings();
    bindings.remove(federation.id(2));
    bindings.values().forEach(bind -> coordinator = coordinator.on(bind).next());
    CoordinatorSetup.Step step = coordinator.deadlinePassed();
    var completed = (CoordinatorSetup.Completed) step.next();
    assertThat(completed.members()).hasSize(3).doesNotContain(federation.id(2));
    List<PairSecrets> keyed = new ArrayList<>();
    for (var outgoing : step.send()) {
      var node = outgoing.announcement().deliverTo(nodes.get(outgoing.to())).next();
      keyed.add(((KeySetup.Keyed) node).pairs());
    }
    assertThat(keyed).hasSize(3).allMatch(pairs -> pairs.members().equals(completed.members()));
  }

  @Test
  void tooFewKeysOrBindingsByTheDeadlineEndTheSetUp() {
    assertThat(coordinator.deadlinePassed().next()).isInstanceOf(CoordinatorSetup.Aborted.class);
    bindings();
    assertThat(coordinator.deadlinePassed().next()).isInstanceOf(CoordinatorSetup.Aborted.class);
  }

  @Test
  void rejectsForgedForeignAndRepeatedKeys() {
    begin();
    Advertise first = advertised.get(federation.id(0));
    Advertise second = advertised.get(federation.id(1));
    assertRejected(
        coordinator.on(
            new Advertise(
                first.sender(),
                first.ctx(),
                second.agreementKey(),
                first.encapsulationKey(),
                first.signature())),
        Fault.Kind.BAD_SIGNATURE);
    assertRejected(
        coordinator.on(
            new Advertise(
                    first.sender(),
                    Scene.OTHER,
                    first.agreementKey(),
                    first.encapsulationKey(),
                    Signed.UNSIGNED)
                .signed(federation.key(first.sender()))),
        Fault.Kind.OTHER_CONTEXT);
    Advertise unusable =
        new Advertise(
                first.sender(),
                first.ctx(),
                Bytes.of(new byte[32]),
                first.encapsulationKey(),
                Signed.UNSIGNED)
            .signed(federation.key(first.sender()));
    assertRejected(coordinator.on(unusable), Fault.Kind.UNUSABLE_KEY);
    coordinator = coordinator.on(first).next();
    assertThat(coordinator.on(first).rejected()).isEmpty();
    assertRejected(coordinator.on(unusable), Fault.Kind.REPEATED);
  }

  @Test
  void rejectsBindingsOfOtherKeysOrWithoutACiphertext() {
    Bind honest = bindings().get(federation.id(0));
    BindHeader header = honest.header();
    var otherKeys =
        new BindHeader(header.sender(), header.ctx(), Scene.OTHER, header.sealed(), Signed.UNSIGNED)
            .signed(federation.key(header.sender()));
    assertRejected(
        coordinator.on(new Bind(otherKeys, honest.ciphertexts())), Fault.Kind.OTHER_KEYS);
    assertRejected(
        coordinator.on(new Bind(header, honest.ciphertexts().subList(0, 2))),
        Fault.Kind.WRONG_CONTENT);
    assertRejected(coordinator.on(advertised.get(federation.id(0))), Fault.Kind.OUT_OF_TURN);
    assertThat(coordinator.on(honest).rejected()).isEmpty();
  }

  @Test
  void announcementsOfOtherStatesChangeNothingInANode() {
    begin();
    KeySetup waiting = nodes.get(federation.id(0));
    KeySetup.Step early = waiting.on(new BindBundle(List.of(), List.of()));
    assertThat(early.next()).isSameAs(waiting);
    assertThat(early.ignored()).isPresent();
    KeySetup aborted = waiting.abandon().next();
    assertThat(aborted).isInstanceOf(KeySetup.Aborted.class);
    assertThat(aborted.on(new AdvertiseBundle(List.copyOf(advertised.values()))).send()).isEmpty();
  }
}
