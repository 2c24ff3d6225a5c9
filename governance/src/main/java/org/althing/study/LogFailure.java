package org.althing.study;

/** The log cannot be read or written; the coordinator stops rather than go on without it. */
public final class LogFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogFailure(String message) {
    super(message);
  }

  public LogFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
