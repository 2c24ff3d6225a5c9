package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.privacy.Rho;
import org.althing.release.Release;

/**
 * Naive Bayes for K classes (bounds at {@link ClassSums}): the score of a class is the logarithm of
 * its share and of what it makes likely, less the mean over the classes.
 */
public final class ClassBayes extends ClassSums<SoftmaxModel> {
  /**
   * @param features columns with cells, free texts, and numbers with their squares
   * @param label with classes of its own
   */
  public ClassBayes(FeatureSpace features, Label label, Rho rho) {
    super(features, label, rho);
  }

  @Override
  public SoftmaxModel conclude(List<Release> releases) {
    double[][] weights = weights(releases.get(0));
    for (int i = 0; i < features.size(); i++) {
      double mean = 0;
      for (double[] each : weights) {
        mean += each[i] / weights.length;
      }
      for (double[] each : weights) {
        each[i] -= mean;
      }
    }
    return new SoftmaxModel(features, label, weights);
  }
}
