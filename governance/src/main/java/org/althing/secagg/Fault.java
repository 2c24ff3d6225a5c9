package org.althing.secagg;

import java.util.Optional;
import org.althing.federation.NodeId;

/**
 * What was wrong with a message, and whose it was where that is known. Never holds a secret.
 *
 * @param who the node whose message was wrong; empty where the coordinator's own words were
 * @param detail expected and got, for people
 */
public record Fault(Kind kind, Optional<NodeId> who, String detail) {
  /** The check that failed. */
  public enum Kind {
    /** The sender has no part in this: no member, no key, not in the cohort, not a survivor. */
    STRANGER,
    /** The message is bound to another study, epoch, roster, release, attempt, model or length. */
    OTHER_CONTEXT,
    BAD_SIGNATURE,
    /** Two entries, or two different messages, of one sender. */
    REPEATED,
    /** The receiver's own message is absent or is not the one it sent. */
    OWN_MESSAGE_MISSING,
    /** Fewer than the quorum demands. */
    TOO_FEW,
    /** A key that fails its algorithm's check. */
    UNUSABLE_KEY,
    /** Another set of advertised keys. */
    OTHER_KEYS,
    /** A ciphertext, box, vector or list that is absent, superfluous or not the one signed. */
    WRONG_CONTENT,
    /** A share box that does not open. */
    BAD_BOX,
    OTHER_COHORT,
    OTHER_SURVIVORS,
    /** A second, different announcement where one was answered. */
    SECOND_ANNOUNCEMENT,
    /** This release and attempt, or a later one, was begun before. */
    REPLAYED_ROUND,
    /** More releases were begun under one key set-up than its keys may serve. */
    EXPIRED_KEYS,
    /** The message belongs to another step of the attempt. */
    OUT_OF_TURN,
    /** Shares that reconstruct no secret with the signed digest. */
    BAD_SHARES,
    /** Sealed seeds that do not open. */
    BAD_SEALED_SEEDS,
    /** Given up from outside. */
    ABANDONED
  }

  static Fault of(Kind kind, NodeId who, String detail) {
    return new Fault(kind, Optional.of(who), detail);
  }

  static Fault of(Kind kind, String detail) {
    return new Fault(kind, Optional.empty(), detail);
  }

  @Override
  public String toString() {
    return kind + who.map(id -> " (" + id + ")").orElse("") + ": " + detail;
  }
}
