package org.althing.simulation;

import java.util.List;

/** Makes a failing play as short as it will go while it still breaks the same rule. */
final class Shrinker {
  private Shrinker() {}

  /** Leaves out faults and studies, one at a time, until nothing more can be left out. */
  static Scenario shrink(Scenario failing, String rule) {
    Scenario best = failing;
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (int i = best.script().faults().size() - 1; i >= 0; i--) {
        Scenario candidate = best.with(best.script().without(i));
        if (breaks(candidate, rule)) {
          best = candidate;
          shorter = true;
        }
      }
      if (best.studies().size() > 1) {
        for (Questions.Analysis each : best.studies()) {
          Scenario candidate = best.with(List.of(each));
          if (best.studies().size() > 1 && breaks(candidate, rule)) {
            best = candidate;
            shorter = true;
          }
        }
      }
    }
    return best;
  }

  private static boolean breaks(Scenario candidate, String rule) {
    try {
      new World(candidate, Liar.NOBODY).play();
      return false;
    } catch (Violation violation) {
      return violation.rule().equals(rule);
    }
  }
}
