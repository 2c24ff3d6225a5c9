package org.althing.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What anybody may ask of a data contract before a study names it. */
@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    description = "Check a data contract, or see in words what it means; both offline.",
    subcommands = {ContractCheckCommand.class, ContractExplainCommand.class})
public final class ContractCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the contract");
  }
}
