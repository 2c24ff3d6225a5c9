package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.StudyDocument;
import org.althing.sheet.Brief;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study check FILE}: whether a study file says what it must, and nothing else. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Check a study file strictly: every key, type and range, with line, column and remedy.",
      "With --contract, also whether its columns and label fit the data contract."
    })
public final class StudyCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The study file.")
  private Path file = Path.of("");

  @Option(
      names = "--contract",
      paramLabel = "CONTRACT",
      description = "The data contract that the study speaks of.")
  private Optional<Path> contractFile = Optional.empty();

  @Override
  public Integer call() {
    Study study = DocumentFile.read(file, StudyDocument::read);
    if (contractFile.isPresent()) {
      Contract contract = DocumentFile.read(contractFile.get(), ContractDocument::parse);
      List<String> misfits = StudyPlanner.misfits(study, contract);
      if (!misfits.isEmpty()) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            file + " does not fit " + contractFile.get() + ":\n  " + String.join("\n  ", misfits));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s is a well-formed study: %s, %s, epsilon %s at delta %s%n",
        file,
        study.id(),
        study.analysis().word(),
        Brief.cost(study.privacy().epsilon()),
        Brief.delta(study.privacy().delta()));
    out.println(
        contractFile.isPresent()
            ? "Its columns and label fit contract " + study.contract() + "."
            : "Not checked against its contract " + study.contract() + ": give --contract FILE.");
    out.flush();
    return ExitCode.OK.code();
  }
}
