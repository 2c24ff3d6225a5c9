package org.althing.simulation.bench;

import java.util.Map;
import org.althing.federation.NodeId;

/**
 * Who is measured by what.
 *
 * @param nodes one for each node that is measured
 */
record Meters(Map<NodeId, Meter> nodes, Meter coordinator) {
  static final Meters NONE = new Meters(Map.of(), Meter.NONE);

  Meter node(NodeId id) {
    return nodes.getOrDefault(id, Meter.NONE);
  }
}
