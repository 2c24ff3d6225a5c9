package org.althing.secagg;

import java.util.List;
import java.util.Optional;

/** The coordinator's part of one attempt at a release. */
public interface CoordinatorRound {
  Step on(Ready message);

  Step on(Input message);

  Step on(Confirm message);

  Step on(Unmask message);

  /** Moves on if enough nodes have answered. */
  Step deadlinePassed();

  /**
   * @param rejected why the message was not taken; the others are not disturbed
   */
  record Step(
      CoordinatorRound next, List<Outgoing<RoundAnnouncement>> send, Optional<Fault> rejected) {}
}
