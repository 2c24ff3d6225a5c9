package org.althing.model.naivebayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;

/** The noisy counts of one class, field by field, made consistent with one another. */
final class CountTable {
  private final List<Field> fields;
  private final double[] counts;
  private final double total;

  /**
   * @param counts cell by cell; behind them, where records are counted, the class's records
   * @param recordNoise the variance of the noise on the class's records, as a multiple of that on a
   *     count
   */
  CountTable(FeatureSpace features, double[] counts, double recordNoise) {
    this.fields = features.fields();
    this.counts = counts.clone();
    this.total = Math.max(0, averageTotal(recordNoise));
  }

  /** The class's size: not negative. */
  double total() {
    return total;
  }

  /**
   * The table of every field with cells sums to the class's size, with noise in proportion to its
   * cells; a free text's does not. Averaged as deviations from the first, so that tables without
   * noise agree to the last bit.
   */
  private double averageTotal(double recordNoise) {
    List<Double> totals = new ArrayList<>();
    List<Double> noises = new ArrayList<>();
    int start = 0;
    for (Field field : fields) {
      if (field.isOneHot()) {
        totals.add(tableTotal(start, field.size()));
        noises.add((double) field.size());
      }
      start += field.size();
    }
    if (start < counts.length) {
      totals.add(counts[start]);
      noises.add(recordNoise);
    }
    double first = totals.get(0);
    double weighted = 0;
    double weights = 0;
    for (int i = 0; i < totals.size(); i++) {
      weighted += (totals.get(i) - first) / noises.get(i);
      weights += 1.0 / noises.get(i);
    }
    return first + weighted / weights;
  }

  /** The sum of {@code length} coordinates from {@code start}. */
  double tableTotal(int start, int length) {
    double sum = 0;
    for (int i = start; i < start + length; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** The noisy sums of {@code length} coordinates from {@code start}. */
  double[] row(int start, int length) {
    return Arrays.copyOfRange(counts, start, start + length);
  }

  /**
   * log P(cell | class) for every cell of a field with cells, smoothed at the level of the noise,
   * below which a count says nothing (privacy §4).
   *
   * @param noise standard deviation of the noise on a count
   */
  double[] logProbabilities(int start, int cells, double noise) {
    double[] projected = SimplexProjection.of(row(start, cells), total);
    double smoothing = Math.max(1, noise);
    double whole = total + smoothing * cells;
    return Arrays.stream(projected).map(n -> StrictMath.log((n + smoothing) / whole)).toArray();
  }

  /** The law of a number that stands with its square, whose coordinates start at {@code start}. */
  NormalField normal(int start, double noise) {
    return NormalField.of(total, counts[start], counts[start + 1], counts[start + 2], noise);
  }
}
