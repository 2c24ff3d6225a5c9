package org.althing.party;

import java.time.Duration;
import org.althing.encoding.Digest;
import org.althing.session.ToNode;

/** What the shell around a {@link CoordinatorParty} must do, in the order given. */
public sealed interface CoordinatorOrder {
  /** Send a message in a session; one that is over swallows it. */
  record Send(long session, ToNode message) implements CoordinatorOrder {}

  /** End a session and say why. */
  record HangUp(long session, String why) implements CoordinatorOrder {}

  /**
   * Call {@link CoordinatorParty#expired} with {@code study} and {@code token} after {@code delay}.
   */
  record StartTimer(Digest study, long token, Duration delay) implements CoordinatorOrder {}

  /**
   * Work out {@link StudyFiles#digests} of a study that has come to its end, which may take
   * seconds, and report to {@link CoordinatorParty#reported}. Nothing is added to the study before.
   */
  record Conclude(Digest study) implements CoordinatorOrder {}

  /** Tell the operator. */
  record Report(String line) implements CoordinatorOrder {}
}
