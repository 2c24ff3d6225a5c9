package org.althing.secagg;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.federation.NodeId;

/** First message counts: what a collecting state does with a message that passed its checks. */
final class Collected {
  private Collected() {}

  /** A fault where the sender has sent something else before. */
  static <M> Optional<Fault> faultOfRepeat(SortedMap<NodeId, M> sofar, NodeId sender, M message) {
    M first = sofar.get(sender);
    return first == null || first.equals(message)
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Fault.Kind.REPEATED, sender, "it sent something else before; that one counts"));
  }

  static <M> SortedMap<NodeId, M> with(SortedMap<NodeId, M> sofar, NodeId sender, M message) {
    SortedMap<NodeId, M> more = new TreeMap<>(sofar);
    more.put(sender, message);
    return more;
  }

  static Fault tooFew(String what, int needed, int got) {
    return Fault.of(
        Fault.Kind.TOO_FEW,
        "%s by the deadline: at least %d needed, got %d".formatted(what, needed, got));
  }
}
