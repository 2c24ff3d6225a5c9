package org.althing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.contract.SourceFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code contract init --from FILE}: a first draft of a contract, for its steward to confirm. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Propose a contract from one organisation's own file: types, ranges rounded outwards, values where they are",
      "few. Ranges and values that come from data can tell of people, so each is marked \"to confirm\": replace it by",
      "what is known without looking at the data, and remove the mark, before the contract is shown to anybody."
    })
public final class ContractInitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "A delimited text file in UTF-8 whose first line names its columns.")
  private Path file = Path.of("");

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What separates its fields; a comma unless said otherwise.")
  private char delimiter = ',';

  @Override
  public Integer call() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot read %s: does it exist?".formatted(file), e);
    }
    SourceFormat format;
    try {
      format = new SourceFormat(StandardCharsets.UTF_8, delimiter);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "--delimiter: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(ContractProposal.of(DelimitedText.read(file.toString(), bytes, format)));
    out.flush();
    return ExitCode.OK.code();
  }
}
