package org.althing.statistics;

import org.althing.release.Estimate;

/** Records with a value of one cell. */
public record CellCount(String cell, Estimate count) {
  /** Below so many deviations of its noise a count is not told from none. */
  private static final double LEAST_DEVIATIONS = 2;

  /** Whether the count stands above its noise. */
  public boolean isDistinct() {
    return isDistinct(count);
  }

  public static boolean isDistinct(Estimate count) {
    return count.standsAbove(LEAST_DEVIATIONS);
  }
}
