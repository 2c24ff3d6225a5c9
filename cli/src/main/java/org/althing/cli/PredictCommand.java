package org.althing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.model.features.Label;
import org.althing.report.ModelFile;
import org.althing.scoring.RowScorer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model predict MODEL DATA}: scores rows on this machine; nothing leaves it. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Score the rows of a file with a study's model, on this machine: delimited text or JSON lines, either",
      "also in gzip, or Parquet.",
      "Writes row, probability and prediction, and of several classes the probability of each;",
      "where the label is there, also says how well it fits, class by class.",
      "A file may be larger than memory: rows are scored as they are read."
    })
public final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Optional<TableReader> tables;

  /** Reads plain delimited text alone. */
  public PredictCommand() {
    this(Optional.empty());
  }

  /** Reads other files too, where it is given a reader of them. */
  public PredictCommand(Optional<TableReader> tables) {
    this.tables = tables;
  }

  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  /** Of a table: each has an engine of its own, and scores that wait. */
  private static final int READERS = Math.min(THREADS, 8);

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A study's output folder, or its model.json.")
  private Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "Rows under a line of names, JSON lines (.jsonl, .ndjson), either also in gzip (.gz), or Parquet"
              + " (.parquet).")
  private Path data = Path.of("");

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      description = "The study's data contract; needed to read a binding.")
  private Optional<Path> contract = Optional.empty();

  @Option(
      names = "--binding",
      paramLabel = "FILE",
      description = "How the file's columns and codes map to the contract.")
  private Optional<Path> binding = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT.csv",
      description = "Where the scores go; to standard output without it.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    if (contract.isPresent() != binding.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "give --contract and --binding together, or neither");
    }
    Optional<TableReader> table = tables.filter(reader -> reader.reads(data));
    if (table.isEmpty()) {
      DelimitedText.requireText(data, tables);
    }
    ModelFile file = StoredModel.read(model);
    Binding given = contract.isPresent() ? binding(file) : plain(file);
    Label label = file.model().label();
    LabelledRows fit = LabelledRows.of(label);
    List<String> classes = label.isBinary() ? List.of() : label.classNames();
    try (ScoreOutput output = ScoreOutput.to(classes, out, spec.commandLine().getOut())) {
      Progress progress =
          new Progress(
              spec.commandLine().getErr(),
              table.isPresent() || DelimitedText.isCompressed(data)
                  ? OptionalLong.empty()
                  : OptionalLong.of(size(data)));
      output.begin();
      Scoring.Sink sink =
          chunk -> {
            fit.add(chunk);
            output.write(chunk);
            progress.add(chunk);
          };
      if (table.isPresent()) {
        scoreTable(table.get(), file, given, sink);
      } else {
        scoreText(file, given, sink);
      }
      output.keep();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "cannot read %s or write its scores: %s".formatted(data, e.getMessage()),
          e);
    }
    PrintWriter talk = out.isPresent() ? spec.commandLine().getOut() : spec.commandLine().getErr();
    talk.println(remark(fit, file));
    if (fit.labelled() > 0) {
      talk.print(fit.byClass());
    }
    talk.flush();
    return ExitCode.OK.code();
  }

  private Binding binding(ModelFile file) {
    Path contractFile = contract.orElseThrow();
    Contract agreed = DocumentFile.read(contractFile, ContractDocument::parse);
    if (!agreed.digest().equals(file.contract())) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s is another contract than the one the model was made under (%s, not %s)"
              .formatted(contractFile, agreed.digest().brief(), file.contract().brief()));
    }
    return DocumentFile.read(
        binding.orElseThrow(), (name, utf8) -> BindingDocument.parse(name, utf8, agreed));
  }

  private static Binding plain(ModelFile file) {
    return new Binding(file.study(), "1", SourceFormat.COMMA_UTF8, List.of(), file.contract());
  }

  private void scoreText(ModelFile file, Binding given, Scoring.Sink sink) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (InputStream in = DelimitedText.open(data, tables)) {
      new Scoring(file, given, data.toString()).run(in, threads, sink);
    } finally {
      threads.shutdownNow();
    }
  }

  private void scoreTable(TableReader reader, ModelFile file, Binding given, Scoring.Sink sink)
      throws IOException {
    List<String> there = reader.columnsAmong(data, Scoring.localNames(file, given));
    Binding binding = Scoring.byName(file, there, "the file's columns", given);
    List<String> names = binding.localNames();
    Map<String, String> days = binding.writtenDays(file.columns());
    Supplier<RowScorer> scorers = () -> new RowScorer(file, binding, names);
    try (TableReader.Table table = reader.open(data, names, days, READERS)) {
      ExecutorService threads = Executors.newFixedThreadPool(READERS);
      try {
        if (table.parts() > 1) {
          new TableParts(table, scorers, threads, sink).run(READERS + 1);
        } else {
          TableScoring scoring = new TableScoring(names.size(), scorers, threads, sink);
          table.scan(0, scoring::exchange);
          scoring.end();
        }
      } finally {
        end(threads);
      }
    }
  }

  /** Lets go of what is not done, and waits for those who still read. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw CommandFailure.unreadable(path, e);
    }
  }

  private static String remark(LabelledRows fit, ModelFile file) {
    return fit.labelled() == 0
        ? "%d rows scored; none has a known value of %s to compare with"
            .formatted(fit.rows(), file.model().label().column())
        : "%d labelled rows: %s".formatted(fit.labelled(), fit.inWords());
  }
}
