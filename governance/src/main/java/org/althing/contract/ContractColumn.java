package org.althing.contract;

import java.util.List;
import java.util.Optional;
import org.althing.table.Column;

/**
 * One column of a contract.
 *
 * @param missingCodes texts that stand for "not known" besides the empty text
 * @param unitOfMeasure as declared, such as {@code mg/dL}
 */
public record ContractColumn(
    Column column,
    String description,
    boolean required,
    Use use,
    List<String> missingCodes,
    Optional<String> unitOfMeasure) {
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
}
