package org.althing.model.evaluation;

import static org.althing.model.evaluation.ScoreBins.COUNT;

import java.util.Arrays;
import org.althing.model.features.LinearModel;
import org.althing.release.Estimate;
import org.althing.release.Simultaneous;

/**
 * How sure a model is beside how often it is right, by noisy counts of (label × score bin).
 *
 * <p>All log-odds times one positive number, their scale (Platt 1999; the inverse of Guo et al.
 * 2017's temperature), leave the order of records and their sides of ½ as they are. The scale is
 * the one nearest to 1 whose mean probability of the predicted class these counts do not contradict
 * at 95 %, and at one deviation more for every factor e that it is from 1: where noise and sampling
 * leave it open, 1. A function of a release, so it is free.
 */
record Surety(ConsistentCounts counts) {
  /** Steps in which the scale becomes e times itself. */
  private static final double STEPS = 64;

  /** The scale is e² or e⁻² at most. */
  private static final int MOST_STEPS = 128;

  /** Deviations that contradict a scale of 1. */
  private static final double AT_ONE = Simultaneous.quantile(1);

  double scale() {
    double[] all = new double[counts.size()];
    Arrays.fill(all, 1);
    if (!counts.divides(all)) {
      return 1;
    }
    double side = Math.signum(rightBeyondExpected(1).value());
    int steps = 0;
    while (steps < MOST_STEPS && isContradicted(side, steps / STEPS)) {
      steps++;
    }
    return StrictMath.exp(side * steps / STEPS);
  }

  /**
   * @param side 1 for a model that is right too often, -1 for one too seldom
   * @param distance of the logarithm of the scale from 0
   */
  private boolean isContradicted(double side, double distance) {
    double scale = StrictMath.exp(side * distance);
    Estimate beyond = rightBeyondExpected(scale);
    double deviation = StrictMath.sqrt(beyond.variance() + sampling(scale));
    return side * beyond.value() > (AT_ONE + distance) * deviation;
  }

  /** How many records more are predicted right than the probabilities say. */
  private Estimate rightBeyondExpected(double scale) {
    double[] coefficients = new double[counts.size()];
    for (int c = 0; c < coefficients.length; c++) {
      boolean right = c >= COUNT == ScoreBins.middle(c % COUNT) > 0;
      coefficients[c] = (right ? 1 : 0) - surety(c, scale);
    }
    return counts.sum(coefficients);
  }

  /** The variance of that number over samples, where the probabilities are true. */
  private double sampling(double scale) {
    double variance = 0;
    for (int c = 0; c < counts.size(); c++) {
      double surety = surety(c, scale);
      variance += counts.count(c) * surety * (1 - surety);
    }
    return Math.max(0, variance);
  }

  /** The probability of what a cell's records are predicted as. */
  private static double surety(int cell, double scale) {
    return LinearModel.probabilityOf(scale * Math.abs(ScoreBins.middle(cell % COUNT)));
  }
}
