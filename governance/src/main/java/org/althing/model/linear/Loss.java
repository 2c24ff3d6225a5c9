package org.althing.model.linear;

import java.util.Arrays;
import org.althing.model.features.LinearModel;

/**
 * What a linear model's score of a record costs, by the record's outcome: convex, its slope between
 * -1 and 1, its second derivative bounded by a public number. That is all that the training and its
 * sensitivity argument ask of a loss.
 */
public enum Loss {
  /** -ln of the probability given to what is true; the score is the log-odds. */
  LOGISTIC("logistic", 0.25, 1) {
    @Override
    double residual(double score, int outcome) {
      return LinearModel.probabilityOf(score) - outcome;
    }
  },

  /**
   * The hinge of a support vector machine with its corner rounded over {@value #WIDTH} on either
   * side (Chapelle 2007): of the margin z, which is the score with the outcome's sign, 1 - z up to
   * 1 - h, (1 + h - z)² / 4h up to 1 + h, 0 beyond.
   */
  HUBER_HINGE("linear-svm", 1 / (2 * Loss.WIDTH), 2) {
    @Override
    double residual(double score, int outcome) {
      double sign = outcome == 1 ? 1 : -1;
      double missing = 1 + WIDTH - sign * score;
      return -sign * Math.max(0, Math.min(1, missing / (2 * WIDTH)));
    }
  };

  /**
   * h: so wide that the loss bends wherever a record's side is unsure, and steps under one bound of
   * the curvature come to its least in few rounds.
   */
  public static final double WIDTH = 1;

  private final String word;
  private final double mostCurvature;
  private final double atZero;

  Loss(String word, double mostCurvature, double atZero) {
    this.word = word;
    this.mostCurvature = mostCurvature;
    this.atZero = atZero;
  }

  /** The slope of the loss by the score, -1 to 1. */
  abstract double residual(double score, int outcome);

  /** The analysis it is the loss of, as releases are named. */
  String word() {
    return word;
  }

  /** κ: a bound of the second derivative by the score. */
  double mostCurvature() {
    return mostCurvature;
  }

  /** The slope at score 0, in units of the logistic loss's ½ away from the outcome. */
  double slopeAtZero() {
    return atZero;
  }

  /** The gradient of this loss at weights zero, from that of the logistic loss. */
  double[] ofFirst(double[] logistic) {
    return Arrays.stream(logistic).map(slope -> atZero * slope).toArray();
  }
}
