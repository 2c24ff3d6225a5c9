package org.althing.contract;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.table.Schema;

/**
 * The agreed description of the shared data: columns with declared domains, the privacy unit and
 * the quality rules (the strict profile of the Open Data Contract Standard 3.1.0 described in
 * {@code docs/contracts.md}).
 *
 * @param digest of the document's text, so that two parties can tell whether they hold the same
 *     contract
 */
public record Contract(
    String id,
    String version,
    String name,
    String table,
    List<ContractColumn> columns,
    PrivacyUnit unit,
    List<QualityRule> rules,
    Digest digest) {
  public Contract {
    columns = List.copyOf(columns);
    rules = List.copyOf(rules);
  }

  /** The columns that may leave as sums, in contract order. */
  public Schema schema() {
    return new Schema(
        columns.stream()
            .filter(c -> c.use() == ContractColumn.Use.FEDERATED)
            .map(ContractColumn::column)
            .toList());
  }

  public Optional<ContractColumn> column(String name) {
    return columns.stream().filter(c -> c.column().name().equals(name)).findFirst();
  }
}
