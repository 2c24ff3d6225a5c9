package org.althing.model.linear;

import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.privacy.Rho;
import org.althing.release.Release;

/**
 * What both ways of fitting a logistic regression of K classes share.
 *
 * <p>A record's gradient is (p − e_y) ⊗ x, one block of coordinates for each class, with p the
 * probabilities and e_y the record's own class. Its norm is ‖p − e_y‖·‖x‖: ‖p − e_y‖² = ‖p‖² + 1 −
 * 2p_y ≤ 2, because ‖p‖² ≤ 1; at weights zero p is 1/K for everyone, and it is 1 − 1/K.
 *
 * <p>Over the classes a record's gradient sums to 0 at every coordinate. So does the released one
 * but for its noise, of which the mean over the classes is taken out: it leaves 1 − 1/K of the
 * variance, and weights that sum to 0 over the classes. There the curvature, a sum of (diag(p) −
 * ppᵀ) ⊗ xxᵀ, is at most ½A with A = Σxxᵀ: diag(p) − ppᵀ ≼ ½(I − 11ᵀ/K) (Böhning 1992).
 */
abstract class SoftmaxRounds extends Rounds<SoftmaxModel> {
  /** κ, where weights sum to 0 over the classes. */
  static final double MOST_CURVATURE = 0.5;

  final Label label;

  /**
   * @param label with classes of its own
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value Rounds#MOST_ROUNDS}
   */
  SoftmaxRounds(FeatureSpace features, Label label, Rho rho, int rounds) {
    super(features, rho, rounds);
    LinearModel.requireApart(features, label);
    if (label.isBinary()) {
      throw new IllegalArgumentException("a yes-or-no label has one score, not one for each class");
    }
    this.label = label;
  }

  /** ‖x‖ as the gradient counts it. */
  abstract double mostNorm();

  final int classes() {
    return label.classes();
  }

  @Override
  final String word() {
    return Loss.LOGISTIC.word();
  }

  @Override
  final int gradientSize() {
    return classes() * features.size();
  }

  @Override
  final double mostGradient() {
    return StrictMath.sqrt(2) * mostNorm();
  }

  /** How many coordinates of a gradient one record sets. */
  final int mostEntries() {
    return Math.multiplyExact(classes(), features.mostEntries());
  }

  /** Of ‖p − e_y‖ at weights zero. */
  final double atZero() {
    return StrictMath.sqrt(1 - 1.0 / classes());
  }

  /** The released gradient of each class, less the mean over the classes. */
  final double[][] gradients(Release release, int block) {
    double[] released = release.values(block);
    int d = features.size();
    double[][] byClass = new double[classes()][d];
    for (int i = 0; i < d; i++) {
      double mean = 0;
      for (int k = 0; k < byClass.length; k++) {
        mean += released[k * d + i] / byClass.length;
      }
      for (int k = 0; k < byClass.length; k++) {
        byClass[k][i] = released[k * d + i] - mean;
      }
    }
    return byClass;
  }

  /** The standard deviation of the noise on each coordinate of {@link #gradients}. */
  final double noise(Release release, int block) {
    return atZero() * release.noiseDeviation(block);
  }

  /** The model whose gradient comes next. */
  abstract SoftmaxModel modelAfter(List<Release> before);

  final SoftmaxGradientQuery gradientQuery(List<Release> before, double bias) {
    return new SoftmaxGradientQuery(
        features.encoder(), label.reader(), modelAfter(before).scorer(), features.size(), bias);
  }
}
