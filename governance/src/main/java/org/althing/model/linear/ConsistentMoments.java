package org.althing.model.linear;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
import org.althing.release.Release;

/**
 * Released second moments A, made to agree with what is known of them without data: every record is
 * in one cell of each field, two coordinates of one field never meet.
 *
 * <p>Of two columns that interact their pair tells everything: which cells of each meet which of
 * the pair, and how many records are in two cells of theirs.
 *
 * <p>Sums over other pairs of fields are drawn towards what they would be if fields did not depend
 * on one another, by as much as the noise in all of them together calls for (James and Stein 1961).
 */
final class ConsistentMoments {
  private static final double LEAST_CURVATURE = 1e-6;

  private final List<Field> fields;
  private final int bias;
  private final double records;
  private final double noise;

  /** Σx by coordinate, N for the bias. */
  private final double[] mass;

  private final double[][] moments;

  /**
   * The cell of a pair that two coordinates are together; none of others, {@link #NEVER} of two.
   */
  private final int[][] together;

  /** Of coordinates that a pair says never meet. */
  private static final int NEVER = -1;

  /** Of coordinates that no pair says anything of. */
  private static final int UNTOLD = -2;

  /**
   * @param first with the upper triangle of A, row by row, in block 0
   */
  ConsistentMoments(FeatureSpace features, Release first) {
    this.fields = features.fields();
    this.bias = features.size() - 1;
    this.noise = first.noiseDeviation(0);
    double[][] released = square(first.values(0), features.size());
    this.records = Math.max(Objective.LEAST_RECORDS, released[bias][bias]);
    this.mass = mass(released);
    this.together = together(features);
    this.moments = independent(released);
    tellByPairs();
    addDependence(released);
  }

  private static double[][] square(double[] triangle, int dimension) {
    double[][] square = new double[dimension][dimension];
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = i; j < dimension; j++) {
        square[i][j] = triangle[next++];
        square[j][i] = square[i][j];
      }
    }
    return square;
  }

  /** A cell's records stand on the diagonal and beside the bias; those of a field sum to N. */
  private double[] mass(double[][] released) {
    double[] sums = new double[bias + 1];
    int start = 0;
    for (Field field : fields) {
      double all = 0;
      for (int i = start; i < start + field.size(); i++) {
        double beside = released[i][bias];
        sums[i] =
            field.isOneHot()
                ? Math.max(0, (beside + released[i][i]) / 2)
                : Math.max(-records, Math.min(records, beside));
        all += sums[i];
      }
      for (int i = start; field.isOneHot() && i < start + field.size(); i++) {
        sums[i] = all > 0 ? sums[i] * (records / all) : records / field.size();
      }
      start += field.size();
    }
    sums[bias] = records;
    return sums;
  }

  private double[][] independent(double[][] released) {
    double[][] all = new double[bias + 1][bias + 1];
    for (int i = 0; i <= bias; i++) {
      for (int j = 0; j <= bias; j++) {
        all[i][j] = mass[i] * mass[j] / records;
      }
    }
    int start = 0;
    for (Field field : fields) {
      for (int i = start; i < start + field.size(); i++) {
        for (int j = start; j < start + field.size(); j++) {
          all[i][j] = 0;
        }
        double square = Math.max(0, Math.min(records, released[i][i]));
        all[i][i] = field.isOneHot() ? mass[i] : square;
      }
      start += field.size();
    }
    return all;
  }

  /** By the cells of interactions whose columns stand in the space too. */
  private static int[][] together(FeatureSpace features) {
    int[][] together = new int[features.size()][features.size()];
    for (int[] row : together) {
      Arrays.fill(row, UNTOLD);
    }
    List<Field> fields = features.fields();
    for (int f = 0; f < fields.size(); f++) {
      if (fields.get(f) instanceof Field.Product pair) {
        int first = fields.indexOf(pair.first());
        int second = fields.indexOf(pair.second());
        if (first >= 0 && second >= 0) {
          tell(together, pair, features.offset(f), features.offset(first), features.offset(second));
        }
      }
    }
    return together;
  }

  private static void tell(
      int[][] together, Field.Product pair, int start, int ofFirst, int ofSecond) {
    int last = pair.first().size() - 1;
    int lastOfSecond = pair.second().size() - 1;
    for (int cell = start; cell < start + pair.size() - 1; cell++) {
      for (int a = 0; a <= last; a++) {
        both(together, cell, ofFirst + a, NEVER);
      }
      for (int b = 0; b <= lastOfSecond; b++) {
        both(together, cell, ofSecond + b, NEVER);
      }
    }
    for (int a = 0; a < last; a++) {
      for (int b = 0; b < lastOfSecond; b++) {
        int cell = start + pair.place(a, b);
        both(together, cell, ofFirst + a, cell);
        both(together, cell, ofSecond + b, cell);
        both(together, ofFirst + a, ofSecond + b, cell);
      }
    }
    // Where one is not known the pair is not.
    int unknown = start + pair.size() - 1;
    both(together, unknown, ofFirst + last, ofFirst + last);
    both(together, unknown, ofSecond + lastOfSecond, ofSecond + lastOfSecond);
  }

  private static void both(int[][] together, int i, int j, int cell) {
    together[i][j] = cell;
    together[j][i] = cell;
  }

  private void tellByPairs() {
    for (int i = 0; i < bias; i++) {
      for (int j = 0; j < bias; j++) {
        if (together[i][j] != UNTOLD) {
          moments[i][j] = together[i][j] == NEVER ? 0 : mass[together[i][j]];
        }
      }
    }
  }

  private boolean isUntold(int i, int j, int[] fieldOf) {
    return fieldOf[i] != fieldOf[j] && together[i][j] == UNTOLD;
  }

  private void addDependence(double[][] released) {
    double apart = 0;
    long pairs = 0;
    int[] fieldOf = fieldOf();
    for (int i = 0; i < bias; i++) {
      for (int j = i + 1; j < bias; j++) {
        if (isUntold(i, j, fieldOf)) {
          double difference = released[i][j] - moments[i][j];
          apart += difference * difference;
          pairs++;
        }
      }
    }
    double kept = apart > 0 ? Math.max(0, 1 - pairs * noise * noise / apart) : 0;
    for (int i = 0; i < bias; i++) {
      for (int j = 0; j < bias; j++) {
        if (isUntold(i, j, fieldOf)) {
          moments[i][j] += kept * (released[i][j] - moments[i][j]);
        }
      }
    }
  }

  private int[] fieldOf() {
    int[] fieldOf = new int[bias];
    int start = 0;
    for (int f = 0; f < fields.size(); f++) {
      for (int i = 0; i < fields.get(f).size(); i++) {
        fieldOf[start++] = f;
      }
    }
    return fieldOf;
  }

  /**
   * Weights that give every record the same log-odds, those of each field with cells taken from
   * their average over the records: what a record in an average cell adds goes to the bias.
   *
   * <p>Without this they have a part that no record shows and that is noise alone.
   */
  double[] centred(double[] weights) {
    double[] centred = weights.clone();
    int start = 0;
    for (Field field : fields) {
      if (field.isOneHot()) {
        double average = 0;
        for (int i = start; i < start + field.size(); i++) {
          average += mass[i] / records * weights[i];
        }
        for (int i = start; i < start + field.size(); i++) {
          centred[i] -= average;
        }
        centred[bias] += average;
      }
      start += field.size();
    }
    return centred;
  }

  /** Changes g to Cᵀg, where C is the map of {@link #centred}. */
  private void pullBack(double[] gradient) {
    int start = 0;
    for (Field field : fields) {
      if (field.isOneHot()) {
        double sum = 0;
        for (int i = start; i < start + field.size(); i++) {
          sum += gradient[i];
        }
        for (int i = start; i < start + field.size(); i++) {
          gradient[i] += mass[i] / records * (gradient[bias] - sum);
        }
      }
      start += field.size();
    }
  }

  /**
   * An estimate of Σf(s)xxᵀ over the records, s being a record's score at {@code weights}: with f =
   * p(1 − p) the second derivative of the logistic loss.
   *
   * <p>The scores in each cell are taken for normal, with the mean and what is left of the variance
   * that A tells; cells of two fields are taken to act on f by factors.
   */
  double[][] overRecords(DoubleUnaryOperator f, double[] weights) {
    double[] centred = centred(weights);
    double[] oddsSums = times(centred);
    double mean = oddsSums[bias] / records;
    double square = 0;
    for (int i = 0; i <= bias; i++) {
      square += centred[i] * oddsSums[i];
    }
    double variance = Math.max(0, square / records - mean * mean);
    double usual = meanOver(f, mean, variance);
    double[] factor = factors(f, oddsSums, mean, variance, usual);
    double[][] curvature = new double[bias + 1][bias + 1];
    for (int i = 0; i <= bias; i++) {
      for (int j = 0; j <= bias; j++) {
        int cell = i < bias && j < bias ? together[i][j] : UNTOLD;
        curvature[i][j] =
            usual * moments[i][j] * (cell >= 0 ? factor[cell] : factor[i] * factor[j]);
      }
    }
    int start = 0;
    for (Field field : fields) {
      for (int i = start; field.isOneHot() && i < start + field.size(); i++) {
        curvature[i][i] = usual * factor[i] * mass[i];
      }
      start += field.size();
    }
    return onCentred(curvature);
  }

  private double[] times(double[] weights) {
    double[] product = new double[bias + 1];
    for (int i = 0; i <= bias; i++) {
      for (int j = 0; j <= bias; j++) {
        product[i] += moments[i][j] * weights[j];
      }
    }
    return product;
  }

  /** By how much f in a cell is more than on average, 1 on average over a field. */
  private double[] factors(
      DoubleUnaryOperator f, double[] oddsSums, double mean, double variance, double usual) {
    double[] factor = new double[bias + 1];
    Arrays.fill(factor, 1);
    int start = 0;
    for (Field field : fields) {
      double whole = 0;
      for (int i = start; field.isOneHot() && i < start + field.size(); i++) {
        double heavy = mass[i] + noise;
        double inCell = heavy > 0 ? (oddsSums[i] + noise * mean) / heavy : mean;
        double between =
            (inCell - mean) * (inCell - mean) * mass[i] / Math.max(records - mass[i], 1);
        factor[i] = meanOver(f, inCell, Math.max(0, variance - between)) / usual;
        whole += factor[i] * mass[i];
      }
      for (int i = start; field.isOneHot() && i < start + field.size(); i++) {
        factor[i] *= records / whole;
      }
      start += field.size();
    }
    return factor;
  }

  /** CᵀHC: what moves no record's log-odds does not bend the loss. */
  private double[][] onCentred(double[][] curvature) {
    for (double[] row : curvature) {
      pullBack(row);
    }
    double[] column = new double[bias + 1];
    for (int j = 0; j <= bias; j++) {
      for (int i = 0; i <= bias; i++) {
        column[i] = curvature[i][j];
      }
      pullBack(column);
      for (int i = 0; i <= bias; i++) {
        curvature[i][j] = column[i];
      }
    }
    return curvature;
  }

  /** The mean of f over scores with a normal law, by the trapezoidal rule to 6 deviations. */
  private static double meanOver(DoubleUnaryOperator f, double mean, double variance) {
    double deviation = StrictMath.sqrt(variance);
    double sum = 0;
    double weights = 0;
    for (int quarter = -24; quarter <= 24; quarter++) {
      double z = quarter / 4.0;
      double weight = StrictMath.exp(-z * z / 2);
      sum += weight * f.applyAsDouble(mean + deviation * z);
      weights += weight;
    }
    return Math.max(LEAST_CURVATURE, sum / weights);
  }
}
