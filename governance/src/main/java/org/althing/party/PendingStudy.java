package org.althing.party;

import java.time.Duration;
import java.time.Instant;
import org.althing.approval.Matter;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.study.Study;

/**
 * A study that people are asked about at one node, as it is kept on file until it is over: enough
 * to show, away from the running node, what a yes would mean.
 *
 * @param matter what a statement must be about to count
 * @param study its text
 * @param contract the contract's text
 * @param sinceMillis when it was first offered, in milliseconds since 1970
 */
public record PendingStudy(Matter matter, Bytes study, Bytes contract, long sinceMillis) {
  /** How much of its time a study keeps, so that an answer of this node still reaches the log. */
  private static final int SHARE_KEPT = 20;

  private static final Duration MOST_KEPT = Duration.ofMinutes(10);
  private static final String LABEL = "pending-study/v1";

  /** What people are shown and judge. */
  public record Documents(Study study, Contract contract) {}

  /** Its documents, which were read once before they came on file. */
  public Documents documents() throws DocumentError {
    return new Documents(
        StudyDocument.read("study.yaml", study.toArray()),
        ContractDocument.parse("contract.yaml", contract.toArray()));
  }

  /** When the node refuses it for want of an answer: a little before the study's time is over. */
  public Instant decidedBy(Duration deadline) {
    Duration share = deadline.dividedBy(SHARE_KEPT);
    Duration kept = share.compareTo(MOST_KEPT) < 0 ? share : MOST_KEPT;
    return Instant.ofEpochMilli(sinceMillis).plus(deadline).minus(kept);
  }

  public byte[] toBytes() {
    return matter
        .writeTo(new CanonicalWriter(LABEL))
        .putBytes(study.toArray())
        .putBytes(contract.toArray())
        .putLong(sinceMillis)
        .toBytes();
  }

  public static PendingStudy ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      PendingStudy pending =
          new PendingStudy(
              Matter.readFrom(in), Bytes.of(in.getBytes()), Bytes.of(in.getBytes()), in.getLong());
      in.end();
      return pending;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
