package org.althing.cli;

import java.util.List;
import java.util.Optional;
import org.althing.contract.Excerpt;

/**
 * What a verification came to: the checks that held, in order, and the first that did not.
 *
 * @param fault what is wrong; absent where everything holds
 */
record Evidence(List<Check> held, Optional<Check> fault) {
  /**
   * One check.
   *
   * @param finding what was found, or what is wrong
   */
  record Check(String name, String finding) {
    private static final int MOST_CHARACTERS = 1000;

    Check {
      // A finding may quote a hostile folder's file names and texts.
      String printable = Excerpt.printable(finding);
      finding =
          printable.length() <= MOST_CHARACTERS
              ? printable
              : printable.substring(0, MOST_CHARACTERS - 1) + "\u2026";
    }
  }

  Evidence {
    held = List.copyOf(held);
  }

  boolean isValid() {
    return fault.isEmpty();
  }
}
