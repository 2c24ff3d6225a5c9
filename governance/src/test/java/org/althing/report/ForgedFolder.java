package org.althing.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.Cosignature;
import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/** The folder of a log that says whatever it is told to, and whose witnesses never look. */
public final class ForgedFolder {
  private static final SigningKey LOG = Examples.key(50);
  private static final NoteKey LOG_KEY =
      new NoteKey(PaperStudy.ORIGIN, NoteKey.Type.ED25519, LOG.verifyingKey());
  private static final long START_MILLIS = 1_795_471_200_000L;

  private final MerkleTree tree = new MerkleTree();
  private final StudyRecord record = new StudyRecord();
  private final List<Long> places = new ArrayList<>();

  private ForgedFolder() {}

  /** What the log of a folder as it was made tells. */
  public static List<StudyEvent> eventsOf(SortedMap<String, Bytes> folder) {
    List<StudyEvent> events = new ArrayList<>();
    try {
      while (folder.containsKey(StudyFolder.entryName(events.size()))) {
        byte[] entry = folder.get(StudyFolder.entryName(events.size())).toArray();
        events.add(LogEntry.ofBytes(entry).event());
      }
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
    return events;
  }

  /** The files of a folder that follow from the log, without the log itself. */
  public static SortedMap<String, Bytes> derivedOf(SortedMap<String, Bytes> folder) {
    SortedMap<String, Bytes> derived = new TreeMap<>(folder);
    derived.keySet().removeIf(name -> name.startsWith("log/"));
    return derived;
  }

  /** The event that releases {@code sum} instead. */
  public static StudyEvent.Released of(StudyEvent.Released released, byte[] sum) {
    try {
      return new StudyEvent.Released(
          released.release(),
          released.attempt(),
          released.survivors(),
          StudyRecord.digestOfTotal(StudyFolder.totalOf(sum)),
          released.transcript(),
          released.confirmations());
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  /** The folder; none where the events are no study's, so that no log could hold them. */
  public static Optional<SortedMap<String, Bytes>> of(
      List<StudyEvent> events, SortedMap<String, Bytes> derived) {
    ForgedFolder forged = new ForgedFolder();
    forged.tree.append("another study's entry".getBytes(UTF_8));
    if (!(events.get(0) instanceof StudyEvent.StudySubmitted submitted)) {
      return Optional.empty();
    }
    for (StudyEvent event : events) {
      forged.append(submitted, forged.retold(event, derived));
    }
    try {
      SortedMap<String, Bytes> files = new TreeMap<>(derived);
      files.putAll(
          StudyFolder.evidence(
              forged.record, forged.places, LOG_KEY, forged.cosigned(3), forged.proofs()));
      return Optional.of(files);
    } catch (IllegalStateException e) {
      // A checkpoint that is none has no proof, and the folder no file for it.
      return Optional.empty();
    }
  }

  private void append(StudyEvent.StudySubmitted submitted, StudyEvent event) {
    LogEntry entry =
        record.entries().isEmpty()
            ? new LogEntry(submitted.plan(), 0, LogEntry.NONE, START_MILLIS, event)
            : record.next(event, START_MILLIS + 700L * record.entries().size());
    record.append(entry);
    places.add(tree.append(entry.toBytes()));
  }

  /** What the log's own signature or digests are part of is made to fit again. */
  private StudyEvent retold(StudyEvent event, SortedMap<String, Bytes> derived) {
    if (event instanceof StudyEvent.Witnessed witnessed && ours(witnessed)) {
      return new StudyEvent.Witnessed(new String(cosigned(4).toBytes(), UTF_8));
    }
    return event instanceof StudyEvent.ReportIssued
        ? new StudyEvent.ReportIssued(StudyFolder.digests(derived))
        : event;
  }

  private static boolean ours(StudyEvent.Witnessed witnessed) {
    try {
      SignedNote note = SignedNote.parse(witnessed.note().getBytes(UTF_8));
      return note.signedBy(LOG_KEY);
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  private SignedNote cosigned(int nodes) {
    String text = Checkpoint.of(PaperStudy.ORIGIN, tree).toText();
    SignedNote note = SignedNote.sign(text, PaperStudy.ORIGIN, LOG);
    for (int i = 0; i < nodes; i++) {
      note =
          note.with(
              Cosignature.sign(
                      text, Examples.node(i).value(), Examples.key(i), START_MILLIS / 1000 + i)
                  .line());
    }
    return note;
  }

  private StudyFolder.Proofs proofs() {
    return new StudyFolder.Proofs() {
      @Override
      public InclusionProof inclusion(long index, long size) {
        return tree.inclusion(index, size);
      }

      @Override
      public ConsistencyProof consistency(long from, long to) {
        return from > to ? new ConsistencyProof(0, 0, List.of()) : tree.consistency(from, to);
      }
    };
  }
}
