package org.althing.model.evaluation;

import static org.althing.model.evaluation.ScoreBins.COUNT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.althing.model.evaluation.Performance.CalibrationPoint;
import org.althing.model.evaluation.Performance.Confusion;
import org.althing.model.evaluation.Performance.Rates;
import org.althing.model.evaluation.Performance.RocPoint;
import org.althing.model.features.LinearModel;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/** What follows from noisy counts of (label × score bin) (privacy §7). */
record ScoreHistogram(ConsistentCounts counts) {
  /** A denominator below this many deviations of its noise divides nothing. */
  private static final double LEAST_DEVIATIONS = 2;

  private static final int CELLS = 2 * COUNT;

  Performance performance() {
    Confusion confusion =
        new Confusion(
            counts.sum(cells(c -> isPositive(c) && isAbove(c))),
            counts.sum(cells(c -> !isPositive(c) && isAbove(c))),
            counts.sum(cells(c -> !isPositive(c) && !isAbove(c))),
            counts.sum(cells(c -> isPositive(c) && !isAbove(c))));
    Rates rates =
        new Rates(
            share(cells(c -> isPositive(c) == isAbove(c)), cells(c -> true)),
            auc(),
            share(cells(ScoreHistogram::isPositive), cells(c -> true)));
    return new Performance(
        counts.sum(cells(c -> true)),
        confusion,
        rates,
        binsOf(1),
        binsOf(0),
        counts.deviation(cells(c -> c == 0)),
        roc(),
        calibration());
  }

  private static boolean isPositive(int cell) {
    return cell >= COUNT;
  }

  /** Whether the cell's scores are those of probability ½ and more. */
  private static boolean isAbove(int cell) {
    return cell % COUNT >= COUNT / 2;
  }

  /** Coefficients that sum the cells chosen. */
  private static double[] cells(IntPredicate chosen) {
    return IntStream.range(0, CELLS).mapToDouble(c -> chosen.test(c) ? 1 : 0).toArray();
  }

  private List<Double> binsOf(int outcome) {
    return IntStream.range(0, COUNT).mapToObj(b -> counts.count(outcome, b)).toList();
  }

  /** The share of a part in a whole that contains it. */
  private Optional<Measure> share(double[] part, double[] whole) {
    Estimate denominator = counts.sum(whole);
    if (!denominator.standsAbove(LEAST_DEVIATIONS)) {
      return Optional.empty();
    }
    double ratio = counts.sum(part).value() / denominator.value();
    double[] slope = new double[CELLS];
    for (int c = 0; c < CELLS; c++) {
      slope[c] = (part[c] - ratio * whole[c]) / denominator.value();
    }
    double p = clip(ratio);
    double sampling = StrictMath.sqrt(p * (1 - p) / denominator.value());
    return Optional.of(new Measure(ratio, counts.deviation(slope), sampling));
  }

  /** Negative counts stay as they are: clipping them first would bias the area. */
  private Optional<Measure> auc() {
    Estimate positives = counts.sum(cells(ScoreHistogram::isPositive));
    Estimate negatives = counts.sum(cells(c -> !isPositive(c)));
    if (!positives.standsAbove(LEAST_DEVIATIONS) || !negatives.standsAbove(LEAST_DEVIATIONS)) {
      return Optional.empty();
    }
    double p = positives.value();
    double n = negatives.value();
    // How the area moves with each count, but for the mean: middle ranks of the other class.
    double[] slope = new double[CELLS];
    double negativesBelow = 0;
    double positivesAbove = p;
    double area = 0;
    for (int b = 0; b < COUNT; b++) {
      slope[COUNT + b] = (negativesBelow + counts.count(0, b) / 2) / n;
      slope[b] = (positivesAbove - counts.count(1, b) / 2) / p;
      area += counts.count(1, b) * slope[COUNT + b] / p;
      negativesBelow += counts.count(0, b);
      positivesAbove -= counts.count(1, b);
    }
    for (int c = 0; c < CELLS; c++) {
      slope[c] = (slope[c] - area) / (isPositive(c) ? p : n);
    }
    return Optional.of(new Measure(area, counts.deviation(slope), samplingOfAuc(area, p, n)));
  }

  /** Hanley and McNeil 1982. */
  private static double samplingOfAuc(double area, double positives, double negatives) {
    double a = clip(area);
    double two = a / (2 - a) - a * a;
    double one = 2 * a * a / (1 + a) - a * a;
    double p = Math.max(1, positives);
    double n = Math.max(1, negatives);
    return StrictMath.sqrt((a * (1 - a) + (p - 1) * two + (n - 1) * one) / (p * n));
  }

  private List<RocPoint> roc() {
    double p = counts.sum(cells(ScoreHistogram::isPositive)).value();
    double n = counts.sum(cells(c -> !isPositive(c))).value();
    List<RocPoint> points = new ArrayList<>();
    points.add(new RocPoint(Double.POSITIVE_INFINITY, 0, 0));
    double positivesAbove = 0;
    double negativesAbove = 0;
    double x = 0;
    double y = 0;
    for (int b = COUNT - 1; b > 0 && p > 0 && n > 0; b--) {
      positivesAbove += counts.count(1, b);
      negativesAbove += counts.count(0, b);
      x = Math.max(x, clip(negativesAbove / n));
      y = Math.max(y, clip(positivesAbove / p));
      points.add(new RocPoint(ScoreBins.edges().get(b - 1), x, y));
    }
    points.add(new RocPoint(Double.NEGATIVE_INFINITY, 1, 1));
    return points;
  }

  private List<CalibrationPoint> calibration() {
    List<CalibrationPoint> points = new ArrayList<>();
    for (int b = 0; b < COUNT; b++) {
      int bin = b;
      double[] whole = cells(c -> c % COUNT == bin);
      double predicted = LinearModel.probabilityOf(ScoreBins.middle(b));
      share(cells(c -> c == COUNT + bin), whole)
          .ifPresent(
              observed ->
                  points.add(new CalibrationPoint(bin, predicted, observed, counts.sum(whole))));
    }
    return points;
  }

  private static double clip(double rate) {
    return Math.max(0, Math.min(1, rate));
  }
}
