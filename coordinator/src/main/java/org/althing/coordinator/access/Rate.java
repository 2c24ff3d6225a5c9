package org.althing.coordinator.access;

import java.time.Duration;

/**
 * So many at once, and as many again within each window.
 *
 * @param burst how many may come at once after a silence
 * @param window in which an empty bucket of that size fills up
 */
public record Rate(long burst, Duration window) {
  public Rate {
    if (burst < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "a rate lets at least one through in a positive time, got %d in %s"
              .formatted(burst, window));
    }
  }
}
