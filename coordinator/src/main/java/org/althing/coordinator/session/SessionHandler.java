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

  /**
   * Takes a message; returns at once.
   *
   * @param done to be run once when the message has been dealt with; before that the session reads
   *     no further, so at most one message of a session is ever waiting
   */
  void received(NodeId node, Outbox outbox, ToCoordinator message, Runnable done);

  /** A session is over; may be told more than once. */
  void closed(NodeId node, Outbox outbox);

  /**
   * The way to one node; messages are sent in order, as fast as it reads them. Closing does not
   * wait for what it has not read.
   */
  interface Outbox {
    void send(byte[] message);

    void close(String reason);
  }
}
