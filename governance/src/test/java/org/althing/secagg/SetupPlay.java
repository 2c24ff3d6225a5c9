package org.althing.secagg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.althing.federation.NodeId;

/**
 * One key set-up played to its end in one thread: messages go to the coordinator in order,
 * announcements back, and when nothing is on its way the deadline passes.
 */
final class SetupPlay {
  final Federation federation;
  final EpochTerms terms;
  final Map<NodeId, KeySetup> nodes = new LinkedHashMap<>();
  final List<SetupMessage> delivered = new ArrayList<>();
  final List<Outgoing<SetupAnnouncement>> announced = new ArrayList<>();

  /** What a node's message becomes before it is sent. */
  UnaryOperator<SetupMessage> said = UnaryOperator.identity();

  /** What a node is told in place of an announcement. */
  BiFunction<NodeId, SetupAnnouncement, SetupAnnouncement> told = (to, honest) -> honest;

  private final List<SetupMessage> pending = new ArrayList<>();
  private CoordinatorSetup coordinator;

  SetupPlay(Federation federation, EpochTerms terms) {
    this.federation = federation;
    this.terms = terms;
    coordinator = CoordinatorSetup.begin(terms);
  }

  SetupPlay run() {
    for (NodeId id : federation.ids()) {
      take(id, KeySetup.begin(terms, id, federation.key(id), federation.bytes(Secret.BYTES)));
    }
    for (int deadlines = 0; deadlines < 3; deadlines++) {
      while (!pending.isEmpty()) {
        SetupMessage message = pending.remove(0);
        delivered.add(message);
        step(message.deliverTo(coordinator));
      }
      step(coordinator.deadlinePassed());
    }
    return this;
  }

  private void take(NodeId id, KeySetup.Step step) {
    nodes.put(id, step.next());
    step.send().forEach(message -> pending.add(said.apply(message)));
  }

  private void step(CoordinatorSetup.Step step) {
    coordinator = step.next();
    for (Outgoing<SetupAnnouncement> outgoing : step.send()) {
      announced.add(outgoing);
      NodeId to = outgoing.to();
      take(to, told.apply(to, outgoing.announcement()).deliverTo(nodes.get(to)));
    }
  }

  /** The pair secrets of those who have any. */
  Map<NodeId, PairSecrets> keyed() {
    Map<NodeId, PairSecrets> pairs = new LinkedHashMap<>();
    nodes.forEach(
        (id, node) -> {
          if (node instanceof KeySetup.Keyed end) {
            pairs.put(id, end.pairs());
          }
        });
    return pairs;
  }

  /** Why a node gave the set-up up; empty where it did not. */
  Optional<Fault> reasonOf(NodeId id) {
    return nodes.get(id) instanceof KeySetup.Aborted aborted
        ? Optional.of(aborted.reason())
        : Optional.empty();
  }
}
