package org.althing.model.linear;

import org.althing.release.Release;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A noisy upper bound of the loss's second derivative at every weight vector, κA + λI in its
 * eigenbasis, for H ≼ κA (Böhning and Lindsay 1988, with κ = ¼; Böhning 1992, with κ = ½, for more
 * than two classes).
 *
 * <p>Negative eigenvalues are noise and become 0. λ = κ·2·√d·σ is the spectral norm of a symmetric
 * matrix of noise, so that the bound holds with the noise in it; a penalty adds to it.
 */
final class Curvature {
  private final double[] measured;
  private final double[] eigenvalues;
  private final double[][] eigenvectors;

  private Curvature(double[] measured, double[] eigenvalues, double[][] eigenvectors) {
    this.measured = measured;
    this.eigenvalues = eigenvalues;
    this.eigenvectors = eigenvectors;
  }

  /**
   * Reads block {@code block}, the upper triangle of a d × d matrix row by row.
   *
   * @param most κ
   * @param penalty what the objective's penalty adds to the second derivative
   */
  static Curvature of(Release release, int block, int dimension, double most, double penalty) {
    double[] triangle = release.values(block);
    double[][] bound = new double[dimension][dimension];
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = i; j < dimension; j++) {
        bound[i][j] = triangle[next++] * most;
        bound[j][i] = bound[i][j];
      }
    }
    double norm = 2 * StrictMath.sqrt((double) dimension) * release.noiseDeviation(block);
    double ridge = most * norm + penalty;
    // Commons Math is plain Java arithmetic without intrinsics but sqrt: the same bits everywhere.
    EigenDecomposition decomposition =
        new EigenDecomposition(new Array2DRowRealMatrix(bound, false));
    double[] measured = decomposition.getRealEigenvalues();
    double[] eigenvalues = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      eigenvalues[i] = Math.max(0, measured[i]) + ridge;
    }
    RealMatrix columns = decomposition.getV();
    return new Curvature(measured, eigenvalues, columns.transpose().getData());
  }

  /** The eigenvectors, one in each row. Not to be changed. */
  double[][] eigenvectors() {
    return eigenvectors;
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
      double length = along * gain(e, damping);
      for (int i = 0; i < gradient.length; i++) {
        step[i] += length * direction[i];
      }
    }
    return step;
  }

  /** What a gradient of 1 along eigenvector {@code e} steps. */
  double gain(int e, double damping) {
    double eigenvalue = eigenvalues[e];
    return eigenvalue / (eigenvalue * eigenvalue + damping * damping);
  }

  /**
   * How the matrix of steps moves with the measured matrix: in the eigenbasis an error E moves it
   * by the products of E's entries and these, to first order (Daleckii and Krein 1965).
   */
  double[][] gainSlopes(double damping) {
    int d = eigenvalues.length;
    double[][] slopes = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double apart = measured[i] - measured[j];
        boolean alike = Math.abs(apart) <= 1e-9 * (Math.abs(measured[i]) + Math.abs(measured[j]));
        slopes[i][j] = alike ? slope(i, damping) : (gain(i, damping) - gain(j, damping)) / apart;
        slopes[j][i] = slopes[i][j];
      }
    }
    return slopes;
  }

  private double slope(int e, double damping) {
    if (measured[e] <= 0) {
      return 0;
    }
    double square = eigenvalues[e] * eigenvalues[e];
    double whole = square + damping * damping;
    return (damping * damping - square) / (whole * whole);
  }
}
