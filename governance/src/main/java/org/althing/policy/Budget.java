package org.althing.policy;

import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.althing.privacy.Rho;

/**
 * What an owner lets be spent on one population: a group of people, however many files they are in.
 *
 * @param total ρ over all time
 * @param perStudy the most ρ one study may reserve, its spare attempts included
 * @param perLead the most ρ that the studies of one lead may hold together
 * @param perPeriod the most ρ that the studies of a time may hold together
 * @param delta the δ at which people are shown ε for these
 */
public record Budget(
    Rho total, Rho perStudy, Optional<Rho> perLead, Optional<PerPeriod> perPeriod, double delta) {
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

  /** Of an owner who limits neither leads nor times. */
  public Budget(Rho total, Rho perStudy, double delta) {
    this(total, perStudy, Optional.empty(), Optional.empty(), delta);
  }

  /**
   * A limit on any stretch of days of a length: it slides, and does not start anew at a date.
   *
   * @param length at least a day
   */
  public record PerPeriod(Rho most, Period length) {
    public PerPeriod {
      if (length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException("a period is at least a day");
      }
    }

    /** Whether a study that reserved on {@code day} still counts on {@code today}. */
    public boolean counts(LocalDate day, LocalDate today) {
      return day.plus(length).isAfter(today);
    }

    @Override
    public String toString() {
      return "rho %s in %s".formatted(most, length);
    }
  }
}
