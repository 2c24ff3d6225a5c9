package org.althing.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.release.Release;
import org.althing.study.Declaration;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/**
 * The output folder of a study, file by file: everything that an offline verifier needs, and
 * nothing else ({@code docs/output-folder.md}).
 */
public final class StudyFolder {
  public static final String STUDY = "study.yaml";
  public static final String CONTRACT = "contract.yaml";
  public static final String LOG_KEY = "log/key";
  public static final String CHECKPOINT = "log/checkpoint";

  private StudyFolder() {}

  /** Proofs out of the log that the study's entries lie in. */
  public interface Proofs {
    InclusionProof inclusion(long index, long size);

    ConsistencyProof consistency(long from, long to);
  }

  /** The files that follow from the log entries: what {@link StudyEvent.ReportIssued} names. */
  public static SortedMap<String, Bytes> derived(Findings findings) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    StudyEvent.StudySubmitted submission = findings.record().submission();
    files.put(STUDY, submission.study());
    files.put(CONTRACT, submission.contract());
    files.put(ResultFile.NAME, Bytes.of(ResultFile.render(findings)));
    files.put(StudyReport.NAME, Bytes.of(StudyReport.render(findings)));
    ModelFile.of(findings).ifPresent(model -> files.put(ModelFile.NAME, Bytes.of(model.toBytes())));
    for (int i = 0; i < findings.releases().size(); i++) {
      Release release = findings.releases().get(i);
      files.put(sumName(i, release.spec().name()), Bytes.of(sum(release.total())));
    }
    return files;
  }

  public static SortedMap<String, Digest> digests(SortedMap<String, Bytes> derived) {
    SortedMap<String, Digest> digests = new TreeMap<>();
    derived.forEach((name, bytes) -> digests.put(name, Digest.of(bytes.toArray())));
    return digests;
  }

  /**
   * The files that prove the entries.
   *
   * @param record with its {@link StudyEvent.ReportIssued}
   * @param places of the entries in the log
   * @param log the key that signs the log's checkpoints
   * @param checkpoint the last one, with the nodes' cosignatures
   */
  public static SortedMap<String, Bytes> evidence(
      StudyRecord record, List<Long> places, NoteKey log, SignedNote checkpoint, Proofs proofs) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    long size = checkpointOf(checkpoint.text()).size();
    files.put(LOG_KEY, text(log.toText() + "\n"));
    files.put(CHECKPOINT, Bytes.of(checkpoint.toBytes()));
    for (LogEntry entry : record.entries()) {
      int sequence = entry.sequence();
      files.put(entryName(sequence), Bytes.of(entry.toBytes()));
      files.put(proofName(sequence), text(proofs.inclusion(places.get(sequence), size).toText()));
      if (entry.event() instanceof StudyEvent.Witnessed witnessed) {
        long from = checkpointOf(noteText(witnessed)).size();
        files.put(consistencyName(sequence), text(proofs.consistency(from, size).toText()));
      }
    }
    return files;
  }

  /**
   * The files of what the study's members declared of themselves.
   *
   * @param declared entries of {@link Declaration#CHAIN} by their places in the log
   * @param size of the last checkpoint
   */
  public static SortedMap<String, Bytes> declared(
      SortedMap<Long, LogEntry> declared, long size, Proofs proofs) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    declared.forEach(
        (place, entry) -> {
          files.put(declaredName(entry.sequence()), Bytes.of(entry.toBytes()));
          files.put(
              declaredProofName(entry.sequence()), text(proofs.inclusion(place, size).toText()));
        });
    return files;
  }

  /** The big-endian bytes of a total. */
  public static byte[] sum(long[] total) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * total.length);
    bytes.asLongBuffer().put(total);
    return bytes.array();
  }

  /** Reads {@link #sum} back. */
  public static long[] totalOf(byte[] sum) throws MalformedEncoding {
    if (sum.length % 8 != 0) {
      throw new MalformedEncoding("a sum is whole numbers of 8 bytes, got " + sum.length);
    }
    long[] total = new long[sum.length / 8];
    ByteBuffer.wrap(sum).asLongBuffer().get(total);
    return total;
  }

  public static String sumName(int release, String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return String.format(Locale.ROOT, "releases/%02d-%s.sum", release + 1, plain);
  }

  public static String entryName(int sequence) {
    return String.format(Locale.ROOT, "log/%04d.entry", sequence);
  }

  public static String proofName(int sequence) {
    return String.format(Locale.ROOT, "log/%04d.proof", sequence);
  }

  /** Of an entry of {@link Declaration#CHAIN}, by its number in it. */
  public static String declaredName(int sequence) {
    return String.format(Locale.ROOT, "declared/%04d.entry", sequence);
  }

  public static String declaredProofName(int sequence) {
    return String.format(Locale.ROOT, "declared/%04d.proof", sequence);
  }

  public static String consistencyName(int sequence) {
    return String.format(Locale.ROOT, "log/%04d.consistency", sequence);
  }

  private static String noteText(StudyEvent.Witnessed witnessed) {
    try {
      return SignedNote.parse(witnessed.note().getBytes(StandardCharsets.UTF_8)).text();
    } catch (MalformedEncoding e) {
      throw new IllegalStateException("the log holds a note that is none", e);
    }
  }

  private static Checkpoint checkpointOf(String text) {
    try {
      return Checkpoint.parse(text);
    } catch (MalformedEncoding e) {
      throw new IllegalStateException("the log holds a checkpoint that is none", e);
    }
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
