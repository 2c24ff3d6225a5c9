package org.althing.policy;

import java.time.LocalDate;

/** The days a policy holds, both included. */
public record Validity(LocalDate from, LocalDate until) {
  public Validity {
    if (until.isBefore(from)) {
      throw new IllegalArgumentException(
          "a policy ends on %s before it begins on %s".formatted(until, from));
    }
  }

  boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(until);
  }
}
