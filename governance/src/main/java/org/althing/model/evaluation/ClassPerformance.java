package org.althing.model.evaluation;

import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * How a model of K classes did on the held-out records, each predicted as its likeliest class; a
 * figure is absent where its denominator does not stand above the noise.
 *
 * @param records labelled held-out records
 * @param confusion noisy counts, by true class and in it by predicted class
 * @param classes in the order of the label's values
 * @param macro the plain means of the classes' figures, absent where one of them is
 * @param probabilities how far the probabilities are from what came true
 * @param calibration of the likeliest class: bins of its log-odds that stand above the noise, with
 *     the share of records that are of it
 */
public record ClassPerformance(
    Estimate records,
    List<List<Estimate>> confusion,
    Optional<Measure> accuracy,
    List<OneClass> classes,
    Figures macro,
    Performance.Probabilities probabilities,
    List<Performance.CalibrationPoint> calibration) {
  public ClassPerformance {
    confusion = confusion.stream().map(List::copyOf).toList();
    classes = List.copyOf(classes);
    calibration = List.copyOf(calibration);
  }

  /**
   * One class against all others.
   *
   * @param share of the records
   */
  public record OneClass(String name, Estimate records, Optional<Measure> share, Figures figures) {}

  /**
   * How a class is found, or classes are on average.
   *
   * @param precision share of records of the class among those predicted so
   * @param recall share of those predicted so among the records of the class
   * @param f1 their harmonic mean
   * @param auc chance that the class is given a larger probability for a record of it than for one
   *     of another class, ties counting half
   */
  public record Figures(
      Optional<Measure> precision,
      Optional<Measure> recall,
      Optional<Measure> f1,
      Optional<Measure> auc) {}

  /** The accuracy of saying the commonest class of every record: what a model has to beat. */
  public Optional<Measure> commonestClass() {
    return classes.stream()
        .map(OneClass::share)
        .flatMap(Optional::stream)
        .reduce((a, b) -> b.value() > a.value() ? b : a);
  }
}
