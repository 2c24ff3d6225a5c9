package org.althing.model.features;

/**
 * Some records as sparse vectors, one after the other in arrays that are used again: field after
 * field is set in all of them.
 */
final class SparseBlock {
  private final long stepsPerUnit;

  /** Where the coordinates of each record start, and where those end that are set so far. */
  private final int[] starts;

  private final int[] ends;

  private int[] index = {};
  private int[] steps = {};
  private int records;
  private int capacity;
  private int offset;

  SparseBlock(int mostRecords, long stepsPerUnit) {
    this.starts = new int[mostRecords];
    this.ends = new int[mostRecords];
    this.stepsPerUnit = stepsPerUnit;
  }

  /** Forgets all records. */
  void clear() {
    records = 0;
    capacity = 0;
  }

  /**
   * Makes room for one more record, before any is set.
   *
   * @param most at least as many coordinates as it will have
   */
  void append(int most) {
    starts[records] = capacity;
    ends[records] = capacity;
    records++;
    capacity = Math.addExact(capacity, most);
    if (capacity > index.length) {
      int longer = Math.max(capacity, 2 * index.length);
      index = new int[longer];
      steps = new int[longer];
    }
  }

  int records() {
    return records;
  }

  long stepsPerUnit() {
    return stepsPerUnit;
  }

  /** What is set next is of the field whose coordinates start at {@code first}. */
  void startField(int first) {
    offset = first;
  }

  /**
   * Sets one more coordinate of a record.
   *
   * @param coordinate of the field, above those of the record that are set
   * @param value in steps, of which a unit has 2¹⁶ at most
   */
  void set(int record, int coordinate, long value) {
    int entry = ends[record]++;
    index[entry] = offset + coordinate;
    steps[entry] = Math.toIntExact(value);
  }

  /** Fails where a record has more coordinates than room: they would be another's. */
  void requireRoom() {
    for (int record = 0; record < records; record++) {
      int next = record + 1 < records ? starts[record + 1] : capacity;
      if (ends[record] > next) {
        throw new IllegalStateException("a field sets more coordinates than it says");
      }
    }
  }

  /** Holds until records are forgotten. */
  SparseRow row(int record) {
    int start = starts[record];
    return new SparseRow(index, steps, start, ends[record] - start, stepsPerUnit);
  }
}
