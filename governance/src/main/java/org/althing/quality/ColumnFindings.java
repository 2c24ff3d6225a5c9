package org.althing.quality;

import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.table.Verdict;

/**
 * One column: how many of its values are faulty in which way, and how the others are spread.
 *
 * @param faults one share per verdict other than OK, in the order of {@link Verdict}
 * @param values one share per declared cell; one for all values of a number without bins
 */
public record ColumnFindings(String column, List<FaultShare> faults, List<ValueShare> values) {
  public ColumnFindings {
    faults = List.copyOf(faults);
    values = List.copyOf(values);
  }

  /** The share of one fault. */
  public Share fault(Verdict verdict) {
    return faults.get(ColumnCells.faultCell(verdict)).share();
  }

  /** Rows with a fault. */
  public record FaultShare(Verdict verdict, Share share) {}

  /** Rows with a value of the cell. */
  public record ValueShare(String cell, Share share) {}

  /**
   * A count, and its rate among all rows where the number of rows stands above its noise.
   *
   * @param rate 0 to 1 but for the noise
   */
  public record Share(Estimate count, Optional<Estimate> rate) {}
}
