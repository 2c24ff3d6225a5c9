package org.althing.simulation;

import java.util.List;
import java.util.Set;
import org.althing.federation.NodeId;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;

/**
 * What somebody says instead of what the honest machine behind it would: a lying coordinator, lying
 * nodes. It holds the liar's keys and nobody else's.
 */
interface Deceit {
  Deceit NONE = new Deceit() {};

  /** Shows the world in which it will lie, before anything happens there. */
  default void enter(World world) {}

  /** The nodes that lie, by number: no rule is held to what they do. */
  default Set<Integer> lyingNodes() {
    return Set.of();
  }

  /** What the coordinator says to a node, in place of one message and in this order. */
  default List<ToNode> toNode(NodeId to, ToNode honest) {
    return List.of(honest);
  }

  /** What a node says, in place of one message and in this order. */
  default List<ToCoordinator> toCoordinator(NodeId from, ToCoordinator honest) {
    return List.of(honest);
  }
}
