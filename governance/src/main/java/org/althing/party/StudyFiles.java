package org.althing.party;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;
import org.althing.report.Findings;
import org.althing.report.StudyFolder;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;
import org.althing.study.LogFailure;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;

/** A study's output folder out of the log. */
public final class StudyFiles {
  private StudyFiles() {}

  /** What {@link StudyEvent.ReportIssued} says of a study that has just ended. */
  public static SortedMap<String, Digest> digests(StudyLog log, Digest study) {
    return StudyFolder.digests(derived(log, log.record(study).orElseThrow()));
  }

  private static SortedMap<String, Bytes> derived(StudyLog log, StudyRecord record) {
    List<LogEntry> before =
        record.entries().stream()
            .takeWhile(e -> !(e.event() instanceof StudyEvent.ReportIssued))
            .toList();
    Submission.Accepted accepted = Submission.ofRecord(record);
    return StudyFolder.derived(
        Findings.of(
            accepted.study(),
            accepted.contract(),
            accepted.planned(),
            StudyRecord.of(before),
            record.releases().stream().map(r -> log.total(r.total())).toList()));
  }

  /** Every file of a closed study by name, the same bytes every time. */
  public static SortedMap<String, Bytes> folder(StudyLog log, Digest study) {
    StudyRecord record = log.record(study).orElseThrow();
    SortedMap<String, Bytes> files = new TreeMap<>(derived(log, record));
    SignedNote closing;
    try {
      closing = SignedNote.parse(log.note(study).orElseThrow().getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEncoding e) {
      throw new LogFailure("the closing checkpoint of a study is damaged", e);
    }
    files.putAll(
        StudyFolder.evidence(record, log.places(study), log.key(), closing, new Proofs(log)));
    try {
      long size = Checkpoint.parse(closing.text()).size();
      files.putAll(
          StudyFolder.declared(
              declaredBefore(log, size, Submission.ofRecord(record).plan().roster()),
              size,
              new Proofs(log)));
    } catch (MalformedEncoding e) {
      throw new LogFailure("the closing checkpoint of a study is damaged", e);
    }
    return files;
  }

  /** What the members declared, by place, as far as the closing checkpoint reaches. */
  private static SortedMap<Long, LogEntry> declaredBefore(StudyLog log, long size, Roster members)
      throws MalformedEncoding {
    SortedMap<Long, LogEntry> declared = new TreeMap<>();
    List<Long> places = log.places(Declaration.CHAIN);
    for (LogEntry entry : log.declarations().entries()) {
      long place = places.get(entry.sequence());
      if (place < size && DeclarationRecord.of(entry).verifies(members)) {
        declared.put(place, entry);
      }
    }
    return declared;
  }

  private record Proofs(StudyLog log) implements StudyFolder.Proofs {
    @Override
    public InclusionProof inclusion(long index, long size) {
      return log.inclusion(index, size);
    }

    @Override
    public ConsistencyProof consistency(long from, long to) {
      return log.consistency(from, to);
    }
  }
}
