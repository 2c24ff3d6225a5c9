package org.althing.model.linear;

import java.util.ArrayList;
import java.util.List;
import org.althing.release.Measure;

/**
 * How far centred weights may lie from those that the same rounds, with the same damping, would
 * come to without noise over the whole population that the records were drawn from.
 *
 * <p>To first order. Each error is carried from where it enters to the end: the noise of every
 * gradient, the noise of the second moments through every step that they shape, and the error of
 * sampling, which is the same in every gradient and has the covariance Σp(1 − p)xxᵀ where the model
 * is true and no slope is cut. What the rounds leave undone, and what damping holds back, is no
 * error here.
 */
final class WeightErrors {
  private final Descent descent;
  private final ConsistentMoments moments;
  private final double momentNoise;
  private final Objective objective;
  private final double[][] basis;
  private final int d;

  /** By step, what a step of 1 along each eigenvector has moved each centred weight in the end. */
  private final List<double[][]> carried = new ArrayList<>();

  /** What each weight that the rounds started from has moved each centred weight in the end. */
  private double[][] fromStart = {};

  /**
   * @param momentNoise standard deviation of the noise on a second moment
   */
  WeightErrors(
      Descent descent, ConsistentMoments moments, double momentNoise, Objective objective) {
    this.descent = descent;
    this.moments = moments;
    this.momentNoise = momentNoise;
    this.objective = objective;
    this.basis = descent.curvature().eigenvectors();
    this.d = basis.length;
    carry();
  }

  /** Each centred weight with its errors. */
  List<Measure> measures() {
    double[] weights = moments.centred(descent.weights());
    double[] noise = gradientNoise();
    double[] ofMoments = ofMoments();
    double[] sampling = sampling();
    List<Measure> measures = new ArrayList<>();
    for (int a = 0; a < d; a++) {
      measures.add(
          new Measure(
              weights[a],
              StrictMath.sqrt(noise[a] + ofMoments[a]),
              StrictMath.sqrt(Math.max(0, sampling[a]))));
    }
    return measures;
  }

  /** From the last step to the first: (w, v) passes to the end by W and V. */
  private void carry() {
    double[][] w = new double[d][d];
    for (int e = 0; e < d; e++) {
      double[] centred = moments.centred(basis[e]);
      for (int a = 0; a < d; a++) {
        w[a][e] = centred[a];
      }
    }
    double[][] v = new double[d][d];
    List<Descent.Step> steps = descent.steps();
    for (int t = steps.size() - 1; t >= 0; t--) {
      double[][] passed = plus(w, v, 1);
      carried.add(0, passed);
      if (t > 0 || descent.start().isPresent()) {
        double[][] bend = rotated(moments.overRecords(objective::bend, steps.get(t).from()));
        w = plus(w, product(gained(passed, t), bend), -1);
        v = plus(new double[d][d], passed, Descent.MOMENTUM);
      }
    }
    fromStart = product(w, basis);
  }

  /** What a gradient of 1 along each eigenvector at step t moves in the end, but for its sign. */
  private double[][] gained(double[][] passed, int t) {
    double damping = descent.steps().get(t).damping();
    double[][] gained = new double[d][d];
    for (int e = 0; e < d; e++) {
      double gain = descent.curvature().gain(e, damping);
      for (int a = 0; a < d; a++) {
        gained[a][e] = passed[a][e] * gain;
      }
    }
    return gained;
  }

  private double[] gradientNoise() {
    double[] variance = new double[d];
    for (int t = 0; t < carried.size(); t++) {
      double noise = descent.steps().get(t).noise();
      double[][] gained = gained(carried.get(t), t);
      for (int a = 0; a < d; a++) {
        for (int e = 0; e < d; e++) {
          variance[a] += noise * noise * gained[a][e] * gained[a][e];
        }
      }
    }
    descent.start().ifPresent(start -> addTo(variance, start.noiseVariances()));
    return variance;
  }

  private void addTo(double[] variance, double[] ofStart) {
    for (int a = 0; a < d; a++) {
      for (int i = 0; i < d; i++) {
        variance[a] += fromStart[a][i] * fromStart[a][i] * ofStart[i];
      }
    }
  }

  private double[] sampling() {
    double[][] gained = new double[d][d];
    for (int t = 0; t < carried.size(); t++) {
      gained = plus(gained, gained(carried.get(t), t), 1);
    }
    if (descent.start().isPresent()) {
      gained = plus(gained, gainedByStart(descent.start().get()), 1);
    }
    double[][] spread = rotated(moments.overRecords(objective::spread, descent.weights()));
    double[][] half = product(gained, spread);
    double[] variance = new double[d];
    for (int a = 0; a < d; a++) {
      for (int e = 0; e < d; e++) {
        variance[a] += half[a][e] * gained[a][e];
      }
    }
    return variance;
  }

  /** A record more in a cell moves the start as a gradient would: up where it is positive. */
  private double[][] gainedByStart(TableStart start) {
    double[] slopes = start.slopes();
    double[][] gained = new double[d][];
    for (int a = 0; a < d; a++) {
      double[] moved = fromStart[a].clone();
      for (int i = 0; i < d; i++) {
        moved[i] *= slopes[i];
      }
      gained[a] = alongBasis(moved);
    }
    return gained;
  }

  /** Noise on A moves the matrix of steps, and with it every step. */
  private double[] ofMoments() {
    List<double[][]> slopes = new ArrayList<>();
    List<double[]> gradients = new ArrayList<>();
    for (Descent.Step step : descent.steps()) {
      slopes.add(descent.curvature().gainSlopes(step.damping()));
      gradients.add(alongBasis(step.gradient()));
    }
    // The steps are shaped by ¼A.
    double entry = momentNoise / 4;
    double[] variance = new double[d];
    for (int a = 0; a < d; a++) {
      double[][] moved = new double[d][d];
      for (int t = 0; t < carried.size(); t++) {
        double[] gradient = gradients.get(t);
        for (int i = 0; i < d; i++) {
          double passed = carried.get(t)[a][i];
          double[] slope = slopes.get(t)[i];
          double[] row = moved[i];
          for (int j = 0; j < d; j++) {
            row[j] += passed * slope[j] * gradient[j];
          }
        }
      }
      variance[a] = entry * entry * squaresOfSymmetric(moved);
    }
    return variance;
  }

  /** An entry off the diagonal is the same noise on both sides of it. */
  private double squaresOfSymmetric(double[][] moved) {
    double squares = 0;
    for (int i = 0; i < d; i++) {
      squares += moved[i][i] * moved[i][i];
      for (int j = 0; j < i; j++) {
        double both = moved[i][j] + moved[j][i];
        squares += both * both;
      }
    }
    return squares;
  }

  private double[] alongBasis(double[] vector) {
    double[] along = new double[d];
    for (int e = 0; e < d; e++) {
      for (int i = 0; i < d; i++) {
        along[e] += basis[e][i] * vector[i];
      }
    }
    return along;
  }

  /** UᵀHU of a symmetric H. */
  private double[][] rotated(double[][] matrix) {
    double[][] half = product(basis, matrix);
    double[][] rotated = new double[d][];
    for (int e = 0; e < d; e++) {
      rotated[e] = alongBasis(half[e]);
    }
    return rotated;
  }

  private double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[d][d];
    for (int i = 0; i < d; i++) {
      double[] row = product[i];
      for (int k = 0; k < d; k++) {
        double factor = left[i][k];
        double[] other = right[k];
        for (int j = 0; j < d; j++) {
          row[j] += factor * other[j];
        }
      }
    }
    return product;
  }

  private double[][] plus(double[][] left, double[][] right, double factor) {
    double[][] sum = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        sum[i][j] = left[i][j] + factor * right[i][j];
      }
    }
    return sum;
  }
}
