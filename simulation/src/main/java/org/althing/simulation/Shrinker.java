package org.althing.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a failing play as short as it will go while it still breaks the same rule. */
final class Shrinker {
  /** The rule that a play breaks, if it does. */
  private final Function<Scenario, Optional<String>> broken;

  Shrinker(Function<Scenario, Optional<String>> broken) {
    this.broken = broken;
  }

  /** Leaves out faults and studies, one at a time, until nothing more can be left out. */
  Scenario shrink(Scenario failing, String rule) {
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
      if (best.asking() != 0 && breaks(best.askingNobody(), rule)) {
        best = best.askingNobody();
        shorter = true;
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

  private boolean breaks(Scenario candidate, String rule) {
    return broken.apply(candidate).equals(Optional.of(rule));
  }
}
