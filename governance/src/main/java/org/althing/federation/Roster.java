package org.althing.federation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * The closed list of members of one study, in order of their ids, with the quorum they all signed.
 */
public record Roster(List<Member> members, Quorum quorum) {
  /** An organisation's node and the identity key that its messages are signed with. */
  public record Member(NodeId id, VerifyingKey key) {}

  public Roster {
    members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    if (members.size() != quorum.nodes()) {
      throw new IllegalArgumentException(
          "the quorum speaks of " + quorum.nodes() + " nodes, the roster lists " + members.size());
    }
    if (members.stream().map(Member::id).distinct().count() != members.size()
        || members.stream().map(Member::key).distinct().count() != members.size()) {
      throw new IllegalArgumentException("two members of a roster share an id or a key");
    }
  }

  /** 1 to n, the member's point in the secret sharing; 0 where {@code id} is no member. */
  public int indexOf(NodeId id) {
    int low = 0;
    int high = members.size() - 1;
    while (low <= high) {
      int middle = (low + high) / 2;
      int order = members.get(middle).id().compareTo(id);
      if (order == 0) {
        return middle + 1;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return 0;
  }

  public boolean contains(NodeId id) {
    return indexOf(id) > 0;
  }

  public Optional<VerifyingKey> keyOf(NodeId id) {
    int index = indexOf(id);
    return index == 0 ? Optional.empty() : Optional.of(members.get(index - 1).key());
  }

  public List<NodeId> ids() {
    return members.stream().map(Member::id).toList();
  }

  public byte[] toBytes() {
    CanonicalWriter out = new CanonicalWriter("roster/v1");
    quorum.writeTo(out);
    return out.putList(members, (w, m) -> w.putString(m.id().value()).putBytes(m.key().bytes()))
        .toBytes();
  }

  public static Roster ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, "roster/v1");
    Quorum quorum = Quorum.readFrom(in);
    try {
      List<Member> members =
          in.getList(
              r -> new Member(new NodeId(r.getString()), VerifyingKey.ofBytes(r.getBytes())),
              quorum.nodes());
      in.end();
      Roster roster = new Roster(members, quorum);
      if (!roster.members().equals(members)) {
        throw in.malformed("the members of a roster ascend by id");
      }
      return roster;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  public Digest digest() {
    return Digest.of(toBytes());
  }
}
