package org.althing.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What anybody may ask of a data contract before a study names it. */
@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    description = "Check a data contract, see in words what it means, or begin one; all offline.",
    subcommands = {
      ContractCheckCommand.class,
      ContractExplainCommand.class,
      ContractInitCommand.class
    })
public final class ContractCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the contract");
  }
}
