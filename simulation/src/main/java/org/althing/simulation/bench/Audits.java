package org.althing.simulation.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.althing.simulation.bench.Row.Aim;

/**
 * A node's pass over 20 columns, from a file to the audit's exact counts, in a process with a small
 * heap, beside DuckDB counting the same bins in the same file. CPU time of the whole process, so
 * that neither gains by more threads, and the clock.
 */
final class Audits implements Measurement {
  private static final String SECTION = "audit of a file";
  private static final List<String> KINDS = List.of("csv", "parquet");
  private static final int HEAP_MB = 512;
  private static final double SECOND = 1e9;
  private static final double MEGABYTE = 1 << 20;

  /** Nanoseconds of the processors and of the clock, and bytes held. */
  private record Cost(double cpu, double clock, double held) {
    Cost better(Cost other) {
      return new Cost(
          Math.min(cpu, other.cpu), Math.min(clock, other.clock), Math.max(held, other.held));
    }
  }

  @Override
  public String section() {
    return SECTION;
  }

  @Override
  public void measure(Setting setting, List<Row> table) throws IOException, SQLException {
    for (int rows : setting.quick() ? List.of(100_000) : List.of(1_000_000, 10_000_000)) {
      for (String kind : KINDS) {
        String name = "%s, %,d rows × %d columns".formatted(kind, rows, AuditTable.COLUMNS);
        if (setting.wants(SECTION, name)) {
          setting.say(SECTION + ": " + name);
          measure(name, kind, rows, table);
        }
      }
    }
  }

  private static void measure(String name, String kind, int rows, List<Row> table)
      throws IOException, SQLException {
    Path folder = Files.createTempDirectory(Path.of(""), "althing-bench");
    Path file = folder.resolve("rows." + kind);
    try {
      duckDb(AuditTable.writing(file, rows));
      // The compiler's work and the reading of a disk are in the first.
      Cost ours = audits(file);
      Cost engine = duckDb(AuditTable.counts(file)).better(duckDb(AuditTable.counts(file)));
      table.add(
          Row.of(SECTION, name + ", CPU", ours.cpu / SECOND, "s")
              .against("DuckDB's counts of it", engine.cpu / SECOND)
              .aiming(Aim.ratio(1.5)));
      table.add(
          Row.of(SECTION, name + ", clock", ours.clock / SECOND, "s")
              .against("DuckDB's counts of it", engine.clock / SECOND));
      table.add(
          Row.of(SECTION, name + ", most held by the heap", ours.held / MEGABYTE, "MB")
              .aiming(Aim.figure(HEAP_MB)));
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  /** Two audits by one process; a heap that does not do ends it. */
  private static Cost audits(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                AuditProcess.class.getName(),
                file.toString(),
                "2")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (lines.size() != 2) {
      throw new IOException("an audit in a heap of " + HEAP_MB + " MB failed");
    }
    return cost(lines.get(0)).better(cost(lines.get(1)));
  }

  private static Cost cost(String line) {
    String[] numbers = line.split(" ", -1);
    return new Cost(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]));
  }

  private static Cost duckDb(String statement) throws SQLException {
    long begun = System.nanoTime();
    long processors = AuditProcess.cpu();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("SET threads = 2");
      if (sql.execute(statement)) {
        try (ResultSet result = sql.getResultSet()) {
          while (result.next()) {
            result.getObject(1);
          }
        }
      }
    }
    return new Cost(AuditProcess.cpu() - processors, System.nanoTime() - begun, 0);
  }
}
