package org.althing.contract;

import java.util.Optional;

/**
 * Whom the budget protects.
 *
 * @param name as people say it, such as {@code patient}
 * @param keyColumn the column whose equal values are one unit; without one every row is a unit of
 *     its own
 * @param maxRows m, the most rows of one unit that are counted; the cost grows with m²
 */
public record PrivacyUnit(String name, Optional<String> keyColumn, int maxRows) {
  public PrivacyUnit {
    if (maxRows < 1 || maxRows > 1000) {
      throw new IllegalArgumentException("rows per unit are 1 to 1000, got " + maxRows);
    }
    if (keyColumn.isEmpty() && maxRows != 1) {
      throw new IllegalArgumentException(
          "without a key column every row is one unit: rows per unit must be 1");
    }
  }
}
