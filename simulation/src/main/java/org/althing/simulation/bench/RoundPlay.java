package org.althing.simulation.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.althing.federation.NodeId;
import org.althing.privacy.NoisedSum;
import org.althing.secagg.CoordinatorRound;
import org.althing.secagg.Input;
import org.althing.secagg.NodeRound;
import org.althing.secagg.OpenedRounds;
import org.althing.secagg.Outgoing;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.RoundTerms;

/**
 * One round on the real machines of nodes and coordinator, in one thread, node by node, so that
 * never more than a few vectors exist at once. Every step runs inside its party's meter.
 */
final class RoundPlay {
  private static final byte[] ATTACHMENT = new byte[300];

  /** A sum of 200 noise shares with sigma 8 has a deviation of 113 steps; masks have 2⁶³. */
  private static final long MOST_NOISE = 10_000;

  private final KeyedFederation keyed;
  private final RoundTerms terms;
  private final Meters meters;
  private final Map<NodeId, NodeRound> nodes = new LinkedHashMap<>();
  private CoordinatorRound coordinator;

  private RoundPlay(KeyedFederation keyed, int length, Meters meters) {
    this.keyed = keyed;
    this.terms = keyed.nextTerms(length);
    this.meters = meters;
    coordinator = meters.coordinator().around(() -> CoordinatorRound.begin(terms, keyed.ids()));
  }

  /**
   * Plays a round in which the first {@code dropped} nodes are lost after READY.
   *
   * @throws IllegalStateException if it does not end with the survivors' sum
   */
  static void play(KeyedFederation keyed, int length, int dropped, Meters meters) {
    RoundPlay play = new RoundPlay(keyed, length, meters);
    List<Outgoing<RoundAnnouncement>> announced = new ArrayList<>();
    for (NodeId id : keyed.ids()) {
      announced.addAll(play.tell(play.ready(id)));
    }
    play.nodes.keySet().removeAll(keyed.ids().subList(0, dropped));
    announced = play.inputs(announced);
    announced = play.answers(announced);
    play.answers(announced);
    play.requireSum(keyed.ids().size() - dropped);
  }

  private RoundMessage ready(NodeId id) {
    byte[] entropy = keyed.federation.bytes(32);
    return answer(
        id,
        meters
            .node(id)
            .around(
                () -> NodeRound.begin(terms, keyed.federation.key(id), keyed.pairs(id), entropy)));
  }

  private List<Outgoing<RoundAnnouncement>> inputs(List<Outgoing<RoundAnnouncement>> announced) {
    List<Outgoing<RoundAnnouncement>> next = new ArrayList<>();
    for (Outgoing<RoundAnnouncement> each : announced) {
      if (nodes.containsKey(each.to())) {
        next.addAll(tell(input(each)));
      }
    }
    if (next.isEmpty()) {
      next.addAll(take(meters.coordinator().around(coordinator::deadlinePassed)));
    }
    return next;
  }

  /** The node's input, which the node itself lets go of. */
  private RoundMessage input(Outgoing<RoundAnnouncement> announced) {
    NodeId id = announced.to();
    NodeRound before = node(id);
    NodeRound waiting =
        meters.node(id).around(() -> announced.announcement().deliverTo(before)).next();
    NoisedSum sum = keyed.paid(id, terms);
    Input sent = (Input) answer(id, meters.node(id).around(() -> waiting.input(sum, ATTACHMENT)));
    nodes.put(id, OpenedRounds.withoutVector(node(id)));
    return sent;
  }

  private List<Outgoing<RoundAnnouncement>> answers(List<Outgoing<RoundAnnouncement>> announced) {
    List<Outgoing<RoundAnnouncement>> next = new ArrayList<>();
    for (Outgoing<RoundAnnouncement> each : announced) {
      NodeRound node = node(each.to());
      next.addAll(
          tell(
              answer(
                  each.to(),
                  meters.node(each.to()).around(() -> each.announcement().deliverTo(node)))));
    }
    return next;
  }

  private NodeRound node(NodeId id) {
    return Objects.requireNonNull(nodes.get(id));
  }

  private RoundMessage answer(NodeId id, NodeRound.Step step) {
    nodes.put(id, step.next());
    if (step.send().size() != 1) {
      throw new IllegalStateException(id + " did not answer: " + step.next());
    }
    return step.send().get(0);
  }

  private List<Outgoing<RoundAnnouncement>> tell(RoundMessage message) {
    if (coordinator instanceof CoordinatorRound.Completed) {
      return List.of();
    }
    return take(meters.coordinator().around(() -> message.deliverTo(coordinator)));
  }

  private List<Outgoing<RoundAnnouncement>> take(CoordinatorRound.Step step) {
    step.rejected()
        .ifPresent(
            fault -> {
              throw new IllegalStateException("an honest message was rejected: " + fault);
            });
    coordinator = step.next();
    return step.send();
  }

  private void requireSum(int survivors) {
    if (!(coordinator instanceof CoordinatorRound.Completed completed)
        || completed.survivors().size() != survivors
        || Arrays.stream(completed.total().steps()).anyMatch(v -> Math.abs(v) > MOST_NOISE)) {
      throw new IllegalStateException("the round ended without the survivors' sum");
    }
  }
}
