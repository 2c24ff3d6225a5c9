package org.althing.audit;

import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;

/**
 * What a witness goes by: one log's key and the largest checkpoint it has cosigned, as the log
 * signed it. It never accepts a smaller log, nor one that does not begin with what it has seen, and
 * hands out what it refused beside what it has seen: both under the log's own key.
 *
 * <p>Whoever keeps the witness must store {@link Accepted#next} before it cosigns; otherwise a
 * crash between the two could let it cosign a fork.
 */
public record Witness(NoteKey log, Checkpoint seen, Optional<SignedNote> note) {
  public Witness {
    if (!log.name().equals(seen.origin())) {
      throw new IllegalArgumentException("the log's key and its checkpoint have different names");
    }
    if (note.isPresent() && !note.get().text().equals(seen.toText())) {
      throw new IllegalArgumentException("the signed note is of another checkpoint");
    }
  }

  /** A witness that has seen nothing of the log yet. */
  public static Witness of(NoteKey log) {
    return new Witness(log, Checkpoint.empty(log.name()), Optional.empty());
  }

  /** A witness that has seen what the log signed; {@code note} is not of it is an error. */
  public static Witness having(NoteKey log, SignedNote note) throws MalformedEncoding {
    if (!note.signedBy(log)) {
      throw new MalformedEncoding("the log " + log.name() + " did not sign this checkpoint");
    }
    return new Witness(log, Checkpoint.parse(note.text()), Optional.of(note.only(log)));
  }

  /** What the witness answers to a checkpoint. */
  public sealed interface Answer {
    /** What was seen and what was refused, where an honest log would not have shown it so. */
    default Optional<ForkEvidence> evidence() {
      return Optional.empty();
    }
  }

  /** The checkpoint continues what was seen. */
  public record Accepted(Witness next) implements Answer {}

  public record Refused(Reason reason, Optional<ForkEvidence> evidence) implements Answer {
    Refused(Reason reason) {
      this(reason, Optional.empty());
    }
  }

  /** Why a checkpoint is not cosigned. */
  public enum Reason {
    /** The log's key did not sign it. */
    NOT_SIGNED_BY_THE_LOG,
    /** Its text is no checkpoint. */
    MALFORMED,
    /** It is a checkpoint of another log. */
    OTHER_LOG,
    /** It has fewer entries than were seen. */
    SMALLER_THAN_SEEN,
    /** The proof starts or ends at another size; the proof to ask for starts at {@code seen}. */
    PROOF_OF_OTHER_SIZES,
    /** Same size, other root: the log forked. */
    CONFLICTING_ROOT,
    /** What was seen is not the beginning of it. */
    INCONSISTENT
  }

  /** Judges a checkpoint; {@code proof} leads from the size seen to the size offered. */
  public Answer judge(SignedNote offered, ConsistencyProof proof) {
    if (!offered.signedBy(log)) {
      return new Refused(Reason.NOT_SIGNED_BY_THE_LOG);
    }
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.parse(offered.text());
    } catch (MalformedEncoding e) {
      return new Refused(Reason.MALFORMED);
    }
    if (!checkpoint.origin().equals(seen.origin())) {
      return new Refused(Reason.OTHER_LOG);
    }
    Optional<Reason> fault = fault(checkpoint, proof);
    return fault.isPresent()
        ? new Refused(fault.get(), evidence(fault.get(), offered, proof))
        : new Accepted(new Witness(log, checkpoint, Optional.of(offered.only(log))));
  }

  /** Whether the log has an entry in the place that {@code proof} names, by the checkpoint seen. */
  public boolean holds(Bytes entry, InclusionProof proof) {
    return proof.size() == seen.size()
        && proof.proves(MerkleTree.leafHash(entry.toArray()), seen.root());
  }

  private Optional<Reason> fault(Checkpoint checkpoint, ConsistencyProof proof) {
    if (checkpoint.size() < seen.size()) {
      return Optional.of(Reason.SMALLER_THAN_SEEN);
    }
    if (checkpoint.size() == seen.size()) {
      // Nothing new needs no proof: whoever is asked twice answers twice.
      return checkpoint.equals(seen) ? Optional.empty() : Optional.of(Reason.CONFLICTING_ROOT);
    }
    if (proof.from() != seen.size() || proof.to() != checkpoint.size()) {
      return Optional.of(Reason.PROOF_OF_OTHER_SIZES);
    }
    return proof.proves(seen.root(), checkpoint.root())
        ? Optional.empty()
        : Optional.of(Reason.INCONSISTENT);
  }

  private Optional<ForkEvidence> evidence(
      Reason reason, SignedNote refused, ConsistencyProof proof) {
    return switch (reason) {
      case CONFLICTING_ROOT, INCONSISTENT ->
          note.map(kept -> new ForkEvidence(kept, refused.only(log), proof));
      // An honest log's messages may come late, or one of them be lost: these accuse nobody.
      default -> Optional.empty();
    };
  }

  /**
   * Whether so many of a roster's members cosigned that no conflicting checkpoint can have as many.
   */
  public static boolean quorumCosigned(SignedNote note, Roster roster) {
    int quorum = quorum(roster);
    // A verification costs as much as all else of the check: no more of them than decide.
    return roster.members().stream()
            .filter(
                member ->
                    note.signedBy(
                        new NoteKey(member.id().value(), NoteKey.Type.COSIGNATURE, member.key())))
            .limit(quorum)
            .count()
        == quorum;
  }

  /** How many of a roster's members must cosign, see {@link #quorum(int, int)}. */
  public static int quorum(Roster roster) {
    return quorum(roster.members().size(), roster.quorum().colluders());
  }

  /**
   * How many of {@code witnesses} must cosign so that two conflicting checkpoints share more than
   * {@code dishonest} of them: ⌊(n + f) / 2⌋ + 1.
   */
  public static int quorum(int witnesses, int dishonest) {
    if (dishonest < 0 || dishonest >= witnesses) {
      throw new IllegalArgumentException(
          "dishonest witnesses are 0 to n - 1, got %d of %d".formatted(dishonest, witnesses));
    }
    return (witnesses + dishonest) / 2 + 1;
  }
}
