package org.althing.document;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.compliance.Particular;
import org.althing.compliance.Particulars;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;

/**
 * A file of particulars, {@code althing: particulars/v1}: what only people can say in the reports
 * of a study. Everything in it may be absent; a report then says that it is.
 */
public final class ParticularsDocument {
  private ParticularsDocument() {}

  /**
   * @param fileName as errors shall show it
   */
  public static Particulars read(String fileName, byte[] utf8) throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    Document.kind(root, "particulars");
    Map<Particular, String> common = said(root.optionalMapping("common"));
    Map<Particular, String> operator = said(root.optionalMapping("operator"));
    SortedMap<NodeId, Map<Particular, String>> organisations = new TreeMap<>();
    Optional<Mapping> each = root.optionalMapping("organisations");
    if (each.isPresent()) {
      for (String name : each.get().keys()) {
        NodeId node = Checked.of(each.get(), name, () -> new NodeId(name));
        organisations.put(node, said(each.get().optionalMapping(name)));
      }
    }
    root.end();
    if (organisations.size() > Quorum.MOST_NODES) {
      throw root.error(
          "organisations",
          "expected at most %d, got %d".formatted(Quorum.MOST_NODES, organisations.size()));
    }
    return new Particulars(common, operator, organisations, Optional.of(Digest.of(utf8)));
  }

  private static Map<Particular, String> said(Optional<Mapping> by) throws DocumentError {
    Map<Particular, String> said = new EnumMap<>(Particular.class);
    if (by.isEmpty()) {
      return said;
    }
    Mapping mapping = by.get();
    for (Particular particular : Particular.values()) {
      Optional<String> text = mapping.optionalText(particular.key());
      if (text.isPresent()) {
        said.put(particular, text.get());
        if (text.get().length() > Particulars.MOST_CHARACTERS) {
          throw mapping.error(
              particular.key(),
              "expected at most %d characters, got %d"
                  .formatted(Particulars.MOST_CHARACTERS, text.get().length()),
              "name the document that says more");
        }
      }
    }
    return said;
  }
}
