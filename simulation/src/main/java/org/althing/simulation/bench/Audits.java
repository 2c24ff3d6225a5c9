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
import org.althing.simulation.bench.AuditProcess.Work;
import org.althing.simulation.bench.Row.Aim;

/**
 * A node's pass over 20 columns, from a file to the audit's exact counts, in a process with a small
 * heap, beside DuckDB counting the same bins in the same file; where units have several rows, of as
 * many rows of each. Then {@code node data check} of it, beside that audit. CPU time of the whole
 * process, so that none gains by more threads, and the clock.
 */
final class Audits implements Measurement {
  private static final String SECTION = "audit of a file";
  private static final List<String> KINDS = List.of("csv", "parquet");
  private static final String CONTRACT = "contract.yaml";
  private static final String BINDING = "binding.yaml";
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
        for (AuditTable content : AuditTable.values()) {
          String name =
              "%s, %,d %s × %d columns".formatted(kind, rows, content.what(), AuditTable.COLUMNS);
          if (setting.wants(SECTION, name)) {
            setting.say(SECTION + ": " + name);
            measure(name, content, kind, rows, table);
          }
        }
      }
    }
  }

  private static void measure(
      String name, AuditTable content, String kind, int rows, List<Row> table)
      throws IOException, SQLException {
    Path folder = Files.createTempDirectory(Path.of(""), "althing-bench");
    Path file = folder.resolve("rows." + kind);
    try {
      Files.writeString(folder.resolve(CONTRACT), content.contract());
      Files.writeString(folder.resolve(BINDING), content.binding());
      duckDb(content.writing(file, rows));
      // The compiler's work and the reading of a disk are in the first.
      Cost audit = ours(Work.AUDIT, file);
      String statement = content.counts(file);
      Cost engine = duckDb(statement).better(duckDb(statement));
      String counts = "DuckDB's counts of it";
      table.add(cpu(name, audit, counts, engine).aiming(Aim.ratio(1.5)));
      table.add(clock(name, audit, counts, engine).aiming(Aim.ratio(1.5)));
      table.add(held(name, audit));
      Cost check = ours(Work.CHECK, file);
      String checked = name + ", node data check";
      table.add(cpu(checked, check, "the audit", audit));
      table.add(clock(checked, check, "the audit", audit));
      table.add(held(checked, check));
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  private static Row cpu(String name, Cost cost, String beside, Cost other) {
    return Row.of(SECTION, name + ", CPU", cost.cpu / SECOND, "s")
        .against(beside, other.cpu / SECOND);
  }

  private static Row clock(String name, Cost cost, String beside, Cost other) {
    return Row.of(SECTION, name + ", clock", cost.clock / SECOND, "s")
        .against(beside, other.clock / SECOND);
  }

  private static Row held(String name, Cost cost) {
    return Row.of(SECTION, name + ", most held by the heap", cost.held / MEGABYTE, "MB")
        .aiming(Aim.figure(HEAP_MB));
  }

  /** Twice by one process; a heap that does not do ends it. */
  private static Cost ours(Work work, Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                AuditProcess.class.getName(),
                work.name(),
                file.resolveSibling(CONTRACT).toString(),
                file.resolveSibling(BINDING).toString(),
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
