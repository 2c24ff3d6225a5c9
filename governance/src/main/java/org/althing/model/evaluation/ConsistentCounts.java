package org.althing.model.evaluation;

import java.util.Arrays;
import org.althing.release.Estimate;

/**
 * 64 noisy counts of (label × score bin) and 4 noisy counts of (label × side of probability ½),
 * made to agree by least squares: each quarter of 16 bins moves evenly to the best estimate of its
 * sum (Hay, Rastogi, Miklau, Suciu 2010).
 *
 * <p>The four cells make sums over many bins, which accuracy and the area under the curve are full
 * of, far less noisy than the bins alone would.
 */
final class ConsistentCounts {
  static final int QUARTERS = 4;
  static final int QUARTER = ScoreBins.COUNT / 2;

  private final double[] counts;
  private final double binVariance;
  private final double sumVariance;

  /**
   * @param quarters the four cells, each the sum of a quarter of {@code bins}
   * @param bins the negatives' bins, then the positives'
   */
  ConsistentCounts(double[] quarters, double quarterDeviation, double[] bins, double binDeviation) {
    this.counts = bins.clone();
    this.binVariance = binDeviation * binDeviation;
    double ofBins = QUARTER * binVariance;
    double ofCell = quarterDeviation * quarterDeviation;
    double share = ofCell + ofBins > 0 ? ofBins / (ofCell + ofBins) : 1;
    this.sumVariance = share * ofCell;
    for (int q = 0; q < QUARTERS; q++) {
      double sum = 0;
      for (int i = q * QUARTER; i < (q + 1) * QUARTER; i++) {
        sum += bins[i];
      }
      double move = share * (quarters[q] - sum) / QUARTER;
      for (int i = q * QUARTER; i < (q + 1) * QUARTER; i++) {
        counts[i] += move;
      }
    }
  }

  /** The count of negative (0) or positive (1) records in a score bin. */
  double count(int outcome, int bin) {
    return counts[outcome * ScoreBins.COUNT + bin];
  }

  /** Σ coefficient · count over the 64 cells, with the standard deviation of its noise. */
  Estimate sum(double[] coefficients) {
    double value = 0;
    for (int i = 0; i < counts.length; i++) {
      value += coefficients[i] * counts[i];
    }
    return new Estimate(value, deviation(coefficients));
  }

  /** Within a quarter the noise is that of the bins but for their sum, whose noise is its own. */
  double deviation(double[] coefficients) {
    double variance = 0;
    for (int q = 0; q < QUARTERS; q++) {
      double[] part = Arrays.copyOfRange(coefficients, q * QUARTER, (q + 1) * QUARTER);
      double mean = 0;
      for (double coefficient : part) {
        mean += coefficient / QUARTER;
      }
      double spread = 0;
      for (double coefficient : part) {
        spread += (coefficient - mean) * (coefficient - mean);
      }
      variance += binVariance * spread + sumVariance * mean * mean;
    }
    return StrictMath.sqrt(variance);
  }
}
