package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.contract.Contract;
import org.althing.contract.QualityRule;
import org.althing.document.ContractDocument;
import org.althing.table.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code contract check FILE}: whether everything in a contract can be run as it stands. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Check a data contract (Open Data Contract Standard 3.1.0) strictly, with line, column and remedy.",
      "What the standard allows but Althing would not run is refused: no rule is ever skipped in silence."
    })
public final class ContractCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The contract file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Contract contract = DocumentFile.read(file, ContractDocument::parse);
    int columns = contract.columns().size();
    int leaving = contract.schema().columns().size();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s is a contract that can be run: %s %s%n", file, contract.id(), contract.version());
    out.printf(
        "  columns declared %d, may leave as sums %d, stay with each organisation %d%n",
        columns, leaving, columns - leaving);
    long run = contract.rules().stream().filter(r -> ranOn(contract.schema(), r)).count();
    out.printf(
        "  rules declared %d, run by an audit of all columns %d, not run %d%n",
        contract.rules().size(), run, contract.rules().size() - run);
    out.flush();
    return ExitCode.OK.code();
  }

  private static boolean ranOn(Schema schema, QualityRule rule) {
    return rule.measure().columns().stream().allMatch(schema::contains);
  }
}
