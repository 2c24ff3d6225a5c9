package org.althing.statistics;

import org.althing.table.Domain;
import org.althing.table.RecordBatch;

/**
 * The declared range of a column of numbers cut into at most {@value #MOST} equal leaves, the same
 * at every node. Whole numbers have leaves of whole width, of width 1 where the range allows.
 *
 * @param count of leaves
 * @param width of a leaf of whole numbers; 0 for numbers that need not be whole
 */
record Leaves(Range range, int count, long width) {
  static final int MOST = 256;

  /** Beyond it not every whole number is a {@code double}. */
  private static final double WIDEST_WHOLE = 1L << 52;

  static Leaves of(Range range) {
    Domain.Numbers domain = range.domain();
    double first = Math.ceil(domain.minimum());
    double values = Math.floor(domain.maximum()) - first + 1;
    boolean isExact = Math.abs(first) < WIDEST_WHOLE && values >= 1 && values < WIDEST_WHOLE;
    if (!domain.whole() || !isExact) {
      return new Leaves(range, MOST, 0);
    }
    long width = ((long) values + MOST - 1) / MOST;
    return new Leaves(range, (int) (((long) values + width - 1) / width), width);
  }

  /** The leaf of a row's known number. */
  int leafOf(RecordBatch batch, int row) {
    double number = batch.number(range.position(), row);
    double leaf =
        width == 0
            ? (number / 2 - range.domain().minimum() / 2) / range.half() * count
            : (number - first()) / width;
    return (int) Math.max(0, Math.min(count - 1, Math.floor(leaf)));
  }

  /** Where leaf {@code index} begins; for the number of leaves, where the last one ends. */
  double edge(int index) {
    if (width > 0) {
      return first() + (double) index * width;
    }
    double share = (double) index / count;
    return range.domain().minimum() * (1 - share) + range.domain().maximum() * share;
  }

  /**
   * The number below which the first {@code leaf} leaves and a part of the next one lie: of whole
   * numbers the least that reaches it.
   *
   * @param part 0 to 1
   */
  double at(int leaf, double part) {
    if (width == 0) {
      return edge(leaf) * (1 - part) + edge(leaf + 1) * part;
    }
    double inside = Math.max(0, Math.ceil(part * width) - 1);
    return Math.min(edge(leaf) + inside, Math.floor(range.domain().maximum()));
  }

  /** The values of leaves {@code from} to before {@code to} as a reader sees them. */
  String name(int from, int to) {
    double low = edge(from);
    if (width == 0) {
      return plain(low) + " \u2013 " + plain(edge(to));
    }
    double high = Math.min(edge(to) - 1, Math.floor(range.domain().maximum()));
    return low == high ? plain(low) : plain(low) + " to " + plain(high);
  }

  private static String plain(double value) {
    return Domain.Numbers.plain(value);
  }

  private double first() {
    return Math.ceil(range.domain().minimum());
  }
}
