package org.althing.document;

import java.util.ArrayList;
import java.util.List;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.VerifyingKey;
import org.althing.study.QuorumChoice;

/** A roster file, {@code althing: roster/v1}: members with their identity keys, and a quorum. */
public final class RosterDocument {
  private RosterDocument() {}

  /**
   * @param fileName as errors shall show it
   */
  public static Roster read(String fileName, byte[] utf8) throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    Document.kind(root, "roster");
    List<Roster.Member> members = new ArrayList<>();
    for (Mapping member : root.mappings("members")) {
      NodeId id = Checked.node(member, "id");
      String hex = member.text("key");
      if (!hex.matches("[0-9a-f]{64}")) {
        throw member.error(
            "key",
            "expected an Ed25519 public key as 64 hexadecimal digits in lower case",
            "take it from the member's own announcement");
      }
      members.add(new Roster.Member(id, Checked.of(member, "key", () -> VerifyingKey.ofHex(hex))));
    }
    QuorumChoice quorum = Checked.quorum(root);
    root.end();
    return Checked.of(root, "members", () -> new Roster(members, quorum.over(members.size())));
  }

  /** The text of a roster, read back by {@link #read} as the same value. */
  public static String write(Roster roster) {
    StringBuilder text = new StringBuilder("althing: roster/v1\nquorum:\n");
    text.append("  threshold: ").append(roster.quorum().threshold()).append('\n');
    text.append("  colluders: ").append(roster.quorum().colluders()).append('\n');
    text.append("  least_cohort: ").append(roster.quorum().leastCohort()).append('\n');
    text.append("  least_survivors: ").append(roster.quorum().leastSurvivors()).append('\n');
    text.append("members:\n");
    for (Roster.Member member : roster.members()) {
      text.append("  - id: \"").append(member.id()).append("\"\n");
      text.append("    key: \"").append(member.key().hex()).append("\"\n");
    }
    return text.toString();
  }
}
