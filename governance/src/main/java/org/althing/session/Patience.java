package org.althing.session;

import java.time.Duration;

/**
 * How long a study waits before it goes on without somebody.
 *
 * @param phase for the answers to one message of a round or key set-up
 * @param rejoin for a node that went away, while enough others are there
 * @param quorum for enough nodes to be there at all, and for the answer of one that is away; one
 *     that is there may ask its people until the study's deadline
 * @param witness for cosignatures
 */
public record Patience(Duration phase, Duration rejoin, Duration quorum, Duration witness) {
  /** For nodes in other buildings. */
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofSeconds(30));

  public Patience {
    for (Duration each : java.util.List.of(phase, rejoin, quorum, witness)) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("patience is longer than nothing");
      }
    }
  }
}
