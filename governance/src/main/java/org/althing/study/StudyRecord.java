package org.althing.study;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.secagg.NoisyTotal;

/**
 * One study as its log entries tell it: the fold from which reports, recovery and verification
 * start.
 *
 * <p>Holds facts as they were logged; it checks their order and completeness as entries, not their
 * signatures or numbers.
 */
public final class StudyRecord {
  private final EntryChain chain = new EntryChain();

  /**
   * The fold of {@code entries}, which must be one study's, complete from its first and in order.
   */
  public static StudyRecord of(List<LogEntry> entries) {
    StudyRecord record = new StudyRecord();
    entries.forEach(record::append);
    return record;
  }

  /** The digest by which a {@link StudyEvent.Released} names its total. */
  public static Digest digestOfTotal(long[] total) {
    return NoisyTotal.digestOf(total);
  }

  /** Takes the next entry; one that does not follow the last is a defect of the log. */
  public void append(LogEntry entry) {
    chain.requireNext(entry);
    if (chain.isEmpty() && !(entry.event() instanceof StudyEvent.StudySubmitted)) {
      throw new IllegalStateException("a study's first entry is its submission");
    }
    if (entry.event() instanceof StudyEvent.NodeDeclared) {
      throw new IllegalStateException("a declaration is of no study");
    }
    chain.append(entry);
  }

  /** The entry that would record {@code event} next. */
  public LogEntry next(StudyEvent event, long timeMillis) {
    return chain.next(study(), event, timeMillis);
  }

  public List<LogEntry> entries() {
    return chain.entries();
  }

  /** The plan digest, which names the study. */
  public Digest study() {
    return chain.first().study();
  }

  public StudyEvent.StudySubmitted submission() {
    return (StudyEvent.StudySubmitted) chain.first().event();
  }

  /** The entries that hold something a member said: consent or refusal, charges, cosignatures. */
  public List<LogEntry> entriesOf(NodeId member) {
    return entries().stream().filter(entry -> isOf(entry.event(), member)).toList();
  }

  private static boolean isOf(StudyEvent event, NodeId member) {
    try {
      if (event instanceof StudyEvent.NodeAdmitted admitted) {
        return Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes)
            .statement()
            .node()
            .equals(member);
      }
      if (event instanceof StudyEvent.Charged charged) {
        return Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes)
            .statement()
            .node()
            .equals(member);
      }
    } catch (MalformedEncoding e) {
      return false;
    }
    if (event instanceof StudyEvent.NodeRefused refused) {
      return refused.node().equals(member);
    }
    if (event instanceof StudyEvent.Witnessed witnessed) {
      return witnessed.note().contains("\n\u2014 " + member + " ");
    }
    return event instanceof StudyEvent.Released released && released.survivors().contains(member);
  }

  /** All events of one kind, in order. */
  public <E extends StudyEvent> List<E> events(Class<E> kind) {
    return entries().stream()
        .map(LogEntry::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  public List<StudyEvent.Released> releases() {
    return events(StudyEvent.Released.class);
  }

  public boolean completed() {
    return !events(StudyEvent.StudyCompleted.class).isEmpty();
  }

  public Optional<StudyEvent.StudyStopped> stopped() {
    return events(StudyEvent.StudyStopped.class).stream().findFirst();
  }

  public boolean ended() {
    return completed() || stopped().isPresent();
  }

  public Optional<StudyEvent.ReportIssued> report() {
    return events(StudyEvent.ReportIssued.class).stream().findFirst();
  }
}
