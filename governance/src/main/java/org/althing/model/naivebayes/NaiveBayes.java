package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
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
    double noise = releases.get(0).noiseDeviation(0);
    List<CountTable> tables = tables(releases.get(0));
    CountTable negative = tables.get(0);
    CountTable positive = tables.get(1);
    double[] logNegative = negative.logProbabilities(noise);
    double[] logPositive = positive.logProbabilities(noise);
    double[] weights = new double[features.size()];
    double ofNormals = 0;
    int next = 0;
    for (Field field : features.fields()) {
      if (field instanceof Field.Squared) {
        ofNormals +=
            weigh(negative.normal(next, noise), positive.normal(next, noise), weights, next);
      }
      double evidence = field.isOneHot() ? 1 : WORD_EVIDENCE;
      for (int i = 0; i < field.size(); i++, next++) {
        weights[next] += evidence * (logPositive[next] - logNegative[next]);
      }
    }
    double smoothing = Math.max(1, noise);
    weights[next] =
        StrictMath.log(positive.total() + smoothing)
            - StrictMath.log(negative.total() + smoothing)
            + ofNormals;
    return new LinearModel(features, label, weights);
  }

  /**
   * Sets the weights of one number.
   *
   * @return what every record with a value adds, which stands in the bias
   */
  private static double weigh(
      NormalField negative, NormalField positive, double[] weights, int start) {
    NormalField without = negative.shrunk(List.of(negative, positive));
    NormalField with = positive.shrunk(List.of(negative, positive));
    weights[start] = with.linear() - without.linear();
    weights[start + 1] = with.square() - without.square();
    // The coordinate is the square less 1.
    double constant = with.constant() - without.constant() + weights[start + 1];
    weights[start + 2] = with.missing() - without.missing() - constant;
    return constant;
  }
}
