package org.althing.secagg;

import java.util.List;
import java.util.Optional;

/** The coordinator's part of a key set-up. */
public interface CoordinatorSetup {
  Step on(Advertise message);

  Step on(Bind message);

  /** Moves on if enough nodes have answered. */
  Step deadlinePassed();

  /**
   * @param rejected why the message was not taken; the others are not disturbed
   */
  record Step(
      CoordinatorSetup next, List<Outgoing<SetupAnnouncement>> send, Optional<Fault> rejected) {}
}
