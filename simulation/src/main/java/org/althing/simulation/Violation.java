package org.althing.simulation;

/** A rule that did not hold, at a step of a play. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  Violation(String rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
  }

  Violation(String rule, Throwable cause) {
    super(rule + ": " + cause, cause);
    this.rule = rule;
  }

  /** The rule's short name, such as {@code I3}: what two failures have in common. */
  String rule() {
    return rule;
  }
}
