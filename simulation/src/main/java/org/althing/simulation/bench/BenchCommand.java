package org.althing.simulation.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: one table of what the core costs, beside what this machine can do at best. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the core against this machine's own limits, in one table: figure, baseline of the same run, ratio, aim.",
      "A long run; --quick has fewer and smaller rows."
    })
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--quick", description = "Fewer and smaller rows, each measured once.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Measure the rows whose 'section: name' contains a match.")
  private Pattern only = Pattern.compile("");

  @Option(names = "--json", paramLabel = "FILE", description = "Write the table as JSON too.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Draw the rounds over N and over d into this folder, as SVG.")
  private Optional<Path> plots = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Setting setting = new Setting(quick, only, spec.commandLine().getErr());
    List<Row> rows = Collections.synchronizedList(new ArrayList<>());
    // What was measured before the run was stopped, or something failed, stands.
    Thread stopped = new Thread(() -> publish(List.copyOf(rows)), "bench-stopped");
    Runtime.getRuntime().addShutdownHook(stopped);
    try {
      for (Measurement measurement : measurements(setting)) {
        measurement.measure(setting, rows);
      }
    } finally {
      if (Runtime.getRuntime().removeShutdownHook(stopped)) {
        publish(rows);
      }
    }
    if (rows.isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "no row matches --only " + only + "; leave it out to see their names");
    }
    return ExitCode.OK.code();
  }

  private void publish(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(BenchTable.text(rows));
    out.flush();
    json.ifPresent(file -> write(file, BenchTable.json(rows, quick)));
    plots.ifPresent(
        folder -> RoundPlots.of(rows).forEach((name, svg) -> write(folder.resolve(name), svg)));
  }

  /** Every section, in the order of the table. */
  private static List<Measurement> measurements(Setting setting) {
    Microbenchmarks benchmarks = new Microbenchmarks(setting);
    List<Measurement> all = new ArrayList<>(Components.all(benchmarks));
    all.add(new KeySetups(benchmarks));
    all.add(new Rounds(benchmarks));
    all.add(new Memory());
    all.add(new Audits());
    all.add(new Scorings());
    all.add(new EndToEnd(benchmarks));
    return all;
  }

  private static void write(Path file, String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
