package org.althing.approval;

import java.util.List;
import java.util.Optional;

/**
 * What all statements known on a matter come to.
 *
 * @param voices the newest statement of every person who spoke, by the person's id
 */
public record Tally(Standing standing, List<Voice> voices) {
  public Tally {
    voices = List.copyOf(voices);
  }

  /**
   * A person's newest statement.
   *
   * @param voided why it does not count, if it does not
   */
  public record Voice(SignedApproval statement, Optional<String> voided) {
    boolean says(Verdict verdict) {
      return voided.isEmpty() && statement.approval().verdict() == verdict;
    }
  }
}
