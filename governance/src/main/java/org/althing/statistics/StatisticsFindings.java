package org.althing.statistics;

import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;

/**
 * The statistics of the joint records.
 *
 * @param rows how many records there are
 * @param columns in the order they were asked for
 * @param correlations only where they were asked for
 * @param components of the correlations, where enough columns stand above the noise
 */
public record StatisticsFindings(
    Estimate rows,
    List<ColumnStatistics> columns,
    Optional<Correlations> correlations,
    Optional<PrincipalComponents> components,
    List<CrossTable> tables) {
  public StatisticsFindings {
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
  }
}
