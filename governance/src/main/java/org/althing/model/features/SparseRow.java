package org.althing.model.features;

/**
 * One record as a sparse vector of a feature space: coordinates that ascend, and their values in
 * whole steps of 1 / {@link FeatureSpace#stepsPerUnit}; the bias is the last.
 */
public final class SparseRow {
  private final long stepsPerUnit;
  private final int[] index;
  private final long[] steps;
  private int offset;
  private int count;

  SparseRow(int capacity, long stepsPerUnit) {
    this.index = new int[capacity];
    this.steps = new long[capacity];
    this.stepsPerUnit = stepsPerUnit;
  }

  /** What is set next is of the field whose coordinates start at {@code first}. */
  void startField(int first) {
    offset = first;
  }

  void set(int coordinate, long value) {
    index[count] = offset + coordinate;
    steps[count] = value;
    count++;
  }

  public long stepsPerUnit() {
    return stepsPerUnit;
  }

  /** How many coordinates are set. */
  public int count() {
    return count;
  }

  /** The coordinates; the first {@link #count} elements hold. Not to be changed. */
  public int[] indices() {
    return index;
  }

  public int index(int entry) {
    return index[entry];
  }

  public long steps(int entry) {
    return steps[entry];
  }
}
