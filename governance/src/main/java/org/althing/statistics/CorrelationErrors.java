package org.althing.statistics;

import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.release.Measure;
import org.althing.release.Renoising;

/**
 * The errors that weighted sums of the entries of a correlation matrix have from the noise of the
 * sums it was made of, and from sampling normal data; both to first order.
 *
 * <p>With weights A and dR = S⁻¹ dC S⁻¹ less half of dC_ii/C_ii by row and column, Σ A∘dR = Σ B∘dC
 * for B_ij = A_ij/(s_i s_j) less (A R)_ii/C_ii on the diagonal; dC is linear in the independent
 * noise of the number of records, d sums and d(d + 1)/2 products. Sampling has variance 2 tr(B C B
 * C)/n.
 */
final class CorrelationErrors {
  private final double n;
  private final double deviation;
  private final double[] means;
  private final double[] variances;
  private final double[][] matrix;

  /**
   * @param n records
   * @param deviation of the noise on each sum
   * @param means of the d columns mapped on -1 to 1; arrays are taken over from the caller
   * @param variances likewise, positive
   * @param matrix the d by d correlations
   */
  CorrelationErrors(
      double n, double deviation, double[] means, double[] variances, double[][] matrix) {
    this.n = n;
    this.deviation = deviation;
    this.means = means;
    this.variances = variances;
    this.matrix = matrix;
  }

  int columns() {
    return means.length;
  }

  /** Not to be written to. */
  double[][] matrix() {
    return matrix;
  }

  /** Of everything that the errors follow from. */
  Digest digest() {
    CanonicalWriter out = new CanonicalWriter("correlation-errors/v1");
    out.putDouble(n).putDouble(deviation).putInt(columns());
    for (int i = 0; i < columns(); i++) {
      out.putDouble(means[i]).putDouble(variances[i]);
      for (int j = 0; j < i; j++) {
        out.putDouble(matrix[i][j]);
      }
    }
    return out.digest();
  }

  /** The matrix that would be released of unrelated normal numbers under other noise. */
  double[][] unrelated(Renoising deviates) {
    double ofCount = deviates.next();
    double[] ofSums = new double[columns()];
    for (int i = 0; i < ofSums.length; i++) {
      ofSums[i] = deviates.next();
    }
    double[][] roots = sampled(deviates);
    double[][] drawn = new double[columns()][columns()];
    for (int i = 0; i < columns(); i++) {
      drawn[i][i] = 1;
      for (int j = i + 1; j < columns(); j++) {
        double noise =
            deviates.next()
                - means[i] * ofSums[j]
                - means[j] * ofSums[i]
                + means[i] * means[j] * ofCount;
        double r = deviation * noise / (n * StrictMath.sqrt(variances[i] * variances[j]));
        for (int k = 0; k <= i; k++) {
          r += roots[i][k] * roots[j][k];
        }
        drawn[i][j] = Math.max(-1, Math.min(1, r));
        drawn[j][i] = drawn[i][j];
      }
    }
    return CorrelationDecoder.positive(drawn);
  }

  /**
   * Rows of length 1 whose products are sample correlations of unrelated normal numbers (Bartlett
   * 1933), but for the spread of the diagonal, which the length takes away nearly all of. Drawing
   * each correlation for itself would make the largest eigenvalue too small by about d/n.
   */
  private double[][] sampled(Renoising deviates) {
    double[][] roots = new double[columns()][columns()];
    for (int i = 0; i < columns(); i++) {
      roots[i][i] = StrictMath.sqrt(Math.max(1, n - 1 - i));
      double squares = roots[i][i] * roots[i][i];
      for (int k = 0; k < i; k++) {
        roots[i][k] = deviates.next();
        squares += roots[i][k] * roots[i][k];
      }
      for (int k = 0; k <= i; k++) {
        roots[i][k] /= StrictMath.sqrt(squares);
      }
    }
    return roots;
  }

  /**
   * @param value what the weighted sum was found to be
   * @param weights symmetric, d by d; those of the diagonal weigh nothing, since it is 1 always
   */
  Measure measure(double value, double[][] weights) {
    double[][] slopes = slopes(weights);
    return new Measure(value, noise(slopes), sampling(slopes));
  }

  /** The derivatives by the covariances, each off the diagonal half of it. */
  private double[][] slopes(double[][] weights) {
    int d = columns();
    double[][] slopes = new double[d][d];
    for (int i = 0; i < d; i++) {
      double own = 0;
      for (int j = 0; j < d; j++) {
        slopes[i][j] = weights[i][j] / StrictMath.sqrt(variances[i] * variances[j]);
        own += weights[i][j] * matrix[i][j];
      }
      slopes[i][i] -= own / variances[i];
    }
    return slopes;
  }

  private double noise(double[][] slopes) {
    int d = columns();
    double squares = 0;
    double ofCount = 0;
    for (int i = 0; i < d; i++) {
      double ofSum = 0;
      for (int j = 0; j < d; j++) {
        ofSum += 2 * slopes[i][j] * means[j];
        ofCount += slopes[i][j] * (means[i] * means[j] - covariance(i, j));
      }
      // The sum of squares was released less the number of records.
      ofCount += slopes[i][i];
      squares += ofSum * ofSum + slopes[i][i] * slopes[i][i];
      for (int j = i + 1; j < d; j++) {
        squares += 4 * slopes[i][j] * slopes[i][j];
      }
    }
    return deviation * StrictMath.sqrt(squares + ofCount * ofCount) / n;
  }

  private double sampling(double[][] slopes) {
    int d = columns();
    double[][] product = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          product[i][j] += slopes[i][k] * covariance(k, j);
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        trace += product[i][j] * product[j][i];
      }
    }
    return StrictMath.sqrt(Math.max(0, 2 * trace / n));
  }

  private double covariance(int i, int j) {
    return matrix[i][j] * StrictMath.sqrt(variances[i] * variances[j]);
  }
}
