package org.althing.model.evaluation;

import static org.althing.model.evaluation.ScoreBins.COUNT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.Performance.CalibrationPoint;
import org.althing.model.evaluation.Performance.Confusion;
import org.althing.model.evaluation.Performance.Rates;
import org.althing.model.evaluation.Performance.RocPoint;
import org.althing.model.features.LinearModel;
import org.althing.release.Estimate;

/** Noisy counts of (label × score bin) and what follows from them (privacy §7). */
final class ScoreHistogram {
  /** A denominator below this many deviations of its noise divides nothing. */
  private static final double LEAST_DEVIATIONS = 2;

  private final double[] negatives;
  private final double[] positives;
  private final double cellDeviation;

  /**
   * @param counts the negatives' bins, then the positives'
   */
  ScoreHistogram(double[] counts, double cellDeviation) {
    this.negatives = Arrays.copyOfRange(counts, 0, COUNT);
    this.positives = Arrays.copyOfRange(counts, COUNT, 2 * COUNT);
    this.cellDeviation = cellDeviation;
  }

  Performance performance() {
    Confusion confusion =
        new Confusion(
            sum(positives, COUNT / 2, COUNT),
            sum(negatives, COUNT / 2, COUNT),
            sum(negatives, 0, COUNT / 2),
            sum(positives, 0, COUNT / 2));
    return new Performance(
        all(),
        confusion,
        new Rates(accuracy(confusion), auc(), baseRate()),
        Arrays.stream(positives).boxed().toList(),
        Arrays.stream(negatives).boxed().toList(),
        cellDeviation,
        roc(),
        calibration());
  }

  private Estimate sum(double[] counts, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += counts[i];
    }
    return new Estimate(sum, cellDeviation * StrictMath.sqrt((double) (to - from)));
  }

  private Estimate all() {
    double value = sum(negatives, 0, COUNT).value() + sum(positives, 0, COUNT).value();
    return new Estimate(value, cellDeviation * StrictMath.sqrt(2.0 * COUNT));
  }

  private Optional<Measure> accuracy(Confusion confusion) {
    double right = confusion.truePositives().value() + confusion.trueNegatives().value();
    return share(new Estimate(right, cellDeviation * StrictMath.sqrt((double) COUNT)), all());
  }

  private Optional<Measure> baseRate() {
    return share(sum(positives, 0, COUNT), all());
  }

  /** A part of a whole that contains it: their noise has the part's variance in common. */
  private static Optional<Measure> share(Estimate part, Estimate whole) {
    if (!whole.standsAbove(LEAST_DEVIATIONS)) {
      return Optional.empty();
    }
    Estimate ratio = Estimate.ratio(part, whole, part.variance());
    double p = clip(ratio.value());
    double sampling = StrictMath.sqrt(p * (1 - p) / whole.value());
    return Optional.of(new Measure(ratio.value(), ratio.noiseDeviation(), sampling));
  }

  /** Negative counts stay as they are: clipping them first would bias the area. */
  private Optional<Measure> auc() {
    Estimate p = sum(positives, 0, COUNT);
    Estimate n = sum(negatives, 0, COUNT);
    if (!p.standsAbove(LEAST_DEVIATIONS) || !n.standsAbove(LEAST_DEVIATIONS)) {
      return Optional.empty();
    }
    double[] negativesBelow = new double[COUNT];
    double below = 0;
    double area = 0;
    for (int b = 0; b < COUNT; b++) {
      negativesBelow[b] = (below + negatives[b] / 2) / n.value();
      area += positives[b] * negativesBelow[b];
      below += negatives[b];
    }
    area /= p.value();
    double variance = 0;
    double above = p.value();
    for (int b = 0; b < COUNT; b++) {
      double positivesAbove = (above - positives[b] / 2) / p.value();
      above -= positives[b];
      variance += square((negativesBelow[b] - area) / p.value());
      variance += square((positivesAbove - area) / n.value());
    }
    double noise = cellDeviation * StrictMath.sqrt(variance);
    return Optional.of(new Measure(area, noise, samplingOfAuc(area, p.value(), n.value())));
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
    double p = sum(positives, 0, COUNT).value();
    double n = sum(negatives, 0, COUNT).value();
    List<RocPoint> points = new ArrayList<>();
    points.add(new RocPoint(Double.POSITIVE_INFINITY, 0, 0));
    if (!(p > 0 && n > 0)) {
      points.add(new RocPoint(Double.NEGATIVE_INFINITY, 1, 1));
      return points;
    }
    double positivesAbove = 0;
    double negativesAbove = 0;
    double x = 0;
    double y = 0;
    for (int b = COUNT - 1; b > 0; b--) {
      positivesAbove += positives[b];
      negativesAbove += negatives[b];
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
      Estimate part = new Estimate(positives[b], cellDeviation);
      Estimate whole =
          new Estimate(positives[b] + negatives[b], cellDeviation * StrictMath.sqrt(2.0));
      double predicted = LinearModel.probabilityOf(ScoreBins.middle(b));
      share(part, whole)
          .ifPresent(observed -> points.add(new CalibrationPoint(bin, predicted, observed, whole)));
    }
    return points;
  }

  private static double clip(double rate) {
    return Math.max(0, Math.min(1, rate));
  }

  private static double square(double x) {
    return x * x;
  }
}
