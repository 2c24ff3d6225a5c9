package org.althing.party;

import java.time.Duration;
import org.althing.audit.ForkEvidence;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.Witness;
import org.althing.contract.Contract;
import org.althing.encoding.Digest;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.PaidSum;
import org.althing.privacy.Partition;
import org.althing.release.SumQuery;
import org.althing.session.Contradiction;
import org.althing.session.LedgerMemory;
import org.althing.session.ToCoordinator;
import org.althing.study.Plan;
import org.althing.study.Study;

/** What the shell around a {@link NodeParty} must do, in the order given. */
public sealed interface NodeOrder {
  /** Send a message in the session at hand; where there is none, it is lost. */
  record Say(ToCoordinator message) implements NodeOrder {}

  /**
   * Open the source that answers {@code contract}, and report to {@link NodeParty#opened} or {@link
   * NodeParty#unopened}.
   */
  record Open(long ticket, Study study, Contract contract, Plan plan) implements NodeOrder {}

  /**
   * Sum the query over the partition's records of the source that the study's {@link Open} opened,
   * and report to {@link NodeParty#computed} or {@link NodeParty#failed}.
   */
  record Compute(long ticket, Plan plan, SumQuery query, NoisePlan noise, Partition partition)
      implements NodeOrder {}

  /**
   * Draw the noise of a sum that is paid for, and report to {@link NodeParty#drawn} or {@link
   * NodeParty#failed}.
   */
  record Draw(long ticket, PaidSum sum) implements NodeOrder {}

  /** Nobody waits for what was ordered under this ticket any more. */
  record Forget(long ticket) implements NodeOrder {}

  /** Make the witness's new state durable; only then go on to the next order. */
  record Keep(Witness witness) implements NodeOrder {}

  /** Make what is remembered of the members' ledgers durable; only then go on. */
  record Remember(LedgerMemory memory) implements NodeOrder {}

  /** Keep the proof that a member's ledger was put back or runs twice, and tell the owner. */
  record Accuse(Contradiction proof) implements NodeOrder {}

  /**
   * Keep what the log signed and this node refused beside what it signed before; tell the owner.
   */
  record AccuseLog(ForkEvidence evidence) implements NodeOrder {}

  /** Keep what proves that the log has something this node said; it may be there already. */
  record Receive(InclusionReceipt receipt) implements NodeOrder {}

  /** Keep on file, durably, that people are asked about a study; it may be there already. */
  record File(PendingStudy pending) implements NodeOrder {}

  /** People are no longer asked about a plan: take it from the file. */
  record Discard(Digest plan) implements NodeOrder {}

  /** Call {@link NodeParty#reminded} with {@code plan} after {@code delay}. */
  record Remind(Digest plan, Duration delay) implements NodeOrder {}

  /** Tell the steward; never leaves the node. */
  record Report(String line) implements NodeOrder {}

  /** The study is over for this node: its source is not needed any more. */
  record Done(Plan plan) implements NodeOrder {}

  /** End the session: the coordinator at its other end is not the one to work for. */
  record Leave(String why) implements NodeOrder {}
}
