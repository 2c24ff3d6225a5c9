package org.althing.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Which coordinator each node dials, and the sessions between them. */
final class Network {
  private final World world;
  private final Map<Integer, SimulatedCoordinator> routes = new HashMap<>();
  private long sessions;

  Network(World world) {
    this.world = world;
  }

  /** From now on the node's dialling ends at this coordinator; its present session breaks. */
  void route(SimulatedNode node, SimulatedCoordinator to) {
    routes.put(node.party(), to);
    node.session().ifPresent(Session::breakUp);
  }

  Session dial(SimulatedNode node) {
    Session session =
        new Session(
            world, ++sessions, node, routes.getOrDefault(node.party(), world.coordinator()));
    world.agenda().after(Duration.ofMillis(20), () -> session.connect(0));
    return session;
  }
}
