package org.althing.simulation.bench;

import java.util.Optional;

/**
 * One line of the table.
 *
 * @param figure what was measured, in {@code unit}
 * @param baseline what it is compared with, measured in the same run; absent for a baseline itself
 * @param aim what it is held to, if anything
 */
record Row(
    String section,
    String name,
    double figure,
    String unit,
    Optional<Baseline> baseline,
    Optional<Aim> aim) {

  /** A figure to compare with, in the row's unit. */
  record Baseline(String name, double figure) {}

  /** The most that a row's figure, or its ratio to the baseline, should be. */
  record Aim(Of of, double most) {
    /** What the aim bounds. */
    enum Of {
      FIGURE,
      RATIO
    }

    static Aim ratio(double most) {
      return new Aim(Of.RATIO, most);
    }

    static Aim figure(double most) {
      return new Aim(Of.FIGURE, most);
    }
  }

  static Row of(String section, String name, double figure, String unit) {
    return new Row(section, name, figure, unit, Optional.empty(), Optional.empty());
  }

  Row against(String what, double baselineFigure) {
    return new Row(
        section, name, figure, unit, Optional.of(new Baseline(what, baselineFigure)), aim);
  }

  Row aiming(Aim at) {
    return new Row(section, name, figure, unit, baseline, Optional.of(at));
  }

  Optional<Double> ratio() {
    return baseline.map(b -> figure / b.figure());
  }

  /** Whether the aim is met; empty where there is none. */
  Optional<Boolean> met() {
    return aim.map(at -> (at.of() == Aim.Of.FIGURE ? figure : ratio().orElseThrow()) <= at.most());
  }
}
