package org.althing.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.jspecify.annotations.Nullable;

/**
 * One stream between a node and a coordinator, as the transport gives it: in order, until it
 * breaks; or silent, until one end's keep-alive notices.
 */
final class Session {
  /** Twenty seconds to the ping and ten for its answer, as both shells set them. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final World world;
  private final long number;
  private final SimulatedNode node;
  private final int nodeIncarnation;
  private final SimulatedCoordinator coordinator;
  private final List<ToCoordinator> queued = new ArrayList<>();
  private @Nullable Integer coordinatorIncarnation;
  private boolean silent;
  private Duration lastUp = Duration.ZERO;
  private Duration lastDown = Duration.ZERO;

  Session(World world, long number, SimulatedNode node, SimulatedCoordinator coordinator) {
    this.world = world;
    this.number = number;
    this.node = node;
    this.nodeIncarnation = node.incarnation();
    this.coordinator = coordinator;
  }

  long number() {
    return number;
  }

  SimulatedNode node() {
    return node;
  }

  SimulatedCoordinator coordinator() {
    return coordinator;
  }

  // Its beginning.

  /** Tries until the coordinator can be reached, or the node has given up. */
  void connect(int attempt) {
    if (!node.up() || node.incarnation() != nodeIncarnation || !node.attends(this)) {
      return;
    }
    if (!world.reaches(node.party()) || !coordinator.responsive()) {
      Duration pause = Duration.ofMillis(Math.min(20_000, 1000L << Math.min(attempt, 5)));
      world.agenda().after(pause, () -> connect(attempt + 1));
      return;
    }
    int incarnation = coordinator.incarnation();
    coordinatorIncarnation = incarnation;
    coordinator.act(incarnation, () -> coordinator.opened(this));
    List<ToCoordinator> first = List.copyOf(queued);
    queued.clear();
    first.forEach(this::carryUp);
  }

  // Its messages.

  /** The node hands a message to the connection. */
  void up(ToCoordinator message) {
    world.invariants().leaves(node, message);
    carryUp(message);
  }

  private void carryUp(ToCoordinator message) {
    if (coordinatorIncarnation == null) {
      queued.add(message);
      return;
    }
    int incarnation = coordinatorIncarnation;
    for (Duration arrival : arrivals(false)) {
      world
          .agenda()
          .at(
              arrival,
              () -> {
                if (carries()) {
                  coordinator.act(incarnation, () -> coordinator.received(this, message));
                }
              });
    }
  }

  void down(ToNode message) {
    for (Duration arrival : arrivals(true)) {
      world
          .agenda()
          .at(
              arrival,
              () -> {
                if (carries()) {
                  node.act(nodeIncarnation, () -> node.received(this, message));
                }
              });
    }
  }

  private boolean carries() {
    return !silent;
  }

  private List<Duration> arrivals(boolean toNode) {
    Duration inOrder = world.transit(node.party(), toNode);
    Duration last = toNode ? lastDown : lastUp;
    Duration arrival = inOrder.compareTo(last) < 0 ? last : inOrder;
    if (toNode) {
      lastDown = arrival;
    } else {
      lastUp = arrival;
    }
    Optional<Fault.MessageEffect> effect = world.messageFault(node.party(), toNode);
    if (effect.isEmpty()) {
      return List.of(arrival);
    }
    return switch (effect.get()) {
      case LOST -> List.of();
      case DOUBLED -> List.of(arrival, arrival.plusMillis(700));
      case LATE -> List.of(arrival.plusSeconds(4));
    };
  }

  // Its end.

  /** Both ends hear of it soon. */
  void breakUp() {
    tellNode(false);
    tellCoordinator();
  }

  /** Nothing passes any more; whoever is alive notices after a while. */
  void fallSilent() {
    silent = true;
    suspect();
  }

  /** After the keep-alive's time each end gives the session up, unless it works again by then. */
  void suspect() {
    world
        .agenda()
        .after(
            KEEP_ALIVE,
            () -> {
              if (!works()) {
                silent = true;
                breakUp();
              }
            });
  }

  private boolean works() {
    return !silent
        && world.reaches(node.party())
        && node.responsive()
        && node.incarnation() == nodeIncarnation
        && coordinator.responsive()
        && Integer.valueOf(coordinator.incarnation()).equals(coordinatorIncarnation);
  }

  void nodeGone(boolean told) {
    if (told) {
      tellCoordinator();
    } else {
      fallSilent();
    }
  }

  void coordinatorGone(boolean told) {
    if (told) {
      tellNode(false);
    } else {
      fallSilent();
    }
  }

  /** The node ends it. */
  void leave() {
    tellCoordinator();
  }

  /** The coordinator ends it and says why. */
  void hangUp() {
    tellNode(true);
  }

  private void tellNode(boolean ofNoUse) {
    world
        .agenda()
        .after(
            Duration.ofMillis(5),
            () -> node.act(nodeIncarnation, () -> node.disconnected(this, ofNoUse)));
  }

  private void tellCoordinator() {
    Integer incarnation = coordinatorIncarnation;
    if (incarnation != null) {
      world
          .agenda()
          .after(
              Duration.ofMillis(5),
              () -> coordinator.act(incarnation, () -> coordinator.closed(this)));
    }
  }
}
