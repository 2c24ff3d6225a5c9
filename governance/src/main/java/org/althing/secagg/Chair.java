package org.althing.secagg;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;

/**
 * What the coordinator knows of an attempt from the plan and the roster.
 *
 * @param members E, in order of ids
 */
record Chair(RoundTerms terms, Digest ctx, List<NodeId> members) {
  Roster roster() {
    return terms.epoch().roster();
  }

  int least() {
    return roster().quorum().leastConfirmed();
  }

  int threshold() {
    return roster().quorum().threshold();
  }

  Scrutiny scrutiny(Collection<NodeId> allowed) {
    return new Scrutiny(roster(), allowed, ctx);
  }

  static List<Outgoing<RoundAnnouncement>> toEach(
      Collection<NodeId> receivers, Function<NodeId, RoundAnnouncement> announcement) {
    return receivers.stream().map(to -> new Outgoing<>(to, announcement.apply(to))).toList();
  }
}
