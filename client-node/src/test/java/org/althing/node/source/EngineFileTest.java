package org.althing.node.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineFileTest {
  private static final String CANARY = "canary-7f3a";

  @TempDir private Path folder;

  private static SourceProblem problem(RowSource source, String... names) {
    SourceProblem problem = catchThrowableOfType(SourceProblem.class, () -> Rows.of(source, names));
    assertThat(problem).isNotNull();
    assertThat(problem.localDetail() + problem.remoteText()).doesNotContain(CANARY);
    assertThat(problem.getCause()).isNull();
    return problem;
  }

  private JsonLinesFile lines(String text) throws IOException {
    return new JsonLinesFile(Files.writeString(folder.resolve("f.jsonl"), text));
  }

  @Test
  void writesEveryTypeOfParquetAsTheCleanerReadsIt() throws Exception {
    Path file =
        Engine.parquet(
            folder.resolve("it's.parquet"),
            """
            SELECT 7::TINYINT AS i, -9::BIGINT AS l, 1.0::DOUBLE AS code, 2.50::DOUBLE AS d, 1e20::DOUBLE AS big,
              -0.0::DOUBLE AS zero, 0.1::FLOAT AS f, 'nan'::DOUBLE AS nan, 12.340::DECIMAL(9,3) AS m,
              100::DECIMAL(9,0) AS whole, 0::DECIMAL(5,2) AS none, true AS b, DATE '2020-01-02' AS day,
              TIMESTAMP '2020-01-02 03:04:05.5' AS ts, TIMESTAMPTZ '2020-01-02 03:04:05+02' AS tz,
              TIME '01:02:03' AS t, 'é "北京"' AS s, NULL::INTEGER AS missing, 'x'::ENUM('x', 'y') AS e
            """);
    assertThat(
            Rows.of(
                new ParquetFile(file),
                "i",
                "l",
                "code",
                "d",
                "big",
                "zero",
                "f",
                "nan",
                "m",
                "whole",
                "none",
                "b",
                "day",
                "ts",
                "tz",
                "t",
                "s",
                "missing",
                "e"))
        .containsExactly(
            List.of(
                "7",
                "-9",
                "1",
                "2.5",
                "1e+20",
                "0",
                "0.1",
                "nan",
                "12.34",
                "100",
                "0",
                "true",
                "2020-01-02",
                "2020-01-02T03:04:05.5",
                "2020-01-02T01:04:05Z",
                "01:02:03",
                "é \"北京\"",
                "",
                "x"));
  }

  @Test
  void numbersReadAsTheEngineWritesThem() throws Exception {
    String numbers =
        """
        SELECT CASE i % 9
                 WHEN 0 THEN (hash(i) % 2000000)::DOUBLE / 100 - 10000
                 WHEN 1 THEN (hash(i) % 200000000)::DOUBLE / 10000 - 10000
                 WHEN 2 THEN (hash(i) % 1000)::DOUBLE / 100000
                 WHEN 3 THEN (hash(i) % 1000)::DOUBLE * 1e9
                 WHEN 4 THEN sin(i) * 10 ** (i % 30 - 12)
                 WHEN 5 THEN (hash(i) % 20)::DOUBLE - 10
                 WHEN 6 THEN (hash(i) % 1e15)::DOUBLE / 10000
                 WHEN 7 THEN [0.0001, 0.00001, -0.0, 1e-300, 1e11, -99999999999.9999][1 + i % 6]
                 ELSE ['nan', 'inf', '-inf', '-1e300', NULL][1 + i % 5]::DOUBLE
               END::DOUBLE AS d,
               i::INTEGER - 500 AS whole, CASE WHEN i % 3 > 0 THEN i END::UINTEGER AS part
        FROM range(9000) r(i)
        """;
    String texts =
        "CASE WHEN isfinite(d) AND d = trunc(d) AND abs(d) < 1e15 THEN d::BIGINT::VARCHAR ELSE d::VARCHAR END";
    Path file =
        Engine.parquet(
            folder.resolve("n.parquet"),
            "SELECT *, %s AS t, whole::VARCHAR AS w, part::VARCHAR AS p FROM (%s)"
                .formatted(texts, numbers));
    List<List<String>> rows = Rows.of(new ParquetFile(file), "d", "whole", "part", "t", "w", "p");
    assertThat(rows)
        .hasSize(9000)
        .allSatisfy(row -> assertThat(row.subList(0, 3)).isEqualTo(row.subList(3, 6)));
  }

  @Test
  void findsParquetColumnsByTheirExactNames() throws Exception {
    ParquetFile file =
        new ParquetFile(
            Engine.parquet(
                folder.resolve("f.parquet"),
                "SELECT {a: 1, b: [2]} AS s, 1 AS x, 2 AS \"a \"\"q\", [[3]] AS l, 4 AS z"));
    assertThat(Rows.of(file, "z", "a \"q", "x")).containsExactly(List.of("4", "2", "1"));
    for (String nested : List.of("s", "l")) {
      SourceProblem problem = problem(file, "x", nested);
      assertThat(problem.kind()).isEqualTo(Kind.NESTED);
      assertThat(problem.localDetail()).contains("dates in " + nested + " →");
    }
    for (String absent : List.of("X", "a", "b", "element")) {
      SourceProblem problem = problem(file, "x", absent);
      assertThat(problem.kind()).isEqualTo(Kind.MISSING_COLUMN);
      assertThat(problem.localDetail()).contains("expected [" + absent + "] among its 5 column(s)");
    }
  }

  @Test
  void refusesABlobAndNamesThatAreOneWithoutTheirBlanks() throws Exception {
    ParquetFile blob =
        new ParquetFile(
            Engine.parquet(folder.resolve("b.parquet"), "SELECT '" + CANARY + "'::BLOB AS b"));
    assertThat(problem(blob, "b").kind()).isEqualTo(Kind.NESTED);
    ParquetFile twice =
        new ParquetFile(Engine.parquet(folder.resolve("t.parquet"), "SELECT 1 AS a, 2 AS \" a\""));
    assertThat(problem(twice, "a").kind()).isEqualTo(Kind.DUPLICATE_COLUMN);
  }

  @Test
  void damagedParquetIsReadOrRefusedNeverShown() throws Exception {
    byte[] good =
        Files.readAllBytes(
            Engine.parquet(
                folder.resolve("g.parquet"),
                "SELECT '" + CANARY + "' || i AS a, i AS b FROM range(300) r(i)"));
    Path file = folder.resolve("f.parquet");
    for (byte[] cut :
        List.of(new byte[0], Arrays.copyOf(good, 8), Arrays.copyOf(good, good.length - 9))) {
      Files.write(file, cut);
      assertThat(problem(new ParquetFile(file), "a").kind()).isEqualTo(Kind.MALFORMED);
    }
    Random random = new Random(7);
    for (int i = 0; i < 12; i++) {
      byte[] spoiled = good.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, spoiled);
      try {
        Rows.of(new ParquetFile(file), "a", "b");
      } catch (SourceProblem e) {
        assertThat(e.localDetail()).doesNotContain(CANARY);
      }
    }
  }

  @Test
  void readsJsonLinesByKeys() throws Exception {
    JsonLinesFile file =
        lines(
            """
            \uFEFF{"a": 1, "b/~": true, "c": "x\\u00e9\\n\\"", "n": {"deep": [1]}}
            {"c": null, "a": 2.50, "other": "x"}
            {"a": 1.0, "A": 7, "c": ""}
            {"a": -9e2, "c": "1.0"}
            """);
    assertThat(Rows.of(file, "c", "a", "b/~"))
        .containsExactly(
            List.of("xé\n\"", "1", "true"),
            List.of("", "2.5", ""),
            List.of("", "1", ""),
            List.of("1.0", "-900", ""));
    assertThat(problem(file, "n").localDetail()).contains("dates in n →");
    SourceProblem missing = problem(file, "a", "C", "deep");
    assertThat(missing.kind()).isEqualTo(Kind.MISSING_COLUMN);
    assertThat(missing.localDetail()).contains("expected [C, deep] in some line");
  }

  static Stream<Arguments> badLines() {
    String good = "{\"a\": \"" + CANARY + "\"}\n";
    return Stream.of(
        Arguments.of(Kind.MALFORMED, good + "{\"a\": \"" + CANARY),
        Arguments.of(Kind.MALFORMED, good + "[{\"a\": 1}]\n"),
        Arguments.of(Kind.MALFORMED, good + "\"" + CANARY + "\"\n"),
        Arguments.of(Kind.MALFORMED, good.strip() + good),
        Arguments.of(Kind.MALFORMED, good + "\uFEFF" + good),
        Arguments.of(Kind.MALFORMED, "{\"a\": \"ü" + CANARY + "\"}\n"),
        Arguments.of(Kind.ROW_TOO_LONG, good + "{\"a\": \"" + "x".repeat(3 << 20) + "\"}\n"),
        Arguments.of(Kind.DUPLICATE_COLUMN, good + "{\"a\": 1, \"a\": \"" + CANARY + "\"}\n"),
        Arguments.of(Kind.NESTED, good + "{\"a\": [\"" + CANARY + "\"]}\n"),
        Arguments.of(Kind.NUL, good + "{\"a\": \"" + CANARY + "\\u0000\"}\n"),
        Arguments.of(Kind.MISSING_COLUMN, "{\"" + CANARY + "\": 1}\n"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void refusesJsonThatIsNotOnePlainObjectALine(Kind kind, String text) throws Exception {
    Path file = folder.resolve("f.ndjson");
    Files.write(file, text.getBytes(text.contains("ü") ? ISO_8859_1 : UTF_8));
    assertThat(problem(new JsonLinesFile(file), "a").kind()).isEqualTo(kind);
  }

  /** Many chunks of rows were handed over before; they must not pass for all. */
  @Test
  void refusesAFaultFarBehindTheFirstRows() throws Exception {
    String good = "{\"a\": \"" + "x".repeat(100) + "\"}\n";
    SourceProblem problem = problem(lines(good.repeat(60_000) + "{\"a\": \n"), "a");
    assertThat(problem.kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void aNameThatTheEngineWouldTakeForAPatternIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("f[1].jsonl"), "{\"a\": 1}\n");
    assertThat(problem(new JsonLinesFile(file), "a").localDetail()).contains("rename it");
    assertThat(problem(new JsonLinesFile(folder.resolve("none.jsonl")), "a").kind())
        .isEqualTo(Kind.UNREADABLE);
  }

  @Test
  void theDigestIsOfTheFilesBytesAndAChangeWhileReadingIsNoticed() throws Exception {
    Path file = Files.writeString(folder.resolve("f.jsonl"), "{\"a\": 1}\n");
    assertThat(new JsonLinesFile(file).scan(List.of("a"), batch -> {}).digest())
        .isEqualTo(Digest.of(Files.readAllBytes(file)));
    SourceProblem problem =
        catchThrowableOfType(
            SourceProblem.class,
            () ->
                new JsonLinesFile(file)
                    .scan(
                        List.of("a"),
                        batch -> {
                          try {
                            Files.writeString(file, "{\"a\": 1}\n{\"a\": 2}\n");
                          } catch (IOException e) {
                            throw new AssertionError(e);
                          }
                        }));
    assertThat(problem.kind()).isEqualTo(Kind.CHANGED);
  }

  private Path gzip(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
    return file;
  }

  private static RowSource of(Path file) {
    return file.toString().endsWith(".jsonl.gz")
        ? new JsonLinesFile(file)
        : new CsvFile(file, SourceFormat.COMMA_UTF8);
  }

  @Test
  void readsCompressedText() throws Exception {
    Path csv = gzip("f.csv.gz", "a,b\n1,\"x\ny\"\n".getBytes(UTF_8));
    assertThat(Rows.of(of(csv), "b", "a")).containsExactly(List.of("x\ny", "1"));
    assertThat(of(csv).scan(List.of("a"), batch -> {}).digest())
        .isEqualTo(Digest.of(Files.readAllBytes(csv)));
    Path json = gzip("f.jsonl.gz", "{\"a\": 1}\n{\"a\": 2}\n".getBytes(UTF_8));
    assertThat(Rows.of(of(json), "a")).containsExactly(List.of("1"), List.of("2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f.csv.gz", "f.jsonl.gz"})
  void refusesABombAndWhatIsNoGzip(String name) throws Exception {
    byte[] head = (name.contains("json") ? "{\"a\": 1}\n" : "a\n1\n").getBytes(UTF_8);
    byte[] bomb = Arrays.copyOf(head, 40 << 20);
    Arrays.fill(bomb, head.length, bomb.length, (byte) '\n');
    SourceProblem problem = problem(of(gzip(name, bomb)), "a");
    assertThat(problem.kind()).isEqualTo(Kind.EXPANSION);
    assertThat(problem.localDetail()).contains("at most 200 times its size");
    Path file = Files.write(folder.resolve(name), head);
    assertThat(problem(of(file), "a").kind()).isEqualTo(Kind.MALFORMED);
    byte[] whole = Files.readAllBytes(gzip(name, head));
    Files.write(file, Arrays.copyOf(whole, whole.length - 6));
    assertThat(problem(of(file), "a").kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void boundsWhatAFileExpandsToInAll() throws Exception {
    byte[] content = new byte[5000];
    new Random(3).nextBytes(content);
    Path file = gzip("f.gz", content);
    Expansion.Limits enough = new Expansion.Limits(2, 0, 5000);
    try (Expansion all = Expansion.of(Files.newInputStream(file), enough)) {
      assertThat(all.readAllBytes()).isEqualTo(content);
    }
    Expansion.Limits less = new Expansion.Limits(2, 0, 4999);
    try (Expansion all = Expansion.of(Files.newInputStream(file), less)) {
      assertThat(catchThrowableOfType(Expansion.Exceeded.class, all::readAllBytes))
          .hasMessage("at most 4999 bytes of content");
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  /** Texts of every kind of character are the same in CSV, JSON lines and Parquet. */
  @ParameterizedTest
  @MethodSource("seeds")
  void oneTableReadsTheSameFromEveryKindOfFile(long seed) throws Exception {
    Random random = new Random(seed);
    List<List<String>> table = new ArrayList<>();
    StringBuilder csv = new StringBuilder("a,b\n");
    StringBuilder json = new StringBuilder();
    List<String> values = new ArrayList<>();
    for (int r = 0; r < 50; r++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i > 0; i--) {
        text.append("x', \"ü北\\\t/".charAt(random.nextInt(10)));
      }
      String a = text.toString();
      String b = random.nextInt(4) == 0 ? "" : String.valueOf(random.nextInt(2000) - 1000);
      table.add(List.of(a, b));
      csv.append('"').append(a.replace("\"", "\"\"")).append("\",").append(b).append('\n');
      String escaped = a.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
      json.append("{\"a\": \"%s\", \"b\": %s}\n".formatted(escaped, b.isEmpty() ? "null" : b));
      values.add("(%s, %s)".formatted(Sandbox.literal(a), b.isEmpty() ? "NULL" : b));
    }
    Path csvFile = Files.writeString(folder.resolve("t.csv"), csv);
    Path parquet =
        Engine.parquet(
            folder.resolve("t.parquet"),
            "SELECT * FROM (VALUES " + String.join(", ", values) + ") t(a, b)");
    assertThat(Rows.of(of(csvFile), "a", "b")).isEqualTo(table);
    assertThat(Rows.of(lines(json.toString()), "a", "b")).isEqualTo(table);
    assertThat(Rows.of(new ParquetFile(parquet), "a", "b")).isEqualTo(table);
  }
}
