package org.althing.simulation.bench;

import java.util.function.Supplier;

/** Runs the steps of one party and takes note of what they cost. */
interface Meter {
  /** For a party that is not measured. */
  Meter NONE =
      new Meter() {
        @Override
        public <T> T around(Supplier<T> step) {
          return step.get();
        }
      };

  <T> T around(Supplier<T> step);
}
