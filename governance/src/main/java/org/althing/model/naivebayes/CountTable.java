package org.althing.model.naivebayes;

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
   * @param offset where the class starts in {@code counts}
   */
  CountTable(FeatureSpace features, double[] counts, int offset) {
    this.fields = features.fields();
    this.counts = Arrays.copyOfRange(counts, offset, offset + features.size() - 1);
    this.total = Math.max(0, averageTotal());
  }

  /** The class's size: not negative. */
  double total() {
    return total;
  }

  /**
   * Every field's table sums to the class's size, with noise in proportion to its cells. Averaged
   * as deviations from the first, so that tables without noise agree to the last bit.
   */
  private double averageTotal() {
    double first = tableTotal(0, fields.get(0).size());
    double weighted = 0;
    double weights = 0;
    int start = 0;
    for (Field field : fields) {
      weighted += (tableTotal(start, field.size()) - first) / field.size();
      weights += 1.0 / field.size();
      start += field.size();
    }
    return first + weighted / weights;
  }

  private double tableTotal(int start, int length) {
    double sum = 0;
    for (int i = start; i < start + length; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** log P(cell | class), with {@code smoothing} added to every projected count. */
  double[] logProbabilities(double smoothing) {
    double[] logs = new double[counts.length];
    int start = 0;
    for (Field field : fields) {
      double[] row = Arrays.copyOfRange(counts, start, start + field.size());
      double[] projected = SimplexProjection.of(row, total);
      double whole = total + smoothing * field.size();
      for (int i = 0; i < row.length; i++) {
        logs[start + i] = StrictMath.log((projected[i] + smoothing) / whole);
      }
      start += field.size();
    }
    return logs;
  }
}
