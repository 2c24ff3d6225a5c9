package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  private final Optional<TableReader> reader;

  /** Reads plain text alone. */
  public ContractInitCommand() {
    this(Optional.empty());
  }

  /** Reads compressed text and other tables too, where it is given a reader of them. */
  public ContractInitCommand(Optional<TableReader> reader) {
    this.reader = reader;
  }

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description =
          "Delimited text whose first line names its columns, or JSON lines (.jsonl, .ndjson), either also in gzip (.gz),"
              + " or Parquet (.parquet).")
  private Path file = Path.of("");

  @Mixin private SourceOptions source = new SourceOptions();

  @Override
  public Integer call() {
    SourceSummary summary =
        new SourceSummary(source.delimiter(), source.decimalComma(), source.unit());
    summary.add(file.toString(), source.content(file, reader));
    PrintWriter out = spec.commandLine().getOut();
    out.print(ContractProposal.of("my-contract", summary, summary.languages(source.texts())));
    out.flush();
    return ExitCode.OK.code();
  }
}
