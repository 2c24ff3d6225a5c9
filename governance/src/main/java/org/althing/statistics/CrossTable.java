package org.althing.statistics;

import java.util.List;
import org.althing.release.Estimate;

/**
 * Records by the cells of two columns.
 *
 * @param rowNames the cells of {@code rows}, last what is no valid value; so for {@code columns}
 * @param counts [row][column]
 */
public record CrossTable(
    String rows,
    String columns,
    List<String> rowNames,
    List<String> columnNames,
    List<List<Estimate>> counts) {
  /** The name of the last row and of the last column. */
  public static final String OTHER = "missing or invalid";

  public CrossTable {
    rowNames = List.copyOf(rowNames);
    columnNames = List.copyOf(columnNames);
    counts = counts.stream().map(List::copyOf).toList();
  }
}
