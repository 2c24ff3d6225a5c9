package org.althing.secagg;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * A coordinator that tells each node what it likes and keeps everything that is sent, and the
 * honest nodes' real machines.
 */
final class LyingCoordinator {
  final Federation federation;
  final Map<NodeId, PairSecrets> pairs;
  final RoundTerms terms;
  final Map<NodeId, NodeRound> nodes = new LinkedHashMap<>();
  final Map<NodeId, long[]> vectors = new LinkedHashMap<>();
  final List<Ready> ready = new ArrayList<>();
  final List<Input> inputs = new ArrayList<>();
  final List<Confirm> confirms = new ArrayList<>();
  final List<Unmask> unmasks = new ArrayList<>();
  private final Optional<LyingCoordinator> older;

  /**
   * @param older an earlier attempt, whose messages may be shown again
   */
  LyingCoordinator(Tables.Table table, Optional<LyingCoordinator> older) {
    this.federation = table.federation();
    this.pairs = table.pairs();
    this.terms = table.terms();
    this.older = older;
  }

  LyingCoordinator older() {
    return older.orElseThrow();
  }

  List<NodeId> all() {
    return federation.ids();
  }

  List<NodeId> allBut(NodeId... out) {
    List<NodeId> rest = new ArrayList<>(all());
    rest.removeAll(List.of(out));
    return rest;
  }

  /** Opens the attempt; each node believes the terms it is given here. */
  void open(Function<NodeId, RoundTerms> believed) {
    for (NodeId id : all()) {
      vectors.put(id, federation.vector(terms.length()));
      take(
          id,
          NodeRound.begin(
              believed.apply(id),
              federation.key(id),
              pairs.get(id),
              federation.bytes(Secret.BYTES)));
    }
  }

  void tell(NodeId to, RoundAnnouncement announcement) {
    take(to, announcement.deliverTo(nodes.get(to)));
  }

  void tellAll(Function<NodeId, RoundAnnouncement> told) {
    all().forEach(to -> tell(to, told.apply(to)));
  }

  private void take(NodeId id, NodeRound.Step step) {
    nodes.put(id, step.next());
    if (step.next() instanceof NodeRound.AwaitingNoisedSum waiting) {
      take(id, waiting.input(Federation.paid(terms, vectors.get(id)), new byte[0]));
    }
    for (RoundMessage message : step.send()) {
      keep(message);
    }
  }

  private void keep(RoundMessage message) {
    if (message instanceof Ready each) {
      ready.add(each);
    } else if (message instanceof Input each) {
      inputs.add(each);
    } else if (message instanceof Confirm each) {
      confirms.add(each);
    } else {
      unmasks.add((Unmask) message);
    }
  }

  CohortAnnounced cohort(NodeId to, Collection<NodeId> members) {
    List<Ready> shown = ready.stream().filter(r -> members.contains(r.sender())).toList();
    return new CohortAnnounced(
        shown.stream().map(Ready::header).toList(),
        shown.stream()
            .flatMap(r -> r.boxes().stream())
            .filter(box -> box.to().equals(to))
            .toList());
  }

  SurvivorsProposed survivors(Collection<NodeId> members) {
    return new SurvivorsProposed(
        inputs.stream().map(Input::header).filter(h -> members.contains(h.sender())).toList());
  }

  ConfirmationsShown confirmations(Collection<NodeId> members) {
    return new ConfirmationsShown(
        confirms.stream().map(Confirm::header).filter(h -> members.contains(h.sender())).toList());
  }

  /** Confirmations of these survivors with the members' real keys, as if all had confirmed them. */
  ConfirmationsShown forgedConfirmations(SurvivorsProposed proposed) {
    Cohort cohort = Cohort.of(terms.ctx(), ready.stream().map(Ready::header).toList());
    Digest survivors = Survivors.of(terms.ctx(), cohort, proposed.headers()).digest();
    return new ConfirmationsShown(
        proposed.headers().stream()
            .map(
                input ->
                    new ConfirmHeader(
                            input.sender(),
                            terms.ctx(),
                            cohort.digest(),
                            survivors,
                            Scene.OTHER,
                            Signed.UNSIGNED)
                        .signed(federation.key(input.sender())))
            .toList());
  }

  /** Why a node gave the attempt up; empty where it did not. */
  Optional<Fault> reasonOf(NodeId id) {
    return nodes.get(id) instanceof NodeRound.Aborted aborted
        ? Optional.of(aborted.reason())
        : Optional.empty();
  }

  /** What the honest coordinator makes of all that the nodes sent. */
  CoordinatorRound concluded() {
    CoordinatorRound round = CoordinatorRound.begin(terms, all());
    for (List<? extends RoundMessage> messages : List.of(ready, inputs, confirms, unmasks)) {
      Class<?> stage = round.getClass();
      for (RoundMessage message : messages) {
        round = message.deliverTo(round).next();
      }
      if (round.getClass().equals(stage)) {
        round = round.deadlinePassed().next();
      }
    }
    return round;
  }

  long[] expected(List<NodeId> survivors) {
    return Federation.sum(survivors.stream().map(vectors::get).toList());
  }
}
