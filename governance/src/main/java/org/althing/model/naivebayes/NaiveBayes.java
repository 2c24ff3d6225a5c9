package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.Rho;
import org.althing.release.Release;

/** Naive Bayes for a yes-or-no label (bounds at {@link ClassSums}). */
public final class NaiveBayes extends ClassSums<LinearModel> {
  /**
   * @param features columns with cells, free texts, and numbers with their squares
   */
  public NaiveBayes(FeatureSpace features, Label label, Rho rho) {
    super(features, label, rho);
  }

  @Override
  public LinearModel conclude(List<Release> releases) {
    double[][] byClass = weights(releases.get(0));
    double[] weights = byClass[1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= byClass[0][i];
    }
    return new LinearModel(features, label, weights);
  }
}
