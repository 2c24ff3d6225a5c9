package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Digest;

/** Entries of a log that belong together, each naming the one before. */
final class EntryChain {
  private final List<LogEntry> entries = new ArrayList<>();

  /** Takes the next entry; one that does not follow the last is a defect of the log. */
  void append(LogEntry entry) {
    requireNext(entry);
    entries.add(entry);
  }

  void requireNext(LogEntry entry) {
    if (entry.sequence() != entries.size()
        || !entry.previous().equals(head())
        || (!entries.isEmpty() && !entry.study().equals(entries.get(0).study()))) {
      throw new IllegalStateException(
          "entry %d does not follow the study's entry %d"
              .formatted(entry.sequence(), entries.size() - 1));
    }
  }

  LogEntry first() {
    return entries.get(0);
  }

  /** The entry that would record {@code event} next. */
  LogEntry next(Digest of, StudyEvent event, long timeMillis) {
    return new LogEntry(of, entries.size(), head(), timeMillis, event);
  }

  private Digest head() {
    return entries.isEmpty() ? LogEntry.NONE : entries.get(entries.size() - 1).digest();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<LogEntry> entries() {
    return List.copyOf(entries);
  }
}
