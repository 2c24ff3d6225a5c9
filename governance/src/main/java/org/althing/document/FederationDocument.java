package org.althing.document;

import java.util.ArrayList;
import java.util.List;
import org.althing.document.Federation.Organisation;
import org.althing.federation.NodeId;
import org.althing.study.Participation;
import org.althing.study.QuorumChoice;

/** A federation file, {@code althing: federation/v1}. */
public final class FederationDocument {
  private FederationDocument() {}

  /**
   * @param fileName as errors shall show it
   */
  public static Federation read(String fileName, byte[] utf8) throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    Document.kind(root, "federation");
    String name = root.text("name");
    String contract = root.text("contract");
    List<Organisation> organisations = new ArrayList<>();
    for (Mapping each : root.mappings("organisations")) {
      organisations.add(organisation(each));
    }
    QuorumChoice quorum = Checked.quorum(root);
    root.end();
    return Checked.of(
        root, "organisations", () -> new Federation(name, contract, organisations, quorum));
  }

  private static Organisation organisation(Mapping mapping) throws DocumentError {
    NodeId id = Checked.node(mapping, "id");
    List<String> data = mapping.texts("data");
    String binding = mapping.text("binding");
    String policy = mapping.text("policy");
    String population = mapping.text("population");
    long people = mapping.whole("people", 1, Participation.MOST_PEOPLE);
    return Checked.of(
        mapping, "data", () -> new Organisation(id, data, binding, policy, population, people));
  }
}
