package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code contract explain FILE}: what a contract means, in words. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Say in words whom a data contract protects, what each column may hold and which numbers of it an audit sums,",
      "how far one person can move them, and what each rule asks."
    })
public final class ContractExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The contract file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Contract contract = DocumentFile.read(file, ContractDocument::parse);
    PrintWriter out = spec.commandLine().getOut();
    out.print(ContractText.of(contract));
    out.flush();
    return ExitCode.OK.code();
  }
}
