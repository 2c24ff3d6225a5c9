package org.althing.secagg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.althing.federation.NodeId;
import org.althing.privacy.NoisedSum;

/**
 * One attempt played to its end in one thread: messages go to the coordinator in order,
 * announcements back, and when nothing is on its way the deadline passes.
 */
final class RoundPlay {
  /** The four messages of a node. */
  enum Kind {
    READY,
    INPUT,
    CONFIRM,
    UNMASK
  }

  final Federation federation;
  final RoundTerms terms;
  final Map<NodeId, NodeRound> nodes = new LinkedHashMap<>();
  final Map<NodeId, long[]> inputs = new LinkedHashMap<>();
  final List<RoundMessage> delivered = new ArrayList<>();
  final List<RoundAnnouncement> announced = new ArrayList<>();

  final List<Fault> rejected = new ArrayList<>();

  /** What a node's message becomes before it is sent. */
  UnaryOperator<RoundMessage> corrupt = UnaryOperator.identity();

  /** What a node puts in; its vector of {@link #inputs} unless a test pays for something itself. */
  Function<NodeId, NoisedSum> paid;

  CoordinatorRound coordinator;
  private final List<RoundMessage> pending = new ArrayList<>();
  private final Map<NodeId, LyingNode> liars = new LinkedHashMap<>();
  private final BiPredicate<NodeId, Kind> lost;

  /**
   * @param lost which message of which node never arrives; the node is silent from then on
   */
  RoundPlay(
      Federation federation,
      Map<NodeId, PairSecrets> pairs,
      RoundTerms terms,
      BiPredicate<NodeId, Kind> lost) {
    this.federation = federation;
    this.terms = terms;
    this.lost = lost;
    paid = id -> Federation.paid(terms, inputs.get(id));
    coordinator = CoordinatorRound.begin(terms, List.copyOf(pairs.keySet()));
    pairs.forEach(
        (id, secrets) -> {
          inputs.put(id, federation.vector(terms.length()));
          take(id, NodeRound.begin(terms, federation.key(id), secrets, federation.bytes(32)));
        });
  }

  /** Puts a liar in the place of a node; what it says is delivered before all else. */
  void replace(LyingNode liar) {
    nodes.remove(liar.self);
    pending.removeIf(message -> message.sender().equals(liar.self));
    liars.put(liar.self, liar);
    pending.addAll(0, liar.ready());
  }

  static Kind kindOf(RoundMessage message) {
    if (message instanceof Ready) {
      return Kind.READY;
    }
    if (message instanceof Input) {
      return Kind.INPUT;
    }
    return message instanceof Confirm ? Kind.CONFIRM : Kind.UNMASK;
  }

  private void take(NodeId id, NodeRound.Step step) {
    nodes.put(id, step.next());
    if (step.next() instanceof NodeRound.AwaitingNoisedSum waiting) {
      take(id, waiting.input(paid.apply(id), new byte[] {7}));
      return;
    }
    for (RoundMessage message : step.send()) {
      if (lost.test(id, kindOf(message))) {
        nodes.remove(id);
      } else {
        pending.add(corrupt.apply(message));
      }
    }
  }

  CoordinatorRound run() {
    for (int deadlines = 0; deadlines < 5; deadlines++) {
      while (!pending.isEmpty()) {
        RoundMessage message = pending.remove(0);
        delivered.add(message);
        step(message.deliverTo(coordinator));
      }
      step(coordinator.deadlinePassed());
    }
    return coordinator;
  }

  private void step(CoordinatorRound.Step step) {
    coordinator = step.next();
    step.rejected().ifPresent(rejected::add);
    for (Outgoing<RoundAnnouncement> outgoing : step.send()) {
      announced.add(outgoing.announcement());
      NodeId to = outgoing.to();
      if (liars.containsKey(to)) {
        pending.addAll(0, liars.get(to).on(outgoing.announcement(), inputs.get(to)));
      } else if (nodes.containsKey(to)) {
        take(to, outgoing.announcement().deliverTo(nodes.get(to)));
      }
    }
  }

  long[] expected(List<NodeId> survivors) {
    return Federation.sum(survivors.stream().map(inputs::get).toList());
  }
}
