package org.althing.model.evaluation;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * Noisy counts of cells, made to agree by least squares with noisy sums of parts of them that have
 * the same number of cells: each part moves evenly to the best estimate of its sum (Hay, Rastogi,
 * Miklau, Suciu 2010).
 *
 * <p>The sums make figures over many cells, which accuracy and the area under the curve are full
 * of, far less noisy than the cells alone would.
 */
final class ConsistentCounts {
  /** A denominator below this many deviations of its noise divides nothing. */
  private static final double LEAST_DEVIATIONS = 2;

  private final double[] counts;
  private final int part;
  private final double cellVariance;
  private final double[] sumVariances;

  private ConsistentCounts(double[] counts, double cellVariance, double[] sumVariances) {
    this.counts = counts;
    this.part = counts.length / sumVariances.length;
    this.cellVariance = cellVariance;
    this.sumVariances = sumVariances;
  }

  /** Counts beside which no sum was released. */
  static ConsistentCounts plain(double[] cells, double deviation) {
    double[] variances = new double[cells.length];
    Arrays.fill(variances, deviation * deviation);
    return new ConsistentCounts(cells.clone(), deviation * deviation, variances);
  }

  /**
   * Counts and the sums of their parts.
   *
   * @param cells part after part
   * @param sums of the parts
   * @param sumDeviations of the noise on each of these
   */
  static ConsistentCounts of(
      double[] cells, double cellDeviation, double[] sums, double[] sumDeviations) {
    int part = cells.length / sums.length;
    double[] counts = cells.clone();
    double[] variances = new double[sums.length];
    double cellVariance = cellDeviation * cellDeviation;
    double ofCells = part * cellVariance;
    for (int q = 0; q < sums.length; q++) {
      double ofSum = sumDeviations[q] * sumDeviations[q];
      double share = ofSum + ofCells > 0 ? ofCells / (ofSum + ofCells) : 1;
      variances[q] = share * ofSum;
      double sum = 0;
      for (int i = q * part; i < (q + 1) * part; i++) {
        sum += cells[i];
      }
      double move = share * (sums[q] - sum) / part;
      for (int i = q * part; i < (q + 1) * part; i++) {
        counts[i] += move;
      }
    }
    return new ConsistentCounts(counts, cellVariance, variances);
  }

  int size() {
    return counts.length;
  }

  double count(int cell) {
    return counts[cell];
  }

  /** Σ coefficient · count over the cells, with the standard deviation of its noise. */
  Estimate sum(double[] coefficients) {
    double value = 0;
    for (int i = 0; i < counts.length; i++) {
      value += coefficients[i] * counts[i];
    }
    return new Estimate(value, deviation(coefficients));
  }

  /** Within a part the noise is that of the cells but for their sum, whose noise is its own. */
  double deviation(double[] coefficients) {
    double variance = 0;
    for (int q = 0; q < sumVariances.length; q++) {
      double[] own = Arrays.copyOfRange(coefficients, q * part, (q + 1) * part);
      double mean = 0;
      for (double coefficient : own) {
        mean += coefficient / part;
      }
      double spread = 0;
      for (double coefficient : own) {
        spread += (coefficient - mean) * (coefficient - mean);
      }
      variance += cellVariance * spread + sumVariances[q] * mean * mean;
    }
    return StrictMath.sqrt(variance);
  }

  /** Whether a sum over the cells is enough above its noise to divide by. */
  boolean divides(double[] coefficients) {
    return sum(coefficients).standsAbove(LEAST_DEVIATIONS);
  }

  /** A quotient of two sums over the cells. */
  Optional<Measure> ratio(double[] part, double[] whole) {
    return slope(part, whole).map(slope -> measure(sum(part).value() / sum(whole).value(), slope));
  }

  /**
   * The quotient of a part of some cells by all of them, whose sampling error is that of two
   * successes and two failures more (Agresti and Coull 1998): few records that all agree are no
   * certainty.
   */
  Optional<Measure> share(double[] part, double[] whole) {
    double records = sum(whole).value() + 4;
    double p = Math.max(0, Math.min(1, (sum(part).value() + 2) / records));
    return ratio(part, whole)
        .map(
            found ->
                new Measure(
                    found.value(), found.noiseDeviation(), StrictMath.sqrt(p * (1 - p) / records)));
  }

  /** How {@link #ratio} moves with each count. */
  Optional<double[]> slope(double[] part, double[] whole) {
    if (!divides(whole)) {
      return Optional.empty();
    }
    double denominator = sum(whole).value();
    double ratio = sum(part).value() / denominator;
    return Optional.of(
        IntStream.range(0, counts.length)
            .mapToDouble(c -> (part[c] - ratio * whole[c]) / denominator)
            .toArray());
  }

  /** A figure that moves by {@code slope} with each count, with its errors. */
  Measure measure(double value, double[] slope) {
    return new Measure(value, deviation(slope), sampling(slope));
  }

  /**
   * By first order, where records fall into cells independently: the root of Σ count · slope². Of
   * an area this is the variance of DeLong, DeLong and Clarke-Pearson 1988.
   */
  double sampling(double[] slope) {
    double variance = 0;
    for (int c = 0; c < counts.length; c++) {
      variance += counts[c] * slope[c] * slope[c];
    }
    return StrictMath.sqrt(Math.max(0, variance));
  }
}
