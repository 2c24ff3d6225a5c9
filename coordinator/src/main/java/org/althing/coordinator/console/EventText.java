package org.althing.coordinator.console;

import org.althing.encoding.MalformedEncoding;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/** An event in one line for somebody who watches. */
final class EventText {
  private EventText() {}

  static String of(StudyEvent event, StudyRecord record) {
    try {
      return text(event, record);
    } catch (MalformedEncoding e) {
      return "an entry that cannot be read";
    }
  }

  private static String text(StudyEvent event, StudyRecord record) throws MalformedEncoding {
    if (event instanceof StudyEvent.StudySubmitted submitted) {
      return "submitted by " + submitted.lead();
    }
    if (event instanceof StudyEvent.NodeAdmitted admitted) {
      Admission admission =
          Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes).statement();
      return "%s admits the plan, rho %s reserved"
          .formatted(admission.node(), admission.reserved());
    }
    if (event instanceof StudyEvent.NodeRefused refused) {
      return refused.node() + " refuses: " + String.join("; ", refused.reasons());
    }
    if (event instanceof StudyEvent.EpochOpened opened) {
      return "keys agreed among " + opened.members().size() + " nodes";
    }
    if (event instanceof StudyEvent.RoundOpened opened) {
      return "release %d, attempt %d begins".formatted(opened.release() + 1, opened.attempt());
    }
    if (event instanceof StudyEvent.Charged charged) {
      ChargeStatement charge =
          Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes).statement();
      return "%s charged rho %s, spent %s in all"
          .formatted(charge.node(), charge.receipt().marginal(), charge.receipt().spent());
    }
    if (event instanceof StudyEvent.Released released) {
      return "release %d is out: the sum of %d nodes"
          .formatted(released.release() + 1, released.survivors().size());
    }
    if (event instanceof StudyEvent.RoundAborted aborted) {
      return "release %d, attempt %d given up: %s"
          .formatted(aborted.release() + 1, aborted.attempt(), aborted.reason());
    }
    if (event instanceof StudyEvent.Witnessed) {
      return "checkpoint cosigned";
    }
    if (event instanceof StudyEvent.StudyCompleted) {
      int releases = record.releases().size();
      return "completed, %d release%s".formatted(releases, releases == 1 ? "" : "s");
    }
    if (event instanceof StudyEvent.StudyStopped stopped) {
      return "stopped: " + stopped.reason();
    }
    return "report issued";
  }
}
