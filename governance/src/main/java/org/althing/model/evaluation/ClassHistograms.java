package org.althing.model.evaluation;

import static org.althing.model.evaluation.ScoreBins.COUNT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.althing.model.evaluation.ClassPerformance.Figures;
import org.althing.model.evaluation.ClassPerformance.OneClass;
import org.althing.model.features.LinearModel;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.release.Release;

/** What follows from the histograms of {@link ClassEvaluation}. */
final class ClassHistograms {
  private final Release release;

  /** Which of the models evaluated together. */
  private final int model;

  private final List<String> names;

  /** K. */
  private final int classes;

  /** By true class, and in it by predicted class. */
  private final ConsistentCounts confusion;

  /**
   * Of all records.
   *
   * @param groups how many the confusion is counted apart in; 1 without groups
   */
  ClassHistograms(Release release, int model, List<String> names, int groups) {
    this(release, model, names, groups, IntStream.range(0, groups).toArray());
  }

  /**
   * Of the records of some groups, of which there is the confusion alone where they are not all.
   *
   * @param chosen of {@code groups}
   */
  ClassHistograms(Release release, int model, List<String> names, int groups, int[] chosen) {
    this.release = release;
    this.model = model;
    this.names = names;
    this.classes = names.size();
    double[] all = own(ClassEvaluation.CONFUSION, groups * classes * classes);
    this.confusion =
        ConsistentCounts.plain(
            HoldoutEvaluation.sum(all, classes * classes, chosen),
            StrictMath.sqrt(chosen.length) * release.noiseDeviation(ClassEvaluation.CONFUSION));
  }

  /** The model's numbers of a block that has so many of each model. */
  private double[] own(int block, int numbers) {
    return Arrays.copyOfRange(release.values(block), model * numbers, (model + 1) * numbers);
  }

  ClassPerformance performance() {
    ScoreHistogram likeliest = likeliest();
    List<OneClass> all = IntStream.range(0, classes).mapToObj(this::oneClass).toList();
    List<Performance.CalibrationPoint> calibration = likeliest.calibration();
    return new ClassPerformance(
        confusion.sum(cells(c -> true)),
        IntStream.range(0, classes).mapToObj(this::row).toList(),
        likeliest.shareOfPositives(),
        all,
        macro(all),
        new Performance.Probabilities(logLoss(), brier(), likeliest.calibrationError(calibration)),
        calibration);
  }

  /** How the records of one group are predicted. */
  ClassGroupFindings.Group group(String name) {
    double[] all = cells(c -> true);
    return new ClassGroupFindings.Group(
        name,
        confusion.sum(all),
        confusion.share(cells(c -> c % (classes + 1) == 0), all),
        IntStream.range(0, classes)
            .mapToObj(
                k ->
                    new ClassGroupFindings.OneClass(
                        confusion.share(ofClass(k), all),
                        confusion.share(predicted(k), all),
                        confusion.share(found(k), ofClass(k))))
            .toList());
  }

  private List<Estimate> row(int truth) {
    return IntStream.range(0, classes)
        .mapToObj(predicted -> confusion.sum(cells(c -> c == truth * classes + predicted)))
        .toList();
  }

  private double[] cells(IntPredicate chosen) {
    return IntStream.range(0, classes * classes).mapToDouble(c -> chosen.test(c) ? 1 : 0).toArray();
  }

  private double[] found(int k) {
    return cells(c -> c == k * classes + k);
  }

  private double[] ofClass(int k) {
    return cells(c -> c / classes == k);
  }

  private double[] predicted(int k) {
    return cells(c -> c % classes == k);
  }

  private double[] either(int k) {
    double[] either = ofClass(k);
    double[] predicted = predicted(k);
    Arrays.setAll(either, c -> either[c] + predicted[c]);
    return either;
  }

  private double[] twiceFound(int k) {
    return Arrays.stream(found(k)).map(c -> 2 * c).toArray();
  }

  private OneClass oneClass(int k) {
    Figures figures =
        new Figures(
            confusion.share(found(k), predicted(k)),
            confusion.share(found(k), ofClass(k)),
            confusion.ratio(twiceFound(k), either(k)),
            scores(k).auc());
    return new OneClass(
        names.get(k),
        confusion.sum(ofClass(k)),
        confusion.share(ofClass(k), cells(c -> true)),
        figures);
  }

  /** Means over the classes, of counts that the classes share. */
  private Figures macro(List<OneClass> all) {
    return new Figures(
        mean(this::found, this::predicted),
        mean(this::found, this::ofClass),
        mean(this::twiceFound, this::either),
        meanArea(all));
  }

  private Optional<Measure> mean(
      Function<Integer, double[]> part, Function<Integer, double[]> whole) {
    double mean = 0;
    double[] slope = new double[classes * classes];
    for (int k = 0; k < classes; k++) {
      double[] own = part.apply(k);
      double[] all = whole.apply(k);
      Optional<double[]> moved = confusion.slope(own, all);
      if (moved.isEmpty()) {
        return Optional.empty();
      }
      double[] each = moved.get();
      mean += confusion.sum(own).value() / confusion.sum(all).value() / classes;
      Arrays.setAll(slope, c -> slope[c] + each[c] / classes);
    }
    return Optional.of(confusion.measure(mean, slope));
  }

  /** The areas' errors depend on one another: their mean has at most the mean of the deviations. */
  private static Optional<Measure> meanArea(List<OneClass> all) {
    double area = 0;
    double noise = 0;
    double sampling = 0;
    for (OneClass each : all) {
      Optional<Measure> auc = each.figures().auc();
      if (auc.isEmpty()) {
        return Optional.empty();
      }
      area += auc.get().value() / all.size();
      noise += auc.get().noiseDeviation() / all.size();
      sampling += auc.get().samplingDeviation() / all.size();
    }
    return Optional.of(new Measure(area, noise, sampling));
  }

  /** Whether records are of class k by its score, with the totals that the confusion tells. */
  private ScoreHistogram scores(int k) {
    double[] all = own(ClassEvaluation.BY_CLASS, classes * 2 * COUNT);
    double[] own = Arrays.copyOfRange(all, 2 * k * COUNT, 2 * (k + 1) * COUNT);
    return histogram(ClassEvaluation.BY_CLASS, own, ofClass(k));
  }

  /** Whether the likeliest class is right, with the totals that the confusion tells. */
  private ScoreHistogram likeliest() {
    double[] all = own(ClassEvaluation.LIKELIEST, 2 * COUNT);
    return histogram(ClassEvaluation.LIKELIEST, all, cells(c -> c % (classes + 1) == 0));
  }

  /**
   * @param positive which cells of the confusion hold the positive records
   */
  private ScoreHistogram histogram(int block, double[] counts, double[] positive) {
    Estimate positives = confusion.sum(positive);
    Estimate negatives = confusion.sum(Arrays.stream(positive).map(c -> 1 - c).toArray());
    return new ScoreHistogram(
        ConsistentCounts.of(
            counts,
            release.noiseDeviation(block),
            new double[] {negatives.value(), positives.value()},
            new double[] {negatives.noiseDeviation(), positives.noiseDeviation()}));
  }

  private Optional<Measure> logLoss() {
    return mean(
        ClassEvaluation.TRUTH,
        COUNT,
        bin -> -StrictMath.log(LinearModel.probabilityOf(ScoreBins.middle(bin))));
  }

  private Optional<Measure> brier() {
    return mean(
        ClassEvaluation.DISTANCE, ClassEvaluation.DISTANCE_BINS, ClassEvaluation::middleDistance);
  }

  /** Of what stands for each bin, over the records, whose number the confusion tells too. */
  private Optional<Measure> mean(int block, int size, Function<Integer, Double> ofBin) {
    double[] counts = own(block, size);
    Estimate records = confusion.sum(cells(c -> true));
    ConsistentCounts bins =
        ConsistentCounts.of(
            counts,
            release.noiseDeviation(block),
            new double[] {records.value()},
            new double[] {records.noiseDeviation()});
    double[] each = IntStream.range(0, counts.length).mapToDouble(ofBin::apply).toArray();
    return bins.ratio(each, Arrays.stream(counts).map(c -> 1).toArray());
  }
}
