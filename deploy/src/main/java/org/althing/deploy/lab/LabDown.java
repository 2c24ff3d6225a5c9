package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab down}: ends what {@code lab up} started; keys and ledgers stay. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "End the federation that 'lab up' started; its keys and ledgers stay in DIR.")
final class LabDown implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description = "The folder given to 'lab up'.")
  private Path state = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    try {
      int ended = RunningProcesses.of(state).end();
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          ended == 0
              ? "Nothing runs in " + state + "."
              : "Ended " + ended + " processes; keys and ledgers stay in " + state + ".");
      out.flush();
      return ExitCode.OK.code();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot read " + state + ": " + e.getMessage(), e);
    }
  }
}
