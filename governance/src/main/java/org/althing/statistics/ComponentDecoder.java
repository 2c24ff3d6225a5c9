package org.althing.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.althing.release.Measure;
import org.althing.release.Renoising;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Principal components of a correlation matrix, with their errors.
 *
 * <p>An eigenvalue moves by v'dR v, its vector v by Σ u (u'dR v)/(λ - μ) over the other vectors u
 * with eigenvalues μ. A component stands above chance where its eigenvalue, and that of each larger
 * one, is beyond the 95 % quantile of the eigenvalue of its rank in {@value #DRAWS} matrices of
 * unrelated normal numbers under the same noise (parallel analysis, Horn 1965). That is careful:
 * what a first component takes is missing from the others.
 */
final class ComponentDecoder {
  private static final int DRAWS = 199;

  /** The rank, from 1, that 95 % of a further draw stays below. */
  private static final int QUANTILE = 190;

  private final List<String> columns;
  private final CorrelationErrors errors;
  private final int d;
  private final double[] eigenvalues;

  /** One row per eigenvalue, of length 1. */
  private final double[][] vectors;

  ComponentDecoder(List<String> columns, CorrelationErrors errors) {
    this.columns = columns;
    this.errors = errors;
    this.d = errors.columns();
    EigenDecomposition decomposition = decomposition(errors.matrix());
    this.eigenvalues = eigenvalues(decomposition);
    this.vectors = decomposition.getVT().getData();
  }

  /** Of a symmetric matrix; Commons Math gives the largest eigenvalue first. */
  private static EigenDecomposition decomposition(double[][] matrix) {
    return new EigenDecomposition(new Array2DRowRealMatrix(matrix));
  }

  /** Rounding may carry one of 0 below it. */
  private static double[] eigenvalues(EigenDecomposition decomposition) {
    double[] eigenvalues = decomposition.getRealEigenvalues();
    for (int k = 0; k < eigenvalues.length; k++) {
      eigenvalues[k] = Math.max(0, eigenvalues[k]);
    }
    return eigenvalues;
  }

  PrincipalComponents components() {
    double[] chance = chance();
    int above = 0;
    while (above < d && eigenvalues[above] > chance[above]) {
      above++;
    }
    List<PrincipalComponents.Component> components = new ArrayList<>();
    for (int k = 0; k < d; k++) {
      Measure eigenvalue = errors.measure(eigenvalues[k], product(vectors[k], vectors[k]));
      Measure share =
          new Measure(
              eigenvalue.value() / d,
              eigenvalue.noiseDeviation() / d,
              eigenvalue.samplingDeviation() / d);
      components.add(
          new PrincipalComponents.Component(
              eigenvalue,
              share,
              Interval.of(share).within(0, 1),
              chance[k] / d,
              k < above ? loadings(k) : List.of()));
    }
    return new PrincipalComponents(columns, components, above);
  }

  private List<Measure> loadings(int k) {
    double scale = StrictMath.sqrt(eigenvalues[k]);
    double sign = sign(vectors[k]);
    List<Measure> loadings = new ArrayList<>();
    for (int i = 0; i < d; i++) {
      Measure found = errors.measure(sign * scale * vectors[k][i], loadingWeights(k, i, scale));
      loadings.add(
          new Measure(
              found.value(), bounded(found.noiseDeviation()), bounded(found.samplingDeviation())));
    }
    return loadings;
  }

  /** An error beyond 1 says of a correlation that nothing is known. */
  private static double bounded(double deviation) {
    return Math.min(1, deviation);
  }

  /** The weights of the entries in d(√λ v_i). */
  private double[][] loadingWeights(int k, int i, double scale) {
    double[] toward = vectors[k].clone();
    for (int j = 0; j < d; j++) {
      toward[j] *= vectors[k][i] / (2 * scale);
    }
    for (int m = 0; m < d; m++) {
      if (m != k) {
        double gap = eigenvalues[k] - eigenvalues[m];
        // Equal eigenvalues have no vectors of their own; this still is finite.
        double apart = Math.copySign(Math.max(1e-9, Math.abs(gap)), gap);
        for (int j = 0; j < d; j++) {
          toward[j] += scale * vectors[m][i] / apart * vectors[m][j];
        }
      }
    }
    return product(toward, vectors[k]);
  }

  /** Half of a b' + b a'. */
  private static double[][] product(double[] a, double[] b) {
    double[][] product = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        product[i][j] = (a[i] * b[j] + a[j] * b[i]) / 2;
      }
    }
    return product;
  }

  /** That makes the entry of the largest size positive, the first of equal ones. */
  private static double sign(double[] vector) {
    double most = 0;
    for (double entry : vector) {
      if (Math.abs(entry) > Math.abs(most)) {
        most = entry;
      }
    }
    return most < 0 ? -1 : 1;
  }

  /** For each rank the 95 % quantile of its eigenvalue where no numbers belong together. */
  private double[] chance() {
    Renoising deviates = new Renoising(errors.digest());
    double[][] drawn = new double[d][DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] found = eigenvalues(decomposition(errors.unrelated(deviates)));
      for (int k = 0; k < d; k++) {
        drawn[k][draw] = found[k];
      }
    }
    double[] chance = new double[d];
    for (int k = 0; k < d; k++) {
      Arrays.sort(drawn[k]);
      chance[k] = drawn[k][QUANTILE - 1];
    }
    return chance;
  }
}
