package org.althing.simulation.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.simulation.bench.Microbenchmarks.Timed;
import org.althing.simulation.bench.Row.Aim;
import org.openjdk.jmh.runner.RunnerException;

/**
 * A benchmark against a sum of others.
 *
 * @param unit how the figure is shown
 * @param baseline what the baseline is called; empty where there is none
 */
record Comparison(
    String name, Unit unit, Timed timed, String baseline, List<Part> parts, Optional<Aim> aim) {

  /** One benchmark of a baseline, so many times. */
  record Part(double times, Timed timed) {}

  /** How nanoseconds are shown. */
  enum Unit {
    NANOS("ns", 1),
    MICROS("us", 1e3),
    MILLIS("ms", 1e6);

    private final String text;
    private final double nanos;

    Unit(String text, double nanos) {
      this.text = text;
      this.nanos = nanos;
    }
  }

  static Comparison of(String name, Unit unit, Timed timed) {
    return new Comparison(name, unit, timed, "", List.of(), Optional.empty());
  }

  Comparison against(String what, Part... whole) {
    return new Comparison(name, unit, timed, what, List.of(whole), aim);
  }

  Comparison aiming(Aim at) {
    return new Comparison(name, unit, timed, baseline, parts, Optional.of(at));
  }

  Row measured(String section, Microbenchmarks benchmarks) throws RunnerException {
    List<Timed> all = new ArrayList<>(List.of(timed));
    parts.forEach(part -> all.add(part.timed()));
    double[] nanos = benchmarks.nanos(all.toArray(Timed[]::new));
    Row row = Row.of(section, name, nanos[0] / unit.nanos, unit.text);
    if (!parts.isEmpty()) {
      double whole = 0;
      for (int i = 0; i < parts.size(); i++) {
        whole += parts.get(i).times() * nanos[i + 1];
      }
      row = row.against(baseline, whole / unit.nanos);
    }
    return aim.isPresent() ? row.aiming(aim.get()) : row;
  }
}
