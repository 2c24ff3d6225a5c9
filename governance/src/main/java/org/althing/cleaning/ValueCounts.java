package org.althing.cleaning;

import org.althing.table.SplitMix64;

/**
 * How often each of some numbers came, while not more different ones came than are kept: then all
 * is let go of. At most 64 bytes for each that is kept. Not safe for concurrent use.
 */
final class ValueCounts {
  private static final int FIRST_ROOM = 16;

  private final int most;
  private long[] values = new long[FIRST_ROOM];

  /** Of each value that stands in a slot; 0 where none does. */
  private long[] counts = new long[FIRST_ROOM];

  private int size;
  private boolean full;

  /**
   * Of nothing.
   *
   * @param most different ones that are kept
   */
  ValueCounts(int most) {
    this.most = most;
  }

  void add(long value) {
    if (full) {
      return;
    }
    int slot = slot(value);
    if (counts[slot] == 0) {
      if (size == most) {
        full = true;
        values = new long[0];
        counts = new long[0];
        return;
      }
      values[slot] = value;
      size++;
    }
    counts[slot]++;
    if (2 * size > values.length) {
      grow();
    }
  }

  /** Whether all that came is counted. */
  boolean isWhole() {
    return !full;
  }

  /** How many different ones came, where all are counted. */
  int size() {
    return size;
  }

  /**
   * Those below which or at which lie shares of all, by the inverse of the empirical distribution
   * (Hyndman and Fan 1996, type 1): each is one that came. Of all, where all are counted and there
   * is one.
   *
   * @param percents ascending, 1 to 100
   */
  long[] quantiles(int[] percents) {
    long[] ascending = new long[size];
    long[] times = new long[size];
    int filled = 0;
    long all = 0;
    for (int slot = 0; slot < values.length; slot++) {
      if (counts[slot] > 0) {
        all += counts[slot];
        ascending[filled] = values[slot];
        times[filled++] = counts[slot];
      }
    }
    new PairSort(ascending, times).sort(size);
    long[] quantiles = new long[percents.length];
    long below = 0;
    int place = 0;
    for (int q = 0; q < percents.length; q++) {
      while (100 * (below + times[place]) < percents[q] * all) {
        below += times[place++];
      }
      quantiles[q] = ascending[place];
    }
    return quantiles;
  }

  private int slot(long value) {
    int mask = values.length - 1;
    long mixed = SplitMix64.mixed(value + SplitMix64.GAMMA);
    int slot = (int) mixed & mask;
    while (counts[slot] != 0 && values[slot] != value) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] formerValues = values;
    long[] formerCounts = counts;
    values = new long[2 * formerValues.length];
    counts = new long[values.length];
    for (int i = 0; i < formerValues.length; i++) {
      if (formerCounts[i] != 0) {
        int slot = slot(formerValues[i]);
        values[slot] = formerValues[i];
        counts[slot] = formerCounts[i];
      }
    }
  }
}
