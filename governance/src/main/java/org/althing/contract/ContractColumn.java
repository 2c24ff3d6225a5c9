package org.althing.contract;

import java.util.List;
import java.util.Optional;
import org.althing.table.Column;
import org.althing.table.Domain;

/**
 * One column of a contract.
 *
 * @param missingCodes texts that stand for "not known" besides the empty text
 * @param unitOfMeasure as declared, such as {@code mg/dL}
 * @param repair what a study's cleaning makes of texts that are no value; nothing in a contract
 */
public record ContractColumn(
    Column column,
    String description,
    boolean required,
    Use use,
    List<String> missingCodes,
    Optional<String> unitOfMeasure,
    Repair repair) {
  /** What may become of a column's values. */
  public enum Use {
    /** May leave inside a noisy sum. */
    FEDERATED,
    /** Read by the node alone: keys, columns for its own reports. */
    LOCAL,
    /** Not even read. */
    NEVER
  }

  public ContractColumn {
    missingCodes = List.copyOf(missingCodes);
  }

  /** As a contract declares it. */
  public ContractColumn(
      Column column,
      String description,
      boolean required,
      Use use,
      List<String> missingCodes,
      Optional<String> unitOfMeasure) {
    this(column, description, required, use, missingCodes, unitOfMeasure, Repair.NONE);
  }

  /** The same column with another domain and repair. */
  public ContractColumn with(Domain domain, Repair other) {
    return new ContractColumn(
        new Column(column.name(), domain),
        description,
        required,
        use,
        missingCodes,
        unitOfMeasure,
        other);
  }
}
