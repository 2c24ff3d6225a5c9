package org.althing.study;

import java.util.List;
import java.util.OptionalLong;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;

/**
 * Who is asked to take part.
 *
 * @param nodes the members asked; empty for the whole roster. A fixed set: it never shrinks by
 *     itself
 * @param quorum numbers the study chooses for itself
 * @param people a public, rough number of privacy units over all nodes, used to foretell accuracy
 *     and to find rounds and buckets, never as a count
 */
public record Participation(List<NodeId> nodes, QuorumChoice quorum, OptionalLong people) {
  public static final long MOST_PEOPLE = 10_000_000_000L;

  /** The whole roster with its own quorum. */
  public static final Participation EVERYBODY =
      new Participation(List.of(), QuorumChoice.NONE, OptionalLong.empty());

  public Participation {
    nodes = List.copyOf(nodes);
    if (nodes.stream().distinct().count() != nodes.size()) {
      throw new IllegalArgumentException("participants name a node twice");
    }
    if (people.isPresent() && (people.getAsLong() < 1 || people.getAsLong() > MOST_PEOPLE)) {
      throw new IllegalArgumentException("people are 1 to 10 billion, got " + people.getAsLong());
    }
  }

  /**
   * The study's roster: the members asked, and the quorum chosen for them.
   *
   * @throws IllegalArgumentException where a participant is no member, or the numbers are not safe
   */
  Roster of(Roster federation) {
    for (NodeId node : nodes) {
      if (!federation.contains(node)) {
        throw new IllegalArgumentException(
            "participant " + node + " is not in the roster, which lists " + federation.ids());
      }
    }
    boolean whole = nodes.isEmpty() || nodes.size() == federation.members().size();
    if (whole && quorum.isEmpty()) {
      return federation;
    }
    List<Roster.Member> asked =
        federation.members().stream().filter(m -> whole || nodes.contains(m.id())).toList();
    return new Roster(asked, quorum.over(asked.size()));
  }
}
