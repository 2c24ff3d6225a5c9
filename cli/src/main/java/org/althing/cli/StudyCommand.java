package org.althing.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a study lead does with a study file before anything runs. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description =
        "Check a study file, see what it would release and cost, choose its features, compare audits; all offline.",
    subcommands = {
      StudyCheckCommand.class,
      StudyPlanCommand.class,
      StudyNormaliseCommand.class,
      StudySelectCommand.class,
      StudyCompareCommand.class
    })
public final class StudyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the study");
  }
}
