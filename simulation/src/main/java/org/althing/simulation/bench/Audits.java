package org.althing.simulation.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.node.source.CleanRecords;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.quality.LocalAudit;
import org.althing.simulation.bench.Row.Aim;

/**
 * A node's pass over 20 columns, from a file to the audit's exact counts, beside DuckDB counting
 * the same bins in the same file. CPU time of the whole process, so that neither gains by more
 * threads; the node's two readings, of which the first chooses the rows, are both in it.
 */
final class Audits implements Measurement {
  private static final String SECTION = "audit of a file";
  private static final int COLUMNS = 20;
  private static final int SEED = 20261127;
  private static final List<String> EDGES = List.of("20", "40", "60", "80");

  @Override
  public String section() {
    return SECTION;
  }

  @Override
  public void measure(Setting setting, List<Row> table)
      throws IOException, DocumentError, SourceProblem, SQLException {
    int rows = setting.quick() ? 100_000 : 1_000_000;
    List<String> kinds = Stream.of("csv", "parquet").filter(k -> wants(setting, k, rows)).toList();
    if (kinds.isEmpty()) {
      return;
    }
    Path folder = Files.createTempDirectory(Path.of(""), "althing-bench");
    try {
      Path csv = folder.resolve("rows.csv");
      write(csv, rows);
      for (String kind : kinds) {
        Path file = kind.equals("csv") ? csv : folder.resolve("rows.parquet");
        if (kind.equals("parquet")) {
          inDuckDb("COPY (FROM %s) TO '%s' (FORMAT parquet)".formatted(read(csv), file));
        }
        setting.say(SECTION + ": " + name(kind, rows));
        table.add(row(kind, file, rows));
      }
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  private static boolean wants(Setting setting, String kind, int rows) {
    return setting.wants(SECTION, name(kind, rows));
  }

  private static String name(String kind, int rows) {
    return "%s, %,d rows × %d columns, per row".formatted(kind, rows, COLUMNS);
  }

  /** The better of two runs of each, the compiler's work being in the first. */
  private static Row row(String kind, Path file, int rows)
      throws IOException, DocumentError, SourceProblem, SQLException {
    double ours = Double.MAX_VALUE;
    double engine = Double.MAX_VALUE;
    for (int run = 0; run < 2; run++) {
      long begun = cpu();
      audit(file);
      long between = cpu();
      inDuckDb(counts(file));
      ours = Math.min(ours, (double) (between - begun));
      engine = Math.min(engine, (double) (cpu() - between));
    }
    return Row.of(SECTION, name(kind, rows), ours / rows, "ns")
        .against("DuckDB's counts of it", engine / rows)
        .aiming(Aim.ratio(1.5));
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void audit(Path file) throws DocumentError, SourceProblem {
    Contract contract = ContractDocument.parse("contract.yaml", utf8(contract()));
    Binding binding =
        BindingDocument.parse(
            "binding.yaml",
            utf8("althing: binding/v1\ncontract: bench\nversion: 1.0.0\n"),
            contract);
    CleanRecords records = RecordSource.of(List.of(file), contract, binding).open(new byte[16]);
    LocalAudit audit = new LocalAudit(records.schema(), contract.rules());
    records.scan(audit::add);
    if (audit.findings().columns().size() != COLUMNS) {
      throw new IllegalStateException("an audit speaks of every column");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isNumber(int column) {
    return column % 2 == 0;
  }

  private static String contract() {
    String properties =
        IntStream.range(0, COLUMNS)
            .mapToObj(
                c ->
                    isNumber(c)
                        ? "      - {name: c%d, logicalType: number, logicalTypeOptions: {minimum: 0, maximum: 100}, customProperties: [{property: althing.bins, value: %s}]}\n"
                            .formatted(c, EDGES)
                        : "      - {name: c%d, logicalType: string, customProperties: [{property: althing.categories, value: [alpha, beta, gamma, delta]}]}\n"
                            .formatted(c))
            .collect(Collectors.joining());
    return """
        apiVersion: v3.1.0
        kind: DataContract
        id: bench
        version: 1.0.0
        status: active
        schema:
          - name: rows
            logicalType: object
            customProperties: [{property: althing.unit-of-privacy, value: {name: row, rows: 1}}]
            properties:
        """
        + properties;
  }

  private static void write(Path file, int rows) throws IOException {
    Random random = new Random(SEED);
    List<String> words = List.of("alpha", "beta", "gamma", "delta");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          IntStream.range(0, COLUMNS).mapToObj(c -> "c" + c).collect(Collectors.joining(",")));
      out.write('\n');
      for (int r = 0; r < rows; r++) {
        List<String> fields = new ArrayList<>();
        for (int c = 0; c < COLUMNS; c++) {
          boolean missing = random.nextInt(50) == 0;
          String value =
              isNumber(c)
                  ? Double.toString(Math.round(random.nextDouble() * 10_500) / 100.0)
                  : words.get(random.nextInt(words.size()));
          fields.add(missing ? "" : value);
        }
        out.write(String.join(",", fields));
        out.write('\n');
      }
    }
  }

  private static String read(Path file) {
    if (file.toString().endsWith(".parquet")) {
      return "read_parquet('" + file + "')";
    }
    String columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(c -> "'c%d': '%s'".formatted(c, isNumber(c) ? "DOUBLE" : "VARCHAR"))
            .collect(Collectors.joining(", "));
    return "read_csv('%s', header = true, delim = ',', auto_detect = false, columns = {%s})"
        .formatted(file, columns);
  }

  /** Missing, out of range and each bin of a number; missing and each value of a category. */
  private static String counts(Path file) {
    String parts =
        IntStream.range(0, COLUMNS)
            .mapToObj(
                c ->
                    isNumber(c)
                        ? "count(*) FILTER (c%1$d IS NULL), count(*) FILTER (c%1$d > 100), histogram(c%1$d, [20, 40, 60, 80, 100])"
                            .formatted(c)
                        : "count(*) FILTER (c%1$d IS NULL), histogram(c%1$d)".formatted(c))
            .collect(Collectors.joining(", "));
    return "SELECT count(*), " + parts + " FROM " + read(file);
  }

  private static void inDuckDb(String statement) throws SQLException {
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
  }
}
