package org.althing.model.linear;

/**
 * What the residual of a record is multiplied by, by its class: the larger is 1, so that no weight
 * makes a record add more than its bound.
 */
record ClassFactors(double negative, double positive) {
  static final ClassFactors EQUAL = new ClassFactors(1, 1);

  /**
   * @param negatives records with a negative label, as released; noise may have made it negative
   * @param positives those with a positive one
   */
  static ClassFactors of(ClassWeights weights, double negatives, double positives) {
    double positive =
        weights instanceof ClassWeights.Declared declared
            ? declared.positive()
            : Math.max(Objective.LEAST_RECORDS, negatives)
                / Math.max(Objective.LEAST_RECORDS, positives);
    double within = Math.max(ClassWeights.LEAST, Math.min(ClassWeights.MOST, positive));
    return within >= 1 ? new ClassFactors(1 / within, 1) : new ClassFactors(1, within);
  }

  double of(int outcome) {
    return outcome == 1 ? positive : negative;
  }

  /**
   * The gradient at weights zero as if records had counted by these factors, out of the one in
   * which they counted alike: g = ½(Σx of negatives − Σx of positives), and Σx is their sum.
   */
  double[] ofFirst(double[] gradient, double[] sums) {
    double[] weighted = new double[gradient.length];
    for (int i = 0; i < weighted.length; i++) {
      weighted[i] = (negative + positive) / 2 * gradient[i] + (negative - positive) / 4 * sums[i];
    }
    return weighted;
  }

  /** The standard deviation of the noise on {@link #ofFirst}, from that on what it is made of. */
  double noiseOfFirst(double gradientNoise, double sumNoise) {
    double ofGradient = (negative + positive) / 2 * gradientNoise;
    double ofSums = (negative - positive) / 4 * sumNoise;
    return StrictMath.sqrt(ofGradient * ofGradient + ofSums * ofSums);
  }
}
