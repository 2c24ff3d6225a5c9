package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.FederationProposal;
import org.althing.cli.SourceOptions;
import org.althing.cli.TableReader;
import org.althing.federation.Quorum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab init}: from some files of one's own to a federation that can be run. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Write a federation over files of your own: contract, bindings, policies and studies, ready to be run and changed.",
      "Types, ranges, bins and values come from the files; that is right in a laboratory, where you may see all of them."
          + " For organisations that may not, confirm or replace every line marked so.",
      "Needs a file for each of three or more organisations, or one file and --organisations."
    })
public final class LabInit implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Optional<TableReader> reader;

  /** Reads compressed text and other tables too, where it is given a reader of them. */
  public LabInit(Optional<TableReader> reader) {
    this.reader = reader;
  }

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Where the federation goes, with copies of the files; must be new or empty.")
  private Path folder = Path.of("");

  @Option(
      names = "--from",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "One file for each organisation: delimited text whose first line names its columns, or JSON lines (.jsonl,"
              + " .ndjson), either also in gzip (.gz), or Parquet (.parquet). The copies are delimited text in UTF-8.")
  private List<Path> files = List.of();

  @Option(
      names = "--organisations",
      paramLabel = "N",
      description = "Divide the rows of one file among so many organisations, in turn.")
  private Optional<Integer> organisations = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "What models shall tell from the other columns; without it no models.")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--positive",
      paramLabel = "VALUE",
      description =
          "A value of the label that counts as yes; may be repeated. Without it, of two values the affirmative"
              + " or the rarer one, of more each a class.")
  private List<String> positive = List.of();

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "Of each study (default: ${DEFAULT-VALUE}).")
  private double epsilon = 1;

  @Mixin private SourceOptions source = new SourceOptions();

  @Override
  public Integer call() {
    if (epsilon < 0.01 || epsilon > 100) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "--epsilon is 0.01 to 100");
    }
    try {
      write();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "the federation cannot be written: " + e.getMessage(), e);
    }
    return ExitCode.OK.code();
  }

  /** Reads and judges everything before the first file is written. */
  private void write() throws IOException {
    LabRun.requireEmpty(folder);
    Map<String, byte[]> data = data();
    FederationProposal.Proposed proposed =
        FederationProposal.of(
            new FederationProposal.Wish(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                source.delimiter(),
                source.decimalComma(),
                label,
                positive,
                source.texts(),
                source.unit(),
                epsilon),
            data);
    for (Map.Entry<String, byte[]> file : data.entrySet()) {
      write(file.getKey(), file.getValue());
    }
    for (Map.Entry<String, String> document : proposed.documents().entrySet()) {
      write(document.getKey(), document.getValue().getBytes(StandardCharsets.UTF_8));
    }
    say(proposed);
  }

  private void write(String name, byte[] content) throws IOException {
    Path path = folder.resolve(name).toAbsolutePath();
    Files.createDirectories(path.getParent());
    Files.write(path, content);
  }

  /** What each organisation's file will hold, by where it will lie. */
  private Map<String, byte[]> data() {
    Map<String, byte[]> data = new LinkedHashMap<>();
    if (organisations.isPresent()) {
      for (byte[] part : dealt(organisations.get())) {
        data.put("data/org-%d.csv".formatted(data.size() + 1), part);
      }
      return data;
    }
    for (Path file : files) {
      byte[] before = data.put("data/" + nameOfCopy(file), source.content(file, reader));
      if (before != null) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT, "two files are named " + nameOfCopy(file) + ": rename one");
      }
    }
    return data;
  }

  private List<byte[]> dealt(int parts) {
    if (files.size() != 1 || parts < Quorum.LEAST_NODES || parts > Quorum.MOST_NODES) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--organisations divides one file among %d to %d"
              .formatted(Quorum.LEAST_NODES, Quorum.MOST_NODES));
    }
    Path file = files.get(0);
    return FederationProposal.divided(
        file.toString(), source.content(file, reader), source.delimiter(), parts);
  }

  /** A copy is delimited text in UTF-8, and not compressed. */
  private String nameOfCopy(Path file) {
    String name = String.valueOf(file.getFileName());
    return reader.filter(r -> r.reads(file)).isPresent()
        ? name.replaceFirst("(?i)[.](jsonl|ndjson|parquet)([.]gz)?$", ".csv")
        : name.replaceFirst("(?i)[.]gz$", "");
  }

  private void say(FederationProposal.Proposed proposed) {
    Map<String, String> documents = proposed.documents();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Written to %s:%n", folder);
    documents.forEach(
        (path, text) ->
            out.printf(
                "  %s%s%n",
                path,
                path.equals("contract.yaml")
                    ? "  (%d lines to confirm)"
                        .formatted(text.lines().filter(l -> l.endsWith("# to confirm")).count())
                    : ""));
    if (!proposed.leftOut().isEmpty()) {
      out.println("Not read by any study, unless you say in contract.yaml what they are:");
      proposed.leftOut().forEach((column, why) -> out.printf("  %s  %s%n", column, why));
    }
    if (!proposed.notes().isEmpty()) {
      out.println("To look at first:");
      proposed.notes().forEach(note -> out.printf("  %s%n", note));
    }
    out.println("Next:");
    documents.keySet().stream()
        .filter(path -> path.startsWith("studies/"))
        .forEach(
            path ->
                out.printf(
                    "  althing lab run %s %s%n",
                    folder.resolve("federation.yaml"), folder.resolve(path)));
    out.flush();
  }
}
