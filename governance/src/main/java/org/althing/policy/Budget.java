package org.althing.policy;

import org.althing.privacy.Rho;

/**
 * What an owner lets be spent on one population: a group of people, however many files they are in.
 *
 * @param total ρ over all time
 * @param perStudy the most ρ one study may reserve, its spare attempts included
 * @param delta the δ at which people are shown ε for these
 */
public record Budget(Rho total, Rho perStudy, double delta) {
  public Budget {
    if (perStudy.compareTo(total) > 0) {
      throw new IllegalArgumentException(
          "one study may not reserve more (rho %s) than the whole budget (rho %s)"
              .formatted(perStudy, total));
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta is more than 0 and less than 1, got " + delta);
    }
  }
}
