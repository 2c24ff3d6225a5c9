package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import org.althing.privacy.PaidSum;

/** A node's part of one attempt at a release: B1 READY to B4 UNMASK. */
public interface NodeRound {
  Step on(CohortAnnounced announced);

  /**
   * Masks the paid sum. The caller has burnt (release, attempt) and charged the ledger durably
   * before.
   */
  Step input(PaidSum sum, byte[] attachment);

  Step on(SurvivorsProposed proposed);

  Step on(ConfirmationsShown shown);

  /** Gives the attempt up and erases its secrets. */
  Step abandon();

  /**
   * @param send what to send, in order
   * @param ignored why nothing happened: the announcement belongs to another state
   */
  record Step(NodeRound next, List<RoundMessage> send, Optional<String> ignored) {}
}
