package org.althing.secagg;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;

/**
 * The checks that every signed message must pass: its sender takes part, it is bound to this
 * attempt, and its signature holds under the sender's key in the roster.
 */
record Scrutiny(Roster roster, Predicate<NodeId> allowed, Digest ctx) {

  Optional<Fault> faultOf(Signed message) {
    NodeId sender = message.sender();
    if (!allowed.test(sender)) {
      return fault(Fault.Kind.STRANGER, sender, "the sender takes no part in this step");
    }
    if (!message.ctx().equals(ctx)) {
      return fault(
          Fault.Kind.OTHER_CONTEXT,
          sender,
          "expected %s, got %s".formatted(ctx.brief(), message.ctx().brief()));
    }
    boolean signed = roster.keyOf(sender).map(message::signedBy).orElse(false);
    return signed
        ? Optional.empty()
        : fault(
            Fault.Kind.BAD_SIGNATURE, sender, "the signature does not hold under the roster's key");
  }

  /**
   * The first fault in a list that must have at least {@code least} messages of as many senders.
   */
  Optional<Fault> faultOfAll(String what, List<? extends Signed> messages, int least) {
    Set<NodeId> seen = new HashSet<>();
    for (Signed message : messages) {
      if (!seen.add(message.sender())) {
        return fault(Fault.Kind.REPEATED, message.sender(), what + " list it twice");
      }
    }
    if (messages.size() < least) {
      return Optional.of(
          Fault.of(
              Fault.Kind.TOO_FEW,
              "%s: at least %d needed, got %d".formatted(what, least, messages.size())));
    }
    return messages.stream().map(this::faultOf).flatMap(Optional::stream).findFirst();
  }

  /** A fault unless {@code own}, the receiver's message as it sent it, is in the list. */
  static Optional<Fault> faultUnlessShown(Signed own, List<? extends Signed> messages) {
    return messages.contains(own)
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Fault.Kind.OWN_MESSAGE_MISSING, "this node's own message is absent or altered"));
  }

  private static Optional<Fault> fault(Fault.Kind kind, NodeId who, String detail) {
    return Optional.of(Fault.of(kind, who, detail));
  }
}
