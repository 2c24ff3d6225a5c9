package org.althing.coordinator.session;

import java.util.function.LongSupplier;
import org.althing.coordinator.access.TokenBucket;

/** What one identity may still do, over all its connections and sessions. */
final class NodeAllowance {
  private final TokenBucket frames;
  private final TokenBucket bytes;
  private final TokenBucket sessions;
  private final int mostConnections;
  private int connections;

  NodeAllowance(EdgeLimits.Rates rates, LongSupplier nanoTime) {
    this.frames = new TokenBucket(rates.frames(), nanoTime);
    this.bytes = new TokenBucket(rates.bytes(), nanoTime);
    this.sessions = new TokenBucket(rates.sessions(), nanoTime);
    this.mostConnections = rates.counts().connections();
  }

  /** Pays for a frame that has arrived. */
  void pay(int frameBytes) {
    frames.spend(1);
    bytes.spend(frameBytes);
  }

  /** How long the next frame has to wait. */
  long waitNanos() {
    return Math.max(frames.debtNanos(), bytes.debtNanos());
  }

  /** Whether one more session may be opened now. */
  boolean openSession() {
    return sessions.take();
  }

  /**
   * Counts a connection.
   *
   * @return whether sessions may be opened on it
   */
  synchronized boolean connect() {
    connections++;
    return connections <= mostConnections;
  }

  synchronized void disconnect() {
    connections--;
  }

  /** Whether nothing would be lost by forgetting this. */
  synchronized boolean unused() {
    return connections == 0 && frames.full() && bytes.full() && sessions.full();
  }
}
