package org.althing.contract;

import java.util.List;
import org.althing.encoding.Digest;

/**
 * How one organisation's files map to a contract. Stays with the organisation.
 *
 * @param columns one per contract column that is read, in contract order
 * @param digest of the document's text
 */
public record Binding(
    String contractId,
    String contractVersion,
    SourceFormat format,
    List<BoundColumn> columns,
    Digest digest) {
  public Binding {
    columns = List.copyOf(columns);
  }

  /** The column names a file must have, each once, in contract order. */
  public List<String> localNames() {
    return columns.stream().flatMap(c -> c.localName().stream()).distinct().toList();
  }
}
