package org.althing.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.althing.secagg.NoisyTotal;
import org.althing.study.StudyEvent;

/** What the shell around a {@link StudyRun} must do, in the order given. */
public sealed interface Command {
  /**
   * Make the event durable in the log, with the total it names; only then go on to the next
   * command.
   */
  record Append(StudyEvent event, Optional<NoisyTotal> total) implements Command {}

  record Send(NodeId to, ToNode message) implements Command {}

  /** Show a node where the study's submission lies in the log, under the newest checkpoint. */
  record ShowLog(NodeId to) implements Command {}

  /**
   * Show a node where its charge lies in the log, under the newest checkpoint, and who remembers
   * it.
   */
  record ShowCharge(NodeId to, int release, int attempt, Bytes charge, List<Bytes> remembrances)
      implements Command {}

  /** Show release {@code release} of the log to a node, under the newest checkpoint. */
  record Show(NodeId to, int release) implements Command {}

  /**
   * Take a signed checkpoint of the log as it now is and hand it to {@link StudyRun#checkpointed}.
   */
  record TakeCheckpoint() implements Command {}

  /** Call {@link StudyRun#expired} with {@code token} after {@code delay}. */
  record StartTimer(long token, Duration delay) implements Command {}

  /**
   * Derive the study's files from its record and hand their digests to {@link StudyRun#reported}.
   */
  record Conclude() implements Command {}

  /** Tell a node that the study is over, under the newest checkpoint. */
  record Dismiss(NodeId to, String outcome) implements Command {}

  /** Keep the cosigned checkpoint that closes the study; there is nothing more to come. */
  record Finish(SignedNote closing) implements Command {}
}
