package org.althing.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A command could not do what it was asked, for a reason its user can act on; the launcher prints
 * the message alone, without a stack trace, and exits with the code. Never carries a row's value, a
 * vector, a seed or a key.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * @param message what, expected, got, remedy
   */
  public CommandFailure(ExitCode exitCode, String message) {
    super(Objects.requireNonNull(message));
    this.exitCode = exitCode;
  }

  /** As the other, keeping the cause for the log. */
  public CommandFailure(ExitCode exitCode, String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.exitCode = exitCode;
  }

  /** A file that is not there, or cannot be read. */
  static CommandFailure unreadable(Path path, IOException e) {
    return new CommandFailure(
        ExitCode.BAD_INPUT,
        e instanceof NoSuchFileException
            ? "there is no file " + path
            : "cannot read " + path + ": " + e.getMessage(),
        e);
  }

  /** A file that cannot be written. */
  static CommandFailure unwritable(Path path, IOException e) {
    return new CommandFailure(
        ExitCode.BAD_INPUT, "cannot write " + path + ": " + e.getMessage(), e);
  }

  /** The code the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
