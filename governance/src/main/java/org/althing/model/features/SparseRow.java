package org.althing.model.features;

import org.althing.privacy.ContributionSum;

/**
 * One record as a sparse vector of a feature space: coordinates that ascend, and their values in
 * whole steps of 1 / {@link FeatureSpace#stepsPerUnit}; the bias is the last.
 */
public final class SparseRow {
  private final int[] index;
  private final int[] steps;
  private final int start;
  private final int count;
  private final long stepsPerUnit;

  SparseRow(int[] index, int[] steps, int start, int count, long stepsPerUnit) {
    this.index = index;
    this.steps = steps;
    this.start = start;
    this.count = count;
    this.stepsPerUnit = stepsPerUnit;
  }

  public long stepsPerUnit() {
    return stepsPerUnit;
  }

  /** How many coordinates are set. */
  public int count() {
    return count;
  }

  /**
   * Adds a contribution that has this record's coordinates.
   *
   * @param values one for each of them
   */
  public void contribute(int block, long[] values, ContributionSum sum) {
    sum.add(block, index, start, values, count);
  }

  public int index(int entry) {
    return index[start + entry];
  }

  public long steps(int entry) {
    return steps[start + entry];
  }
}
