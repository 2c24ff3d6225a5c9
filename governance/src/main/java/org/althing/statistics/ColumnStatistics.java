package org.althing.statistics;

import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;

/**
 * One column.
 *
 * @param cells counts over the declared cells; of a number without bins over equal ranges where its
 *     quantiles were asked for, else none
 * @param moments of a number; absent where too few valid values stand above the noise
 * @param quantiles in ascending order; none where they were not asked for or too few valid values
 *     stand above the noise
 */
public record ColumnStatistics(
    String column,
    Validity validity,
    List<CellCount> cells,
    Optional<Moments> moments,
    List<Quantile> quantiles) {
  public ColumnStatistics {
    cells = List.copyOf(cells);
    quantiles = List.copyOf(quantiles);
  }

  /**
   * How many records have a value at all.
   *
   * @param missing empty, or a declared code for it
   * @param invalid none of the declared domain
   * @param valid all others
   */
  public record Validity(Estimate missing, Estimate invalid, Estimate valid) {}
}
