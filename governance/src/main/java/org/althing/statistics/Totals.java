package org.althing.statistics;

import org.althing.release.Estimate;

/**
 * How many records there are, and how many of them are valid in each column, from all histograms:
 * each of them counts every record once.
 */
record Totals(Part.Histograms part, NoisyBlock block) {
  /** The average of the columns' totals, by the inverse of their variances. */
  Estimate rows() {
    double inverse = inverseSizes(-1);
    return new Estimate(average(-1), block.deviation() / StrictMath.sqrt(inverse));
  }

  int offset(int column) {
    return part.columns().subList(0, column).stream().mapToInt(Cells::size).sum();
  }

  Estimate missing(int column) {
    return block.estimate(offset(column) + Cells.MISSING);
  }

  Estimate invalid(int column) {
    return block.estimate(offset(column) + Cells.INVALID);
  }

  /**
   * The sum of the valid cells and, independent of it, the other columns' number of records less
   * the other two cells, averaged by the inverse of their variances.
   */
  Estimate valid(int column) {
    int first = offset(column) + Cells.FIRST_VALUE;
    double cells = part.columns().get(column).valueCells();
    double counted = block.sum(first, first + (int) cells).value();
    if (part.columns().size() == 1) {
      return new Estimate(counted, block.deviation() * StrictMath.sqrt(cells));
    }
    double left = average(column) - missing(column).value() - invalid(column).value();
    double leftVariance = 2 + 1 / inverseSizes(column);
    // As a deviation, so that counts that agree stay exact.
    double value = counted + (left - counted) * (cells / (cells + leftVariance));
    double variance = cells * leftVariance / (cells + leftVariance);
    return new Estimate(value, block.deviation() * StrictMath.sqrt(variance));
  }

  private double average(int without) {
    double first = total(without == 0 ? 1 : 0);
    double weighted = 0;
    for (int c = 0; c < part.columns().size(); c++) {
      if (c != without) {
        weighted += (total(c) - first) / part.columns().get(c).size();
      }
    }
    return first + weighted / inverseSizes(without);
  }

  private double inverseSizes(int without) {
    double inverse = 0;
    for (int c = 0; c < part.columns().size(); c++) {
      inverse += c == without ? 0 : 1.0 / part.columns().get(c).size();
    }
    return inverse;
  }

  private double total(int column) {
    int offset = offset(column);
    return block.sum(offset, offset + part.columns().get(column).size()).value();
  }
}
