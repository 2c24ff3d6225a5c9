package org.althing.model.logistic;

import org.althing.release.Release;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A noisy upper bound of the loss's second derivative at every weight vector, ¼A + λI in its
 * eigenbasis (Böhning and Lindsay 1988: H ≼ ¼A).
 *
 * <p>Negative eigenvalues are noise and become 0. λ = ¼·2·√d·σ is the spectral norm of a symmetric
 * matrix of noise, so that the bound holds with the noise in it.
 */
final class Curvature {
  private final double[] eigenvalues;
  private final double[][] eigenvectors;

  private Curvature(double[] eigenvalues, double[][] eigenvectors) {
    this.eigenvalues = eigenvalues;
    this.eigenvectors = eigenvectors;
  }

  /** Reads block {@code block}, the upper triangle of a d × d matrix row by row. */
  static Curvature of(Release release, int block, int dimension) {
    double[] triangle = release.values(block);
    double[][] quarter = new double[dimension][dimension];
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = i; j < dimension; j++) {
        quarter[i][j] = triangle[next++] / 4;
        quarter[j][i] = quarter[i][j];
      }
    }
    double ridge = 0.25 * 2 * StrictMath.sqrt((double) dimension) * release.noiseDeviation(block);
    // Commons Math is plain Java arithmetic without intrinsics but sqrt: the same bits everywhere.
    EigenDecomposition decomposition =
        new EigenDecomposition(new Array2DRowRealMatrix(quarter, false));
    double[] eigenvalues = decomposition.getRealEigenvalues();
    for (int i = 0; i < dimension; i++) {
      eigenvalues[i] = Math.max(0, eigenvalues[i]) + ridge;
    }
    RealMatrix columns = decomposition.getV();
    return new Curvature(eigenvalues, columns.transpose().getData());
  }

  /**
   * H (H² + k²I)⁻¹ g: Newton's step where the gradient stands above its noise, damped where it does
   * not.
   *
   * @param damping k, positive
   */
  double[] dampedStep(double[] gradient, double damping) {
    double[] step = new double[gradient.length];
    for (int e = 0; e < eigenvalues.length; e++) {
      double[] direction = eigenvectors[e];
      double along = 0;
      for (int i = 0; i < gradient.length; i++) {
        along += direction[i] * gradient[i];
      }
      double eigenvalue = eigenvalues[e];
      double length = along * (eigenvalue / (eigenvalue * eigenvalue + damping * damping));
      for (int i = 0; i < gradient.length; i++) {
        step[i] += length * direction[i];
      }
    }
    return step;
  }
}
