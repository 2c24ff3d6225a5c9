package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import org.althing.document.DocumentError;
import picocli.CommandLine.Model.CommandSpec;

/** How every command of a steward ends: its exit code, and one line on what stood in the way. */
final class StewardVerb {
  static final int OK = 0;
  static final int BAD_INPUT = 2;
  static final int REFUSED = 3;
  static final int IDENTITY = 4;
  static final int CONFLICT = 7;

  private StewardVerb() {}

  /** What a command does; answers its exit code. */
  @FunctionalInterface
  interface Body {
    int run(PrintWriter out) throws CommandProblem, IOException, DocumentError;
  }

  /** Why a command did nothing, for the person who gave it. */
  static final class CommandProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    CommandProblem(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  static int run(CommandSpec spec, Body body) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int code = BAD_INPUT;
    try {
      code = body.run(out);
    } catch (CommandProblem e) {
      err.println("althing: " + e.getMessage());
      code = e.code;
    } catch (DocumentError e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("ALT-NODE-001 " + e);
    }
    out.flush();
    err.flush();
    return code;
  }
}
