package org.althing.session;

import java.util.List;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.SetupAnnouncement;

/** What the coordinator says to a node. Nothing in it is believed before it is checked. */
public sealed interface ToNode {
  /** A message about one study, which no node hears before it has accepted a {@link Welcome}. */
  sealed interface OfStudy extends ToNode {
    /** The study it is about. */
    Digest plan();
  }

  /** A message about one attempt at a release. */
  sealed interface OfAttempt extends OfStudy {
    int release();

    int attempt();
  }

  /**
   * The answer to a greeting: the log as it stands, so that a node never works for a coordinator
   * whose log is not the one it has witnessed.
   *
   * @param checkpoint under the log's signature
   * @param consistency from the size that the greeting named to this one
   */
  record Welcome(SignedNote checkpoint, ConsistencyProof consistency) implements ToNode {}

  /**
   * A member that began a session asks what the others remember of its ledger.
   *
   * @param nonce the asker's, for the answer
   */
  record Inquired(NodeId by, Digest nonce) implements ToNode {}

  /** A member's signed {@link org.althing.study.Recollection} of this node's ledger. */
  record Recalled(Bytes recollection) implements ToNode {}

  /**
   * An entry of the log, and where it lies.
   *
   * @param inclusion under the checkpoint that it is shown with
   */
  record Logged(Bytes entry, InclusionProof inclusion) {
    public InclusionReceipt receipt(SignedNote checkpoint) {
      return new InclusionReceipt(entry, inclusion, checkpoint);
    }
  }

  /**
   * The newest declaration of this node that the log has: the answer to one, or to one that came
   * too late.
   *
   * @param consistency from the size that was shown before to this one
   */
  record Declared(SignedNote checkpoint, ConsistencyProof consistency, Logged logged)
      implements ToNode {}

  /** A study to consider: the documents, byte for byte. */
  record Offer(Digest plan, Bytes study, Bytes contract, Bytes roster) implements OfStudy {}

  /** The signed admissions of all members: the roster's n-of-n signature. */
  record RosterSealed(Digest plan, List<Bytes> admissions) implements OfStudy {
    public RosterSealed {
      admissions = List.copyOf(admissions);
    }
  }

  /**
   * The log as it stands before a key set-up, to be cosigned: no sum is computed for a study that
   * is not in a log that a quorum has witnessed.
   *
   * @param consistency from the node's last cosigned checkpoint to this one
   * @param submission the study's first entry
   */
  record LogShown(
      Digest plan, SignedNote checkpoint, ConsistencyProof consistency, Logged submission)
      implements OfStudy {}

  /** A key set-up begins. */
  record SetupOpened(Digest plan, int epoch) implements OfStudy {}

  record Setup(Digest plan, int epoch, SetupAnnouncement announcement) implements OfStudy {}

  /**
   * An attempt at a release begins.
   *
   * @param history the checkpoint that was shown last, with the cosignatures of a quorum
   */
  record RoundOpened(Digest plan, int epoch, int release, int attempt, SignedNote history)
      implements OfStudy {}

  record Round(Digest plan, int release, int attempt, RoundAnnouncement announcement)
      implements OfAttempt {}

  /** The signed charges of the cohort, to be remembered before anybody draws noise. */
  record ChargesShown(Digest plan, int release, int attempt, List<Bytes> charges)
      implements OfAttempt {
    public ChargesShown {
      charges = List.copyOf(charges);
    }
  }

  /**
   * The receiver's charge is in the log, and others remember it.
   *
   * @param consistency from the size that was shown before to this one
   * @param charge the entry with the receiver's charge
   * @param remembrances signed {@link org.althing.study.Remembrance}s of the charges shown
   */
  record ChargesRemembered(
      Digest plan,
      int release,
      int attempt,
      SignedNote checkpoint,
      ConsistencyProof consistency,
      Logged charge,
      List<Bytes> remembrances)
      implements OfAttempt {
    public ChargesRemembered {
      remembrances = List.copyOf(remembrances);
    }
  }

  record RoundAborted(Digest plan, int release, int attempt, String reason) implements OfAttempt {}

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
      implements OfStudy {}

  /**
   * The study is over; what was reserved and not charged is free.
   *
   * @param own the entries that hold what this node said
   */
  record Ended(
      Digest plan,
      String outcome,
      SignedNote checkpoint,
      ConsistencyProof consistency,
      List<Logged> own)
      implements OfStudy {
    public static final int MOST_OWN = 10_000;

    public Ended {
      own = List.copyOf(own);
    }

    /**
     * The receipts that hold; others are as if they had not been shown.
     *
     * @param witness that has accepted the checkpoint
     */
    public List<InclusionReceipt> receipts(Witness witness) {
      return own.stream()
          .map(each -> each.receipt(checkpoint))
          .filter(receipt -> receipt.holds(witness.log()))
          .toList();
    }
  }
}
