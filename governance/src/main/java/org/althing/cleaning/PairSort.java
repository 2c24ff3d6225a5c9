package org.althing.cleaning;

/**
 * Sorts two arrays together, by the first and then the second, in place: heap sort, O(n log n). A
 * third may go along.
 */
final class PairSort {
  private static final int[] NONE = {};

  private final long[] first;
  private final long[] second;
  private final int[] along;

  /** Of two arrays alone. */
  PairSort(long[] first, long[] second) {
    this(first, second, NONE);
  }

  PairSort(long[] first, long[] second, int[] along) {
    this.first = first;
    this.second = second;
    this.along = along;
  }

  void sort(int size) {
    for (int root = size / 2 - 1; root >= 0; root--) {
      sink(root, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
  }

  private void sink(int from, int end) {
    int root = from;
    while (2 * root + 1 < end) {
      int child = 2 * root + 1;
      if (child + 1 < end && less(child, child + 1)) {
        child++;
      }
      if (!less(root, child)) {
        return;
      }
      swap(root, child);
      root = child;
    }
  }

  private boolean less(int i, int j) {
    return first[i] != first[j] ? first[i] < first[j] : second[i] < second[j];
  }

  private void swap(int i, int j) {
    long a = first[i];
    first[i] = first[j];
    first[j] = a;
    long b = second[i];
    second[i] = second[j];
    second[j] = b;
    if (along.length > 0) {
      int c = along[i];
      along[i] = along[j];
      along[j] = c;
    }
  }
}
