package org.althing.statistics;

import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * Pearson's correlations between columns of numbers, over records in which all of them are valid.
 *
 * @param complete how many such records there are
 * @param entries one list per column, with one entry per column; absent where a variance or the
 *     number of records does not stand above the noise
 */
public record Correlations(
    List<String> columns, Estimate complete, List<List<Optional<Entry>>> entries) {
  public Correlations {
    columns = List.copyOf(columns);
    entries = entries.stream().map(List::copyOf).toList();
  }

  /**
   * One correlation.
   *
   * @param total the 95 % interval by noise and sampling together, on Fisher's scale
   */
  public record Entry(Measure correlation, Interval total) {}
}
