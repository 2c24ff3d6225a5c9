package org.althing.secagg;

import org.althing.federation.NodeId;

/** What a node sends during one attempt at a release. */
public sealed interface RoundMessage permits Ready, Input, Confirm, Unmask {
  NodeId sender();

  /** Offers this to the coordinator's machine by its own overload. */
  CoordinatorRound.Step deliverTo(CoordinatorRound round);
}
