package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  private final Optional<TableReader> reader;

  /** Reads plain text alone. */
  public ContractInitCommand() {
    this(Optional.empty());
  }

  /** Reads compressed text too, where it is given a reader of it. */
  public ContractInitCommand(Optional<TableReader> reader) {
    this.reader = reader;
  }

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "A delimited text file whose first line names its columns; also in gzip (.gz).")
  private Path file = Path.of("");

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What separates its fields; a comma unless said otherwise.")
  private char delimiter = ',';

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "What it is written in: utf-8 unless said otherwise, gb18030, iso-8859-1.")
  private String charset = "utf-8";

  @Option(names = "--decimal-comma", description = "Numbers have a comma before their fraction.")
  private boolean decimalComma;

  @Option(
      names = "--text",
      paramLabel = "COLUMN=LANGUAGE",
      description = "A column of free text, and en, zh or zh-Hans; may be repeated.")
  private Map<String, String> texts = Map.of();

  @Override
  public Integer call() {
    SourceSummary summary = new SourceSummary(delimiter, decimalComma);
    summary.add(
        file.toString(),
        FederationProposal.content(file, FederationProposal.charset(charset), reader));
    PrintWriter out = spec.commandLine().getOut();
    out.print(ContractProposal.of("my-contract", summary, summary.languages(texts)));
    out.flush();
    return ExitCode.OK.code();
  }
}
