package org.althing.coordinator.session;

import org.althing.federation.NodeId;
import org.althing.session.ToCoordinator;

/** What is done with nodes' sessions; called from any thread. */
public interface SessionHandler {
  /**
   * A node that proved its identity opened a session; an older session of the same node is closed
   * by the caller.
   */
  void opened(NodeId node, Outbox outbox);

  void received(NodeId node, Outbox outbox, ToCoordinator message);

  void closed(NodeId node, Outbox outbox);

  /** The way to one node; messages are sent in order. */
  interface Outbox {
    void send(byte[] message);

    void close(String reason);
  }
}
