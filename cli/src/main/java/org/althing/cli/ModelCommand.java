package org.althing.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a study lead does with fitted models. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Look at fitted models, export them, score rows with them; all offline.",
    subcommands = {
      ModelLsCommand.class,
      ModelShowCommand.class,
      ModelExportCommand.class,
      PredictCommand.class
    })
public final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with models");
  }
}
