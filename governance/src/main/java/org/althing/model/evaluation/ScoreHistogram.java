package org.althing.model.evaluation;

import static org.althing.model.evaluation.ScoreBins.COUNT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.althing.model.evaluation.Performance.CalibrationError;
import org.althing.model.evaluation.Performance.CalibrationPoint;
import org.althing.model.evaluation.Performance.Confusion;
import org.althing.model.evaluation.Performance.PositiveClass;
import org.althing.model.evaluation.Performance.PrecisionPoint;
import org.althing.model.evaluation.Performance.Probabilities;
import org.althing.model.evaluation.Performance.Rates;
import org.althing.model.evaluation.Performance.RocPoint;
import org.althing.model.features.LinearModel;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * What follows from noisy counts of (label × score bin) (privacy §7).
 *
 * @param scale what the scores were multiplied by after they had been counted
 */
record ScoreHistogram(ConsistentCounts counts, double scale) {
  private static final int CELLS = 2 * COUNT;

  /** E|Z| of a standard normal Z: √(2/π). */
  private static final double MEAN_ABSOLUTE = StrictMath.sqrt(2 / StrictMath.PI);

  /** Of scores as they were counted. */
  ScoreHistogram(ConsistentCounts counts) {
    this(counts, 1);
  }

  Performance performance() {
    Confusion confusion =
        new Confusion(
            counts.sum(cells(c -> isPositive(c) && isAbove(c))),
            counts.sum(cells(c -> !isPositive(c) && isAbove(c))),
            counts.sum(cells(c -> !isPositive(c) && !isAbove(c))),
            counts.sum(cells(c -> isPositive(c) && !isAbove(c))));
    Rates rates =
        new Rates(
            counts.ratio(cells(c -> isPositive(c) == isAbove(c)), cells(c -> true)),
            auc(),
            counts.ratio(cells(ScoreHistogram::isPositive), cells(c -> true)));
    List<CalibrationPoint> calibration = calibration();
    return new Performance(
        counts.sum(cells(c -> true)),
        confusion,
        rates,
        positiveClass(),
        probabilities(calibration),
        binsOf(1),
        binsOf(0),
        counts.deviation(cells(c -> c == 0)),
        roc(),
        precisionRecall(),
        calibration,
        scale);
  }

  Optional<Measure> shareOfPositives() {
    return counts.share(cells(ScoreHistogram::isPositive), cells(c -> true));
  }

  /** The same of one group, which may be small. */
  GroupFindings.Group group(String name) {
    double[] all = cells(c -> true);
    double[] positive = cells(ScoreHistogram::isPositive);
    double[] negative = cells(c -> !isPositive(c));
    return new GroupFindings.Group(
        name,
        counts.sum(all),
        counts.share(positive, all),
        counts.share(cells(ScoreHistogram::isAbove), all),
        counts.share(cells(c -> isPositive(c) == isAbove(c)), all),
        counts.share(cells(c -> isPositive(c) && isAbove(c)), positive),
        counts.share(cells(c -> !isPositive(c) && isAbove(c)), negative),
        auc()
            .map(
                area ->
                    new Measure(
                        area.value(),
                        area.noiseDeviation(),
                        samplingOfSmallArea(
                            area.value(),
                            counts.sum(positive).value(),
                            counts.sum(negative).value()))));
  }

  /** A score that stands for a bin. */
  private double middle(int bin) {
    return scale * ScoreBins.middle(bin);
  }

  /** Where a bin but the first begins. */
  private double lowerEdge(int bin) {
    return scale * ScoreBins.edges().get(bin - 1);
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
    return IntStream.range(0, COUNT).mapToObj(b -> count(outcome, b)).toList();
  }

  /** The count of negative (0) or positive (1) records in a score bin. */
  private double count(int outcome, int bin) {
    return counts.count(outcome * COUNT + bin);
  }

  private PositiveClass positiveClass() {
    double[] found = cells(c -> isPositive(c) && isAbove(c));
    double[] twiceFound = Arrays.stream(found).map(c -> 2 * c).toArray();
    double[] either = new double[CELLS];
    for (int c = 0; c < CELLS; c++) {
      either[c] = (isPositive(c) ? 1 : 0) + (isAbove(c) ? 1 : 0);
    }
    return new PositiveClass(
        counts.ratio(found, cells(ScoreHistogram::isAbove)),
        counts.ratio(found, cells(ScoreHistogram::isPositive)),
        counts.ratio(twiceFound, either));
  }

  private Probabilities probabilities(List<CalibrationPoint> calibration) {
    double[] surprise = new double[CELLS];
    double[] squares = new double[CELLS];
    for (int c = 0; c < CELLS; c++) {
      double middle = middle(c % COUNT);
      double given = LinearModel.probabilityOf(isPositive(c) ? middle : -middle);
      surprise[c] = -StrictMath.log(given);
      squares[c] = (1 - given) * (1 - given);
    }
    double[] all = cells(c -> true);
    return new Probabilities(
        counts.ratio(surprise, all), counts.ratio(squares, all), calibrationError(calibration));
  }

  /**
   * Σ|observed − expected positives| over the bins shown, and its mean if only chance were in it.
   */
  Optional<CalibrationError> calibrationError(List<CalibrationPoint> shown) {
    double distance = 0;
    double byChance = 0;
    double records = 0;
    for (CalibrationPoint point : shown) {
      double p = point.predicted();
      double[] excess = new double[CELLS];
      excess[COUNT + point.bin()] = 1 - p;
      excess[point.bin()] = -p;
      Estimate found = counts.sum(excess);
      distance += Math.abs(found.value());
      double sampling = point.records().value() * p * (1 - p);
      byChance += MEAN_ABSOLUTE * StrictMath.sqrt(found.variance() + sampling);
      records += point.records().value();
    }
    return records > 0
        ? Optional.of(new CalibrationError(distance / records, byChance / records))
        : Optional.empty();
  }

  /** Negative counts stay as they are: clipping them first would bias the area. */
  Optional<Measure> auc() {
    double[] positives = cells(ScoreHistogram::isPositive);
    double[] negatives = cells(c -> !isPositive(c));
    if (!counts.divides(positives) || !counts.divides(negatives)) {
      return Optional.empty();
    }
    double p = counts.sum(positives).value();
    double n = counts.sum(negatives).value();
    // How the area moves with each count, but for the mean: middle ranks of the other class.
    double[] slope = new double[CELLS];
    double negativesBelow = 0;
    double positivesAbove = p;
    double area = 0;
    for (int b = 0; b < COUNT; b++) {
      slope[COUNT + b] = (negativesBelow + count(0, b) / 2) / n;
      slope[b] = (positivesAbove - count(1, b) / 2) / p;
      area += count(1, b) * slope[COUNT + b] / p;
      negativesBelow += count(0, b);
      positivesAbove -= count(1, b);
    }
    for (int c = 0; c < CELLS; c++) {
      slope[c] = (slope[c] - area) / (isPositive(c) ? p : n);
    }
    return Optional.of(counts.measure(area, slope));
  }

  /**
   * The sampling error of an area over few records: the variance of Hanley and McNeil 1982, of an
   * area that two records more on either side of each class draw towards ½, as in {@link
   * ConsistentCounts#share}. Classes that happen to be apart are no certainty, and noise cannot
   * make the variance negative.
   */
  private static double samplingOfSmallArea(double area, double positives, double negatives) {
    double fewer = Math.max(1, Math.min(positives, negatives));
    double a = (clip(area) * fewer + 2) / (fewer + 4);
    double ofPositives = a / (2 - a) - a * a;
    double ofNegatives = 2 * a * a / (1 + a) - a * a;
    double variance =
        a * (1 - a)
            + Math.max(0, positives - 1) * ofPositives
            + Math.max(0, negatives - 1) * ofNegatives;
    return StrictMath.sqrt(variance / Math.max(1, positives * negatives));
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
      positivesAbove += count(1, b);
      negativesAbove += count(0, b);
      x = Math.max(x, clip(negativesAbove / n));
      y = Math.max(y, clip(positivesAbove / p));
      points.add(new RocPoint(lowerEdge(b), x, y));
    }
    points.add(new RocPoint(Double.NEGATIVE_INFINITY, 1, 1));
    return points;
  }

  private List<PrecisionPoint> precisionRecall() {
    double positives = counts.sum(cells(ScoreHistogram::isPositive)).value();
    List<PrecisionPoint> points = new ArrayList<>();
    double recall = 0;
    for (int b = COUNT - 1; b >= 0 && positives > 0; b--) {
      int least = b;
      double[] above = cells(c -> c % COUNT >= least);
      double[] found = cells(c -> isPositive(c) && c % COUNT >= least);
      recall = Math.max(recall, clip(counts.sum(found).value() / positives));
      double reached = recall;
      double logit = b == 0 ? Double.NEGATIVE_INFINITY : lowerEdge(b);
      counts
          .ratio(found, above)
          .ifPresent(precision -> points.add(new PrecisionPoint(logit, reached, precision)));
    }
    return points;
  }

  List<CalibrationPoint> calibration() {
    List<CalibrationPoint> points = new ArrayList<>();
    for (int b = 0; b < COUNT; b++) {
      int bin = b;
      double[] whole = cells(c -> c % COUNT == bin);
      double predicted = LinearModel.probabilityOf(middle(b));
      counts
          .ratio(cells(c -> c == COUNT + bin), whole)
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
