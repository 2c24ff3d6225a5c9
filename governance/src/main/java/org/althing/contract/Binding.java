package org.althing.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.althing.encoding.Digest;
import org.althing.table.Domain;

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

  /**
   * How a day is to be written for whoever reads a file that has days as such, by the file's
   * column: as the contract does, where that is not as ISO 8601 does, this binding says no other
   * way, and the column is read as nothing else.
   *
   * @param agreed the contract's columns
   */
  public Map<String, String> writtenDays(List<ContractColumn> agreed) {
    Map<String, String> days = new HashMap<>();
    for (ContractColumn column : agreed) {
      String name = column.column().name();
      if (column.column().domain() instanceof Domain.Dates dates
          && !dates.format().equals(Domain.Dates.ISO)) {
        columns.stream()
            .filter(bound -> bound.column().equals(name) && bound.dayFormat().isEmpty())
            .flatMap(bound -> bound.localName().stream())
            .filter(local -> readers(local) == 1)
            .forEach(local -> days.put(local, dates.format()));
      }
    }
    return Map.copyOf(days);
  }

  private long readers(String local) {
    return columns.stream().filter(c -> c.localName().filter(local::equals).isPresent()).count();
  }
}
