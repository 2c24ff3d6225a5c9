package org.althing.coordinator.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many connections every caller has open. Certificates that name nobody count together. Safe
 * for any thread.
 */
public final class CallerConnections {
  private final int most;
  private final Map<Optional<PeerName>, Integer> open = new HashMap<>();

  /**
   * @param most of one caller
   */
  public CallerConnections(int most) {
    this.most = most;
  }

  /**
   * Counts one more.
   *
   * @return false where the caller has as many as it may; then it is not counted
   */
  public synchronized boolean open(Optional<PeerName> caller) {
    int now = open.getOrDefault(caller, 0);
    if (now < most) {
      open.put(caller, now + 1);
    }
    return now < most;
  }

  /** One that was counted is closed. */
  public synchronized void close(Optional<PeerName> caller) {
    int now = open.getOrDefault(caller, 0);
    if (now > 1) {
      open.put(caller, now - 1);
    } else {
      open.remove(caller);
    }
  }
}
