package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
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
    double noise = releases.get(0).noiseDeviation(0);
    List<CountTable> tables = tables(releases.get(0));
    double[][] weights =
        tables.stream().map(table -> weights(table, tables, noise)).toArray(double[][]::new);
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

  /** Of one class, with the bias last. */
  private double[] weights(CountTable own, List<CountTable> all, double noise) {
    double[] logs = own.logProbabilities(noise);
    double[] weights = new double[features.size()];
    double constant = StrictMath.log(own.total() + Math.max(1, noise));
    int start = 0;
    for (Field field : features.fields()) {
      if (field instanceof Field.Squared) {
        constant += weigh(start, own, all, noise, weights);
      } else {
        double evidence = field.isOneHot() ? 1 : WORD_EVIDENCE;
        for (int i = start; i < start + field.size(); i++) {
          weights[i] = evidence * logs[i];
        }
      }
      start += field.size();
    }
    weights[start] = constant;
    return weights;
  }

  /**
   * Sets the weights of one number.
   *
   * @return what every record with a value adds, which stands in the bias
   */
  private static double weigh(
      int start, CountTable own, List<CountTable> all, double noise, double[] weights) {
    NormalField law =
        own.normal(start, noise).shrunk(all.stream().map(t -> t.normal(start, noise)).toList());
    weights[start] = law.linear();
    weights[start + 1] = law.square();
    // The coordinate is the square less 1.
    double constant = law.constant() + law.square();
    weights[start + 2] = law.missing() - constant;
    return constant;
  }
}
