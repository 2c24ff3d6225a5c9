package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.secagg.NoisyTotal;

/**
 * One study as its log entries tell it: the fold from which reports, recovery and verification
 * start.
 *
 * <p>Holds facts as they were logged; it checks their order and completeness as entries, not their
 * signatures or numbers.
 */
public final class StudyRecord {
  private final List<LogEntry> entries = new ArrayList<>();

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
    if (entry.sequence() != entries.size()
        || !entry.previous().equals(head())
        || (!entries.isEmpty() && !entry.study().equals(study()))) {
      throw new IllegalStateException(
          "entry %d does not follow the study's entry %d"
              .formatted(entry.sequence(), entries.size() - 1));
    }
    if (entries.isEmpty() && !(entry.event() instanceof StudyEvent.StudySubmitted)) {
      throw new IllegalStateException("a study's first entry is its submission");
    }
    entries.add(entry);
  }

  /** The entry that would record {@code event} next. */
  public LogEntry next(StudyEvent event, long timeMillis) {
    return new LogEntry(study(), entries.size(), head(), timeMillis, event);
  }

  private Digest head() {
    return entries.isEmpty() ? LogEntry.NONE : entries.get(entries.size() - 1).digest();
  }

  public List<LogEntry> entries() {
    return List.copyOf(entries);
  }

  /** The plan digest, which names the study. */
  public Digest study() {
    return entries.get(0).study();
  }

  public StudyEvent.StudySubmitted submission() {
    return (StudyEvent.StudySubmitted) entries.get(0).event();
  }

  /** All events of one kind, in order. */
  public <E extends StudyEvent> List<E> events(Class<E> kind) {
    return entries.stream().map(LogEntry::event).filter(kind::isInstance).map(kind::cast).toList();
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
