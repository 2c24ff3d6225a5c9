package org.althing.cli;

import java.util.List;
import java.util.Optional;

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
  record Check(String name, String finding) {}

  Evidence {
    held = List.copyOf(held);
  }

  boolean isValid() {
    return fault.isEmpty();
  }
}
