package org.althing.secagg;

import java.util.List;
import java.util.Optional;

/** A node's part of a key set-up: A1 ADVERTISE, A2 BIND, pair secrets. */
public interface KeySetup {
  Step on(AdvertiseBundle bundle);

  Step on(BindBundle bundle);

  /** Gives the set-up up and erases its keys. */
  Step abandon();

  /**
   * @param send what to send, in order
   * @param ignored why nothing happened: the announcement belongs to another state
   */
  record Step(KeySetup next, List<SetupMessage> send, Optional<String> ignored) {}
}
