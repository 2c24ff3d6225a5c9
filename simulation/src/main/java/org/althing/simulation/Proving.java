package org.althing.simulation;

import org.althing.deploy.Althing;
import org.althing.simulation.bench.BenchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs that prove the product and are no part of it; the launcher script starts them here. */
@Command(
    name = "althing",
    mixinStandardHelpOptions = true,
    description = "What proves Althing, and ships with nobody.",
    subcommands = {SimulateCommand.class, BenchCommand.class})
public final class Proving implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(Althing.commandLine(new Proving()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: a verb is missing");
  }
}
