package org.althing.coordinator.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.althing.federation.NodeId;

/**
 * The allowance of every identity that was here lately; outlives its connections, so that dialling
 * again refills nothing.
 */
final class Allowances {
  private final EdgeLimits.Rates rates;
  private final LongSupplier nanoTime;
  private final Map<NodeId, NodeAllowance> byNode = new HashMap<>();

  Allowances(EdgeLimits.Rates rates, LongSupplier nanoTime) {
    this.rates = rates;
    this.nanoTime = nanoTime;
  }

  /**
   * Counts a connection of a node.
   *
   * @return nothing where more identities are active than are remembered; otherwise what the node
   *     may do, to be given back by {@link NodeAllowance#disconnect}
   */
  synchronized Optional<Connection> connect(NodeId node) {
    if (!byNode.containsKey(node)) {
      if (byNode.size() >= rates.counts().identities()) {
        byNode.values().removeIf(NodeAllowance::unused);
      }
      if (byNode.size() >= rates.counts().identities()) {
        return Optional.empty();
      }
      byNode.put(node, new NodeAllowance(rates, nanoTime));
    }
    NodeAllowance allowance = byNode.get(node);
    return Optional.of(new Connection(node, allowance, allowance.connect()));
  }

  /**
   * @param admitted whether sessions may be opened on it
   */
  record Connection(NodeId node, NodeAllowance allowance, boolean admitted) {}
}
