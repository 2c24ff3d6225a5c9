package org.althing.session;

import java.util.List;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.SetupAnnouncement;

/** What the coordinator says to a node. Nothing in it is believed before it is checked. */
public sealed interface ToNode {
  /** The study it is about. */
  Digest plan();

  /** A study to consider: the documents, byte for byte. */
  record Offer(Digest plan, Bytes study, Bytes contract, Bytes roster) implements ToNode {}

  /** The signed admissions of all members: the roster's n-of-n signature. */
  record RosterSealed(Digest plan, List<Bytes> admissions) implements ToNode {
    public RosterSealed {
      admissions = List.copyOf(admissions);
    }
  }

  /** A key set-up begins. */
  record SetupOpened(Digest plan, int epoch) implements ToNode {}

  record Setup(Digest plan, int epoch, SetupAnnouncement announcement) implements ToNode {}

  /** An attempt at a release begins. */
  record RoundOpened(Digest plan, int epoch, int release, int attempt) implements ToNode {}

  record Round(Digest plan, int release, int attempt, RoundAnnouncement announcement)
      implements ToNode {}

  record RoundAborted(Digest plan, int release, int attempt, String reason) implements ToNode {}

  /**
   * A release went into the log.
   *
   * @param entry the log entry
   * @param total the noisy total that the entry names by digest: 8 bytes per coordinate, big-endian
   * @param checkpoint under the log's signature, to be cosigned
   * @param consistency from the node's last cosigned checkpoint to this one
   */
  record Published(
      Digest plan,
      Bytes entry,
      Bytes total,
      SignedNote checkpoint,
      InclusionProof inclusion,
      ConsistencyProof consistency)
      implements ToNode {}

  /** The study is over; what was reserved and not charged is free. */
  record Ended(Digest plan, String outcome, SignedNote checkpoint, ConsistencyProof consistency)
      implements ToNode {}
}
