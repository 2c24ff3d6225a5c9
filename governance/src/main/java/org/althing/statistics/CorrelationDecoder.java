package org.althing.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.table.Column;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Correlations from the noisy sums of {@link Part.Products}.
 *
 * <p>The noise of an entry is known to first order. Where noise leaves the matrix with negative
 * eigenvalues, these become 0 and the diagonal 1 again (Higham 2002, §1; privacy §6). The intervals
 * are Fisher's, whose sampling error 1/√(n - 3) is that of normal data.
 */
final class CorrelationDecoder {
  private final Part.Products part;
  private final double[] sums;
  private final double variance;
  private final Estimate n;
  private final boolean[] known;
  private final double[][] sound;

  CorrelationDecoder(Part.Products part, NoisyBlock block) {
    this.part = part;
    this.sums = block.values();
    this.variance = block.variance();
    this.n = block.estimate(0);
    int d = part.columns().size();
    boolean enough = n.standsAbove(Distribution.LEAST_DEVIATIONS) && n.value() > 3;
    this.known = new boolean[d];
    for (int i = 0; i < d; i++) {
      known[i] = enough && CellCount.isDistinct(spread(i));
    }
    double[][] matrix = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        matrix[i][j] = i == j ? 1 : known[i] && known[j] ? raw(i, j) : 0;
      }
    }
    this.sound = positive(matrix);
  }

  Correlations correlations() {
    List<List<Optional<Correlations.Entry>>> entries = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      List<Optional<Correlations.Entry>> row = new ArrayList<>();
      for (int j = 0; j < known.length; j++) {
        row.add(
            known[i] && known[j]
                ? Optional.of(entry(Math.min(i, j), Math.max(i, j), sound[i][j]))
                : Optional.empty());
      }
      entries.add(row);
    }
    return new Correlations(names(), n, entries);
  }

  private List<String> names() {
    return part.columns().stream().map(Range::column).map(Column::name).toList();
  }

  /** Of the columns whose variance stands above the noise, where these are enough. */
  Optional<PrincipalComponents> components() {
    int[] kept = IntStream.range(0, known.length).filter(i -> known[i]).toArray();
    if (kept.length < PrincipalComponents.LEAST_COLUMNS) {
      return Optional.empty();
    }
    double[][] matrix = new double[kept.length][kept.length];
    for (int i = 0; i < kept.length; i++) {
      for (int j = 0; j < kept.length; j++) {
        matrix[i][j] = sound[kept[i]][kept[j]];
      }
    }
    CorrelationErrors errors =
        new CorrelationErrors(
            n.value(),
            n.noiseDeviation(),
            Arrays.stream(kept).mapToDouble(this::mean).toArray(),
            Arrays.stream(kept).mapToDouble(i -> spread(i).value()).toArray(),
            matrix);
    List<String> columns = Arrays.stream(kept).mapToObj(names()::get).toList();
    return Optional.of(new ComponentDecoder(columns, errors).components());
  }

  private Correlations.Entry entry(int i, int j, double r) {
    if (i == j) {
      return new Correlations.Entry(new Measure(1, 0, 0), new Interval(1, 1));
    }
    double noise = noise(i, j);
    double bounded = Math.max(-1 + 1e-9, Math.min(1 - 1e-9, r));
    double slope = 1 / (1 - bounded * bounded);
    double sampling = 1 / (n.value() - 3);
    double spread = Interval.Z * StrictMath.sqrt(noise * noise * slope * slope + sampling);
    double fisher = StrictMath.log((1 + bounded) / (1 - bounded)) / 2;
    Interval total =
        new Interval(
            Math.min(r, StrictMath.tanh(fisher - spread)),
            Math.max(r, StrictMath.tanh(fisher + spread)));
    return new Correlations.Entry(new Measure(r, noise, StrictMath.sqrt(sampling) / slope), total);
  }

  private double mean(int i) {
    return sums[1 + i] / n.value();
  }

  private double covariance(int i, int j) {
    double product = sums[part.at(Math.min(i, j), Math.max(i, j))] / n.value();
    return product - mean(i) * mean(j);
  }

  /** The variance of a column; the square of its mean's noise would make it too small. */
  private Estimate spread(int i) {
    double m = mean(i);
    double correction = variance * (1 + m * m) / (n.value() * n.value());
    double noise = StrictMath.sqrt(variance * (square(ofCount(i, i)) + 4 * m * m + 1)) / n.value();
    return new Estimate(1 + covariance(i, i) + correction, noise);
  }

  /** n times the derivative of a covariance by n. */
  private double ofCount(int i, int j) {
    return mean(i) * mean(j) - covariance(i, j);
  }

  private double raw(int i, int j) {
    double scale = StrictMath.sqrt(spread(i).value() * spread(j).value());
    return Math.max(-1, Math.min(1, covariance(i, j) / scale));
  }

  /**
   * dr = dc_ij/√(v_i v_j) - r/2 (dv_i/v_i + dv_j/v_j), each a function of seven sums with
   * independent noise.
   */
  private double noise(int i, int j) {
    double vi = spread(i).value();
    double vj = spread(j).value();
    double scale = StrictMath.sqrt(vi * vj);
    double r = raw(i, j);
    double ofI = -mean(j) / scale + r * mean(i) / vi;
    double ofJ = -mean(i) / scale + r * mean(j) / vj;
    double count = ofCount(i, j) / scale - r / 2 * (ofCount(i, i) / vi + ofCount(j, j) / vj);
    double squares =
        square(1 / scale)
            + square(r / (2 * vi))
            + square(r / (2 * vj))
            + square(ofI)
            + square(ofJ)
            + square(count);
    return StrictMath.sqrt(variance * squares) / n.value();
  }

  private static double square(double value) {
    return value * value;
  }

  /** The matrix itself, or where it is no correlation matrix the one that stands for it. */
  static double[][] positive(double[][] matrix) {
    // Commons Math is plain Java arithmetic without intrinsics but sqrt: the same bits everywhere.
    EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(matrix));
    double[] eigenvalues = decomposition.getRealEigenvalues();
    boolean sound = true;
    for (double eigenvalue : eigenvalues) {
      sound &= eigenvalue >= 0;
    }
    return sound ? matrix : clipped(eigenvalues, decomposition.getV().getData());
  }

  private static double[][] clipped(double[] eigenvalues, double[][] vectors) {
    int d = eigenvalues.length;
    double[][] product = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = i; j < d; j++) {
        for (int e = 0; e < d; e++) {
          product[i][j] += vectors[i][e] * Math.max(0, eigenvalues[e]) * vectors[j][e];
        }
        product[j][i] = product[i][j];
      }
    }
    double[][] scaled = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double r = product[i][j] / StrictMath.sqrt(product[i][i] * product[j][j]);
        scaled[i][j] = i == j ? 1 : Math.max(-1, Math.min(1, r));
      }
    }
    return scaled;
  }
}
