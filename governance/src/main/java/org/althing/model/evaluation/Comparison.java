package org.althing.model.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.release.Measure;
import org.althing.release.Simultaneous;

/**
 * Models compared by one figure on the same held-out records, and the best of them: a function of
 * what was released, so it is free and everybody comes to the same.
 *
 * <p>Noise and sampling errors are taken for independent among the models. Noise is; errors of
 * sampling are mostly alike, because the records are the same, so differences are known better than
 * this says: how much better, no release tells.
 *
 * @param criterion what the figure is
 * @param figures of all models, absent where one does not stand above the noise
 * @param best the index of the best figure, of equal ones the first; 0 where there is none
 * @param behind how far each is behind the best, none of the best itself and where there is no
 *     figure; the intervals of all pairs hold at once in 95 % of cases (Bonferroni), which the
 *     choice of the best asks for
 * @param optimism by how much at most the best figure is too good on average because it was chosen;
 *     absent where there is none
 * @param allowing the best figure's 95 % interval that holds whichever was chosen (Bonferroni)
 */
public record Comparison(
    Criterion criterion,
    List<Optional<Measure>> figures,
    int best,
    List<Optional<Behind>> behind,
    Optional<Double> optimism,
    Optional<Span> allowing) {
  /** E max of 1 to 5 independent standard normals. */
  private static final double[] EXPECTED_MAXIMUM = {0, 0.5642, 0.8463, 1.0294, 1.1630};

  static final int MOST = EXPECTED_MAXIMUM.length;

  public Comparison {
    figures = List.copyOf(figures);
    behind = List.copyOf(behind);
  }

  /** From {@code low} to {@code high}. */
  public record Span(double low, double high) {}

  /**
   * A difference to the best, positive where the best is better.
   *
   * @param span of 95 % over all pairs at once
   */
  public record Behind(double value, Span span) {
    /** Whether the best is better beyond noise and sampling. */
    public boolean isTold() {
      return span.low > 0;
    }
  }

  /**
   * @param figures of 1 to {@value #MOST} models
   */
  public static Comparison of(Criterion criterion, List<Optional<Measure>> figures) {
    if (figures.isEmpty() || figures.size() > MOST) {
      throw new IllegalArgumentException(
          "1 to %d models are compared, got %d".formatted(MOST, figures.size()));
    }
    Optional<Measure> first = Optional.empty();
    int best = 0;
    for (int i = 0; i < figures.size(); i++) {
      Optional<Measure> here = figures.get(i);
      if (here.isPresent() && first.map(b -> lead(criterion, here.get(), b) > 0).orElse(true)) {
        first = here;
        best = i;
      }
    }
    if (first.isEmpty()) {
      List<Optional<Behind>> none = figures.stream().map(f -> Optional.<Behind>empty()).toList();
      return new Comparison(criterion, figures, 0, none, Optional.empty(), Optional.empty());
    }
    List<Measure> shown = figures.stream().flatMap(Optional::stream).toList();
    return new Comparison(
        criterion,
        figures,
        best,
        behind(criterion, figures, best, first.get(), shown.size()),
        Optional.of(optimism(shown)),
        Optional.of(allowing(first.get(), shown.size())));
  }

  /** By how much a is better than b. */
  private static double lead(Criterion criterion, Measure a, Measure b) {
    return criterion.largerIsBetter() ? a.value() - b.value() : b.value() - a.value();
  }

  private static List<Optional<Behind>> behind(
      Criterion criterion, List<Optional<Measure>> figures, int best, Measure first, int shown) {
    double z = Simultaneous.quantile(Math.max(1, shown * (shown - 1) / 2));
    List<Optional<Behind>> behind = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      int each = i;
      behind.add(
          figures
              .get(i)
              .filter(f -> each != best)
              .map(
                  figure -> {
                    double distance = lead(criterion, first, figure);
                    double reach = z * GroupFindings.deviationOfDifference(first, figure);
                    return new Behind(distance, new Span(distance - reach, distance + reach));
                  }));
    }
    return behind;
  }

  /**
   * E max of the errors bounds what a choice by figures can add, whatever the truth is, and is at
   * most that of as many independent errors with the largest deviation, where errors are not
   * opposed (Sudakov-Fernique).
   */
  private static double optimism(List<Measure> shown) {
    double most = 0;
    for (Measure figure : shown) {
      most = Math.max(most, figure.totalDeviation());
    }
    return EXPECTED_MAXIMUM[shown.size() - 1] * most;
  }

  private static Span allowing(Measure best, int shown) {
    double reach = Simultaneous.quantile(shown) * best.totalDeviation();
    return new Span(best.value() - reach, best.value() + reach);
  }
}
