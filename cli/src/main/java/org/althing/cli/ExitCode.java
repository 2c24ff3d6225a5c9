package org.althing.cli;

/**
 * What a finished command tells its caller; the numbers are part of the command line's contract.
 */
public enum ExitCode {
  OK(0, "done"),
  STUDY_UNSUCCESSFUL(1, "the study ended without its result"),
  BAD_INPUT(2, "a file, a flag or a word was wrong"),
  REFUSED(3, "refused by an owner's policy or budget"),
  IDENTITY(4, "a key or certificate was missing, wrong or expired"),
  UNREACHABLE(5, "no answer before the deadline"),
  VERIFICATION_FAILED(6, "the evidence does not hold"),
  CONFLICT(7, "out of date, or something else holds it"),
  DEFECT(70, "a defect in Althing");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The process exit code, 0 to 70. */
  public int code() {
    return code;
  }

  /** One phrase for the help text. */
  public String meaning() {
    return meaning;
  }
}
