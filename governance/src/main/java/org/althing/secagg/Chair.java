package org.althing.secagg;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;

/**
 * What the coordinator knows of an attempt from the plan and the roster.
 *
 * @param members E
 */
record Chair(RoundTerms terms, Digest ctx, SortedSet<NodeId> members) {
  Roster roster() {
    return terms.epoch().roster();
  }

  int least() {
    return roster().quorum().leastConfirmed();
  }

  int threshold() {
    return roster().quorum().threshold();
  }

  Scrutiny scrutiny(Predicate<NodeId> allowed) {
    return new Scrutiny(roster(), allowed, ctx);
  }

  static List<Outgoing<RoundAnnouncement>> toEach(
      Collection<NodeId> receivers, Function<NodeId, RoundAnnouncement> announcement) {
    return receivers.stream().map(to -> new Outgoing<>(to, announcement.apply(to))).toList();
  }
}
