package org.althing.simulation.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.cli.PredictCommand;
import org.althing.contract.ContractColumn;
import org.althing.deploy.SourceFiles;
import org.althing.encoding.Digest;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.report.ModelFile;
import org.althing.simulation.bench.Row.Aim;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;
import picocli.CommandLine;

/**
 * {@code predict} over a delimited text, and the same in Parquet, of 100 columns that the model
 * reads: a third categories, a third whole numbers in bins, a third decimals without bins. By the
 * clock, on all processors, beside reading the same file once into memory and doing nothing with
 * it.
 */
final class Scorings implements Measurement {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final String SECTION = "scoring a file";
  private static final String PARQUET = "parquet";
  private static final List<String> KINDS = List.of("csv", PARQUET);
  private static final String SCORES = "scores.csv";
  private static final int COLUMNS = 100;
  private static final double SECOND = 1e9;
  private static final List<String> LEVELS = List.of("never", "low", "mid", "high", "very high");

  @Override
  public String section() {
    return SECTION;
  }

  @Override
  public void measure(Setting setting, List<Row> table) throws IOException, SQLException {
    int rows = setting.quick() ? 200_000 : 2_000_000;
    List<String> wanted =
        KINDS.stream().filter(k -> setting.wants(SECTION, name(k, rows))).toList();
    if (wanted.isEmpty()) {
      return;
    }
    Path folder = Files.createTempDirectory(Path.of(""), "althing-bench");
    Path text = folder.resolve("rows.csv");
    Path parquet = folder.resolve("rows.parquet");
    try {
      Files.write(folder.resolve(ModelFile.NAME), model().toBytes());
      write(text, rows);
      if (wanted.contains(PARQUET)) {
        toParquet(text, parquet);
      }
      for (String kind : wanted) {
        setting.say(SECTION + ": " + name(kind, rows));
        measure(name(kind, rows), kind.equals(PARQUET) ? parquet : text, rows, table);
      }
    } finally {
      for (String each : List.of("rows.csv", "rows.parquet", ModelFile.NAME, SCORES)) {
        Files.deleteIfExists(folder.resolve(each));
      }
      Files.delete(folder);
    }
  }

  private static String name(String kind, int rows) {
    return "%s, %,d rows × %d columns".formatted(kind, rows, COLUMNS);
  }

  private static void measure(String name, Path file, int rows, List<Row> table)
      throws IOException {
    // The compiler's work and the reading of a disk are in the first.
    predict(file);
    double read = Math.min(read(file), read(file));
    Cost scored = predict(file).better(predict(file));
    table.add(
        Row.of(SECTION, name + ", clock", scored.clock() / SECOND, "s")
            .against("reading its %,d MB".formatted(Files.size(file) >> 20), read / SECOND));
    table.add(
        Row.of(SECTION, name + ", clock of a row", scored.clock() / rows, "ns")
            .aiming(Aim.figure(1000)));
    table.add(
        Row.of(SECTION, name + ", CPU of a row", scored.cpu() / rows, "ns")
            .aiming(Aim.figure(2000)));
  }

  /** Nanoseconds of the processors and of the clock. */
  private record Cost(double cpu, double clock) {
    Cost better(Cost other) {
      return new Cost(Math.min(cpu, other.cpu), Math.min(clock, other.clock));
    }
  }

  private static void toParquet(Path text, Path parquet) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_csv('%s', header = true, delim = ',')) TO '%s'"
              .formatted(text, parquet));
    }
  }

  private static Cost predict(Path file) throws IOException {
    StringWriter talk = new StringWriter();
    CommandLine line = new CommandLine(new PredictCommand(Optional.of(new SourceFiles())));
    line.setOut(new PrintWriter(talk)).setErr(new PrintWriter(talk));
    long cpuBegun = SYSTEM.getProcessCpuTime();
    long begun = System.nanoTime();
    int exit =
        line.execute(
            file.resolveSibling(ModelFile.NAME).toString(),
            file.toString(),
            "-o",
            file.resolveSibling(SCORES).toString());
    Cost cost =
        new Cost(
            (double) SYSTEM.getProcessCpuTime() - cpuBegun, (double) System.nanoTime() - begun);
    if (exit != 0) {
      throw new IOException("predict ended with " + exit + ": " + talk);
    }
    return cost;
  }

  private static double read(Path file) throws IOException {
    byte[] room = new byte[1 << 18];
    long begun = System.nanoTime();
    try (InputStream in = Files.newInputStream(file)) {
      while (in.read(room) >= 0) {
        // Reading is all.
      }
    }
    return System.nanoTime() - begun;
  }

  private static Domain domain(int column) {
    return switch (column % 3) {
      case 0 -> new Domain.Categories(LEVELS);
      case 1 -> new Domain.Numbers(0, 120, true, List.of(20.0, 40.0, 50.0, 60.0, 70.0, 80.0));
      default -> new Domain.Numbers(-5, 5, false, List.of());
    };
  }

  private static ModelFile model() {
    List<ContractColumn> columns = new ArrayList<>();
    IntStream.range(0, COLUMNS).forEach(c -> columns.add(column("c" + c, domain(c))));
    columns.add(column("ill", new Domain.Categories(List.of("no", "yes"))));
    Schema schema = new Schema(columns.stream().map(ContractColumn::column).toList());
    FeatureSpace features =
        new FeatureSpace(schema, IntStream.range(0, COLUMNS).mapToObj(c -> "c" + c).toList());
    double[] weights = new Random(17).doubles(features.size(), -0.3, 0.3).toArray();
    Digest any = Digest.of(new byte[0]);
    return new ModelFile(
        "bench",
        "Bench",
        "logistic",
        any,
        any,
        columns,
        new LinearModel(features, new Label(schema, "ill", Set.of("yes")), weights));
  }

  private static ContractColumn column(String name, Domain domain) {
    return new ContractColumn(
        new Column(name, domain),
        name,
        false,
        ContractColumn.Use.FEDERATED,
        List.of("-9"),
        Optional.empty());
  }

  /** The same lines over and over, ten thousand different ones: more than any cache of texts. */
  private static void write(Path file, int rows) throws IOException {
    Random random = new Random(18);
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < COLUMNS; c++) {
        line.append(c == 0 ? "" : ",").append(value(c, random));
      }
      lines.add(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 18)) {
      StringBuilder head = new StringBuilder();
      IntStream.range(0, COLUMNS)
          .forEach(c -> head.append(c == 0 ? "" : ",").append('c').append(c));
      out.write(head.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
      for (int r = 0; r < rows; r++) {
        out.write(lines.get(r % lines.size()));
      }
    }
  }

  private static String value(int column, Random random) {
    if (random.nextInt(50) == 0) {
      return random.nextBoolean() ? "" : "-9";
    }
    return switch (column % 3) {
      case 0 -> LEVELS.get(random.nextInt(LEVELS.size()));
      case 1 -> Integer.toString(random.nextInt(121));
      default -> String.format(java.util.Locale.ROOT, "%.3f", 10 * random.nextDouble() - 5);
    };
  }
}
