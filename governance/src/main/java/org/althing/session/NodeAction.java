package org.althing.session;

import org.althing.audit.ForkEvidence;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.Witness;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.PaidSum;
import org.althing.privacy.Partition;
import org.althing.release.SumQuery;

/** What the shell around a {@link NodeStudy} must do, in the order given. */
public sealed interface NodeAction {
  record Say(ToCoordinator message) implements NodeAction {}

  /**
   * Sum {@code query} over the partition's records within the bounds of {@code noise}, and hand the
   * sum to {@link NodeStudy#computed}, or the failure to {@link NodeStudy#failed}.
   */
  record Compute(int release, int attempt, SumQuery query, NoisePlan noise, Partition partition)
      implements NodeAction {}

  /**
   * Draw the noise of a sum that is paid for, and hand the noised sum to {@link NodeStudy#drawn},
   * or the failure to {@link NodeStudy#failed}.
   */
  record Draw(int release, int attempt, PaidSum sum) implements NodeAction {}

  /** Make the witness's new state durable; only then go on to the next action. */
  record Keep(Witness witness) implements NodeAction {}

  /** Make what is remembered of the members' ledgers durable; only then go on. */
  record Remember(LedgerMemory memory) implements NodeAction {}

  /** Keep what proves that the log has something this node said; it may be there already. */
  record File(InclusionReceipt receipt) implements NodeAction {}

  /** Keep the proof that a member's ledger was put back or runs twice, and tell the owner. */
  record Accuse(Contradiction proof) implements NodeAction {}

  /** Keep what the log signed and this node refused beside what it signed before, for others. */
  record AccuseLog(ForkEvidence evidence) implements NodeAction {}

  /** Tell the steward; never leaves the node. */
  record Report(String line) implements NodeAction {}

  /** The study is over for this node. */
  record Done() implements NodeAction {}
}
