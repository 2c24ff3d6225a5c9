package org.althing.model.linear;

import java.util.Arrays;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
import org.althing.release.Release;

/**
 * The weights that rounds start from, by the noisy counts of each class in every cell: a part of
 * the log-odds that naive Bayes would give a cell, since cells of fields that depend on one another
 * say the same twice.
 *
 * <p>A count is smoothed at the level of its noise, in proportion to the classes, so that a cell of
 * nobody starts at the odds of everybody.
 */
final class TableStart {
  /** What is believed of a field's log-odds beside other fields. */
  private static final double BELIEVED = 0.5;

  /** Of columns that interact, whose own cells have said it: what only the pair tells is small. */
  private static final double BELIEVED_OF_PAIRS = 0;

  /** Deviations of the noise that a count is smoothed by. */
  private static final double SMOOTHED = 2;

  private final FeatureSpace features;
  private final Release first;
  private final int d;
  private final double negatives;
  private final double positives;

  /** What is believed of each coordinate's log-odds; all of those of the bias. */
  private final double[] believed;

  /**
   * @param features all with cells
   * @param first with Σx of negative records and behind it of positive ones in block 1
   */
  TableStart(FeatureSpace features, Release first) {
    this.features = features;
    this.first = first;
    this.d = features.size();
    this.negatives = Math.max(Objective.LEAST_RECORDS, first.value(1, d - 1));
    this.positives = Math.max(Objective.LEAST_RECORDS, first.value(1, 2 * d - 1));
    this.believed = believed(features);
  }

  private static double[] believed(FeatureSpace features) {
    double[] believed = new double[features.size()];
    int next = 0;
    for (Field field : features.fields()) {
      double ofField = field instanceof Field.Product ? BELIEVED_OF_PAIRS : BELIEVED;
      Arrays.fill(believed, next, next + field.size(), ofField);
      next += field.size();
    }
    believed[next] = 1;
    return believed;
  }

  /** Records with a negative label, at least {@value Objective#LEAST_RECORDS}. */
  double negatives() {
    return negatives;
  }

  /** Records with a positive label, at least {@value Objective#LEAST_RECORDS}. */
  double positives() {
    return positives;
  }

  /**
   * @param factors by which records of each class count
   */
  double[] weights(ClassFactors factors) {
    double[] weights = new double[d];
    int next = 0;
    for (Field field : features.fields()) {
      double wholes =
          StrictMath.log(positives + field.size() * smoothing(positives))
              - StrictMath.log(negatives + field.size() * smoothing(negatives));
      for (int i = 0; i < field.size(); i++, next++) {
        double odds = StrictMath.log(positive(next)) - StrictMath.log(negative(next));
        weights[next] = believed[next] * (odds - wholes);
      }
    }
    weights[d - 1] =
        StrictMath.log(positives * factors.positive())
            - StrictMath.log(negatives * factors.negative());
    return weights;
  }

  /** How far one record more or less in its sums moves each weight, to first order. */
  double[] slopes() {
    double[] slopes = new double[d];
    for (int i = 0; i < d - 1; i++) {
      slopes[i] = believed[i] * (1 / positive(i) + 1 / negative(i));
    }
    slopes[d - 1] = 1 / positives + 1 / negatives;
    return slopes;
  }

  /** The variance of each weight by the noise on the counts, to first order. */
  double[] noiseVariances() {
    double noise = first.noiseDeviation(1);
    double[] variances = new double[d];
    for (int i = 0; i < d; i++) {
      double up = noise * believed[i] / (i < d - 1 ? positive(i) : positives);
      double down = noise * believed[i] / (i < d - 1 ? negative(i) : negatives);
      variances[i] = up * up + down * down;
    }
    return variances;
  }

  private double smoothing(double records) {
    double level = Math.max(1, SMOOTHED * first.noiseDeviation(1));
    return level * 2 * records / (negatives + positives);
  }

  private double negative(int cell) {
    return Math.max(0, first.value(1, cell)) + smoothing(negatives);
  }

  private double positive(int cell) {
    return Math.max(0, first.value(1, d + cell)) + smoothing(positives);
  }
}
