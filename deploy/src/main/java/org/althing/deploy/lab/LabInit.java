package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.FederationProposal;
import org.althing.federation.Quorum;
import picocli.CommandLine.Command;
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
final class LabInit implements Callable<Integer> {
  private static final int LEAST_ORGANISATIONS = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

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
          "Delimited text in UTF-8 whose first line names its columns: one file for each organisation.")
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
      names = "--text",
      paramLabel = "COLUMN=LANGUAGE",
      description = "A column of free text, and en, zh or zh-Hans; may be repeated.")
  private Map<String, String> texts = Map.of();

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What separates fields; a comma unless said otherwise.")
  private char delimiter = ',';

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "Of each study (default: ${DEFAULT-VALUE}).")
  private double epsilon = 1;

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

  private void write() throws IOException {
    Path data = emptied(folder).resolve("data");
    Map<String, Path> copies = new LinkedHashMap<>();
    for (Path file : copied(Files.createDirectories(data))) {
      copies.put("data/" + file.getFileName(), file);
    }
    Map<String, String> documents =
        FederationProposal.of(
            new FederationProposal.Wish(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                delimiter,
                label,
                positive,
                texts,
                epsilon),
            copies);
    for (Map.Entry<String, String> document : documents.entrySet()) {
      Path path = folder.resolve(document.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, document.getValue());
    }
    say(documents);
  }

  private static Path emptied(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new CommandFailure(
            ExitCode.CONFLICT, folder + " is not empty: name a new folder, or empty it");
      }
    }
    return folder;
  }

  private List<Path> copied(Path data) throws IOException {
    if (organisations.isPresent()) {
      return dealt(organisations.get(), data);
    }
    for (Path file : files) {
      Path copy = data.resolve(file.getFileName());
      if (Files.exists(copy)) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT, "two files are named " + file.getFileName() + ": rename one");
      }
      if (!Files.isReadable(file)) {
        throw new CommandFailure(ExitCode.BAD_INPUT, "cannot read " + file + ": does it exist?");
      }
      Files.copy(file, copy);
    }
    return files.stream().map(file -> data.resolve(file.getFileName())).toList();
  }

  private List<Path> dealt(int parts, Path data) throws IOException {
    if (files.size() != 1 || parts < LEAST_ORGANISATIONS || parts > Quorum.MOST_NODES) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--organisations divides one file among %d to %d"
              .formatted(LEAST_ORGANISATIONS, Quorum.MOST_NODES));
    }
    List<Path> written = new ArrayList<>();
    for (byte[] part : FederationProposal.divided(files.get(0), delimiter, parts)) {
      Path file = data.resolve("org-%d.csv".formatted(written.size() + 1));
      written.add(Files.write(file, part));
    }
    return written;
  }

  private void say(Map<String, String> documents) {
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
