package org.althing.secagg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * An attempt of four nodes, t = 3, of which the last is ready and then drops before its input. The
 * first is the node under test, taken as far as a test wants; the others are honest.
 */
final class Scene {
  final Federation federation = Federation.of(4, 5);
  final Map<NodeId, PairSecrets> pairs = federation.keyed();
  final NodeId self = federation.id(0);
  final NodeId peer = federation.id(1);
  final NodeId dropped = federation.id(3);
  final RoundTerms terms = federation.terms(pairs.get(self).keys(), 0, 1, 50);
  final Map<NodeId, Ready> ready = new TreeMap<>();
  final Map<NodeId, Input> inputs = new TreeMap<>();
  final Map<NodeId, Confirm> confirms = new TreeMap<>();
  final Map<NodeId, Unmask> unmasks = new TreeMap<>();
  final Map<NodeId, long[]> vectors = new TreeMap<>();
  private final Map<NodeId, NodeRound> nodes = new LinkedHashMap<>();

  private Scene() {
    for (NodeId id : federation.ids()) {
      var step = NodeRound.begin(terms, federation.key(id), pairs.get(id), federation.bytes(32));
      nodes.put(id, step.next());
      ready.put(id, (Ready) step.send().get(0));
      vectors.put(id, federation.vector(terms.length()));
    }
  }

  static Scene awaitingCohort() {
    return new Scene();
  }

  static Scene awaitingPaidSum() {
    Scene scene = new Scene();
    scene.nodes.replaceAll((id, node) -> node.on(scene.cohortFor(id)).next());
    return scene;
  }

  static Scene awaitingSurvivors() {
    Scene scene = awaitingPaidSum();
    for (NodeId id : scene.federation.ids()) {
      if (!id.equals(scene.dropped)) {
        var step = scene.nodes.get(id).input(scene.paid(id), new byte[] {7});
        scene.nodes.put(id, step.next());
        scene.inputs.put(id, (Input) step.send().get(0));
      }
    }
    return scene;
  }

  static Scene awaitingConfirmations() {
    Scene scene = awaitingSurvivors();
    for (NodeId id : scene.inputs.keySet()) {
      var step = scene.nodes.get(id).on(scene.proposed());
      scene.nodes.put(id, step.next());
      scene.confirms.put(id, (Confirm) step.send().get(0));
    }
    return scene;
  }

  static Scene finished() {
    Scene scene = awaitingConfirmations();
    for (NodeId id : scene.inputs.keySet()) {
      var step = scene.nodes.get(id).on(scene.shown());
      scene.nodes.put(id, step.next());
      scene.unmasks.put(id, (Unmask) step.send().get(0));
    }
    return scene;
  }

  static Scene aborted() {
    Scene scene = awaitingPaidSum();
    scene.nodes.replaceAll((id, node) -> node.abandon().next());
    return scene;
  }

  NodeRound subject() {
    return nodes.get(self);
  }

  org.althing.privacy.NoisedSum paid(NodeId id) {
    return Federation.paid(terms, vectors.get(id));
  }

  CohortAnnounced cohortFor(NodeId to) {
    List<ShareBox> boxes = new ArrayList<>();
    ready
        .values()
        .forEach(r -> r.boxes().stream().filter(b -> b.to().equals(to)).forEach(boxes::add));
    return new CohortAnnounced(readyHeaders(), boxes);
  }

  List<ReadyHeader> readyHeaders() {
    return ready.values().stream().map(Ready::header).toList();
  }

  List<InputHeader> inputHeaders() {
    return inputs.values().stream().map(Input::header).toList();
  }

  List<ConfirmHeader> confirmHeaders() {
    return confirms.values().stream().map(Confirm::header).toList();
  }

  SurvivorsProposed proposed() {
    return new SurvivorsProposed(inputHeaders());
  }

  ConfirmationsShown shown() {
    return new ConfirmationsShown(confirmHeaders());
  }

  /** The coordinator as it stands when it has sent what the node under test awaits no more. */
  CoordinatorRound coordinator() {
    CoordinatorRound round = CoordinatorRound.begin(terms, federation.ids());
    if (subject() instanceof AwaitingCohort) {
      return round;
    }
    for (Ready message : ready.values()) {
      round = round.on(message).next();
    }
    if (inputs.isEmpty()) {
      return round;
    }
    for (Input message : inputs.values()) {
      round = round.on(message).next();
    }
    round = round.deadlinePassed().next();
    for (Confirm message : confirms.values()) {
      round = round.on(message).next();
    }
    return round;
  }

  static <T> List<T> replaced(List<T> list, int at, T by) {
    List<T> changed = new ArrayList<>(list);
    changed.set(at, by);
    return changed;
  }

  static <T> List<T> with(List<T> list, T more) {
    List<T> changed = new ArrayList<>(list);
    changed.add(more);
    return changed;
  }

  static final Digest OTHER = Digest.of(new byte[] {99});
}
