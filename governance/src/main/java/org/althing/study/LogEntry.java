package org.althing.study;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * One leaf of the coordinator's log: an event with its place in the study it belongs to, so that a
 * study's entries can be told complete and in order wherever they lie in the log.
 *
 * @param study the plan digest
 * @param sequence from 0, without gaps
 * @param previous digest of the study's entry before; of nothing ({@link #NONE}) for the first
 * @param timeMillis the coordinator's clock, for people; no rule depends on it
 */
public record LogEntry(
    Digest study, int sequence, Digest previous, long timeMillis, StudyEvent event) {
  public static final Digest NONE = Digest.of(new byte[0]);
  private static final String LABEL = "log-entry/v1";

  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putDigest(study)
        .putInt(sequence)
        .putDigest(previous)
        .putLong(timeMillis)
        .putBytes(event.toBytes())
        .toBytes();
  }

  public static LogEntry ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    Digest study = in.getDigest();
    int sequence = in.getInt();
    Digest previous = in.getDigest();
    long timeMillis = in.getLong();
    StudyEvent event = StudyEvent.ofBytes(in.getBytes());
    in.end();
    return new LogEntry(study, sequence, previous, timeMillis, event);
  }

  public Digest digest() {
    return Digest.of(toBytes());
  }
}
