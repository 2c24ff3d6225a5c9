package org.althing.secagg;

import org.althing.federation.NodeId;

/** What a node sends during a key set-up. */
public sealed interface SetupMessage permits Advertise, Bind {
  NodeId sender();

  /** Offers this to the coordinator's machine by its own overload. */
  CoordinatorSetup.Step deliverTo(CoordinatorSetup setup);
}
