package org.althing.simulation.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.althing.federation.NodeId;

/** CPU meters for all parties of one play, and what they say at its end, in nanoseconds. */
final class RoundCost {
  private final Map<NodeId, CpuMeter> nodes = new LinkedHashMap<>();
  private final CpuMeter coordinator = new CpuMeter();

  /**
   * @param measured the nodes that stay to the end
   */
  RoundCost(Collection<NodeId> measured) {
    measured.forEach(id -> nodes.put(id, new CpuMeter()));
  }

  Meters meters() {
    return new Meters(Map.copyOf(nodes), coordinator);
  }

  /** The steps of the node that is in the middle by its whole cost. */
  List<Long> nodeSteps() {
    List<CpuMeter> byCost =
        nodes.values().stream().sorted(Comparator.comparingDouble(CpuMeter::nanos)).toList();
    return byCost.get(byCost.size() / 2).steps();
  }

  double node() {
    return nodeSteps().stream().mapToLong(Long::longValue).sum();
  }

  double coordinator() {
    return coordinator.nanos();
  }

  List<Long> coordinatorSteps() {
    return coordinator.steps();
  }
}
