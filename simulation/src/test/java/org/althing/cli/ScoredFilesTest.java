package org.althing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.althing.contract.ContractColumn;
import org.althing.deploy.Althing;
import org.althing.encoding.Digest;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Parquet, JSON lines and compressed text are scored as the same rows in delimited text are, by the
 * commands as they are shipped.
 */
class ScoredFilesTest {
  private static final int ROWS = 20_000;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void keepAModel() throws IOException {
    Files.write(
        folder.resolve(ModelFile.NAME),
        PaperStudy.completed(PaperStudy.LOGISTIC, 300).folder().get(ModelFile.NAME).toArray());
  }

  private int predict(String data, String out) {
    return run(
        new ModelCommand(),
        "predict",
        folder.resolve(ModelFile.NAME),
        folder.resolve(data),
        "-o",
        folder.resolve(out));
  }

  private int run(Object root, Object... arguments) {
    CommandLine line = Althing.commandLine(root);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
  }

  private void toParquet(String select, String name) throws SQLException {
    copy(select, name, "FORMAT parquet");
  }

  private void copy(String select, String name, String how) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (%s)".formatted(select, folder.resolve(name), how));
    }
  }

  private void writeText() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("note,chol,sex,age,disease\n");
    for (int r = 0; r < ROWS; r++) {
      text.append("n").append(r).append(',');
      text.append(
          random.nextInt(20) == 0
              ? ""
              : random.nextInt(10) == 0 ? "-9" : 150.5 + random.nextInt(200));
      text.append(
          random.nextInt(30) == 0 ? ",other," : random.nextBoolean() ? ",male," : ",female,");
      text.append(random.nextInt(140)).append(',').append(random.nextInt(2)).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  @Test
  void givesTheScoresOfTheSameRowsInText() throws Exception {
    writeText();
    toParquet("SELECT * FROM read_csv('%s')".formatted(folder.resolve("rows.csv")), "rows.parquet");
    assertThat(predict("rows.csv", "of-text.csv")).as(err.toString()).isZero();
    assertThat(predict("rows.parquet", "of-parquet.csv")).as(err.toString()).isZero();
    assertThat(Files.readAllLines(folder.resolve("of-parquet.csv")))
        .hasSize(ROWS + 1)
        .isEqualTo(Files.readAllLines(folder.resolve("of-text.csv")));
  }

  /** Columns, numbers and what is missing are the same, however the rows are kept. */
  @Test
  void aContractIsProposedFromParquetAndJsonLinesAsFromText() throws Exception {
    writeText();
    String rows = "SELECT * FROM read_csv('%s')".formatted(folder.resolve("rows.csv"));
    toParquet(rows, "rows.parquet");
    copy(rows, "rows.jsonl", "FORMAT json");
    String proposed = proposal("rows.csv");
    assertThat(proposed)
        .contains(
            "name: \"chol\"",
            "{minimum: 100, maximum: 400}",
            "[\"-9\"]",
            "[\"female\", \"male\", \"other\"]")
        .contains("# It holds single words that never repeat, like an identifier.");
    assertThat(proposal("rows.parquet")).isEqualTo(proposed);
    assertThat(proposal("rows.jsonl")).isEqualTo(proposed);
  }

  private String proposal(String name) {
    out.getBuffer().setLength(0);
    assertThat(run(new ContractCommand(), "init", "--from", folder.resolve(name)))
        .as(err.toString())
        .isZero();
    return out.toString();
  }

  private void compress(String name) throws IOException {
    compress(name, Files.readAllBytes(folder.resolve(name)));
  }

  private void compress(String name, byte[] content) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".gz")))) {
      out.write(content);
    }
  }

  private byte[] scoresOf(String data) throws IOException {
    String out = "of-" + data + ".csv";
    assertThat(predict(data, out)).as(err.toString()).isZero();
    return Files.readAllBytes(folder.resolve(out));
  }

  @Test
  void givesTheScoresOfTheSameRowsInJsonLinesAndCompressed() throws Exception {
    writeText();
    copy(
        "SELECT * FROM read_csv('%s')".formatted(folder.resolve("rows.csv")),
        "rows.jsonl",
        "FORMAT json");
    Files.copy(folder.resolve("rows.jsonl"), folder.resolve("rows.ndjson"));
    for (String name : List.of("rows.csv", "rows.jsonl", "rows.ndjson")) {
      compress(name);
    }
    byte[] plain = scoresOf("rows.csv");
    assertThat(plain).asString(UTF_8).hasLineCount(ROWS + 1);
    for (String name : List.of("rows.csv.gz", "rows.jsonl", "rows.jsonl.gz", "rows.ndjson.gz")) {
      assertThat(scoresOf(name)).as(name).isEqualTo(plain);
    }
  }

  /** Of values of every form, a key that comes late, and a label that some lines lack. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void linesMayLackKeysAsRowsLackValues(int seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("sex,chol,age,disease\n");
    StringBuilder lines = new StringBuilder();
    for (int r = 0; r < 3000; r++) {
      String sex = List.of("male", "female", "", " male ", "m北").get(random.nextInt(5));
      String chol = List.of("", "-9", "1e2", "212", "212.50").get(random.nextInt(5));
      String age = String.valueOf(random.nextInt(9) == 0 ? random.nextLong() : random.nextInt(140));
      String disease = r < 2900 || random.nextInt(3) == 0 ? "" : "1";
      text.append(String.join(",", sex, chol, age, disease)).append('\n');
      List<String> keys = new ArrayList<>(List.of("\"age\": %s".formatted(age), "\"x\": [1]"));
      if (!sex.isEmpty() || random.nextBoolean()) {
        keys.add("\"sex\": \"%s\"".formatted(sex));
      }
      if (!chol.isEmpty() || random.nextBoolean()) {
        keys.add("\"chol\": %s".formatted(chol.isEmpty() ? "null" : chol));
      }
      if (!disease.isEmpty()) {
        keys.add("\"disease\": %s".formatted(disease));
      }
      Collections.shuffle(keys, random);
      lines.append(keys.stream().collect(Collectors.joining(", ", "{", "}\n")));
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    Files.writeString(folder.resolve("rows.jsonl"), lines);
    assertThat(scoresOf("rows.jsonl")).isEqualTo(scoresOf("rows.csv"));
    assertThat(out.toString().lines().filter(l -> l.contains("labelled rows:")).distinct())
        .hasSize(1);
  }

  /** The words are a node's, and nothing is left of scores before the fault. */
  @Test
  void refusesWhatANodeRefusesInItsWords() throws Exception {
    String text = "male,300,70\n";
    String lines = "{\"sex\": \"male\", \"chol\": 300, \"age\": 70}\n";
    for (String name : List.of("bomb.csv", "bomb.jsonl")) {
      String row = name.endsWith("csv") ? text : lines;
      byte[] head = (name.endsWith("csv") ? "sex,chol,age\n" + row : row).getBytes(UTF_8);
      compress(
          name, (new String(head, UTF_8) + row.repeat((40 << 20) / row.length())).getBytes(UTF_8));
      refuses(name + ".gz", "ALT-SRC-018", "at most 200 times its size");
      Files.write(folder.resolve(name + ".gz"), head);
      refuses(name + ".gz", "ALT-SRC-016", "expected gzip");
      compress(name, head);
      byte[] whole = Files.readAllBytes(folder.resolve(name + ".gz"));
      Files.write(folder.resolve(name + ".gz"), Arrays.copyOf(whole, whole.length - 6));
      refuses(name + ".gz", "ALT-SRC-016", "expected gzip");
      refuses("none-" + name + ".gz", "ALT-SRC-001", "check that the file is there");
    }
    Files.writeString(folder.resolve("short.jsonl"), "{\"sex\": \"male\", \"age\": 70}\n");
    refuses("short.jsonl", "the model needs a column chol");
    Files.writeString(folder.resolve("empty.jsonl"), "");
    refuses("empty.jsonl", "ALT-SRC-003");
    Files.writeString(folder.resolve("array.jsonl"), "[1]\n");
    refuses("array.jsonl", "ALT-SRC-016", "one JSON object a line");
    Files.writeString(
        folder.resolve("late.jsonl"), lines.repeat(50_000) + lines.replace("70", "[]"));
    refuses("late.jsonl", "ALT-SRC-017", "dates in age");
  }

  private void refuses(String data, String... words) {
    err.getBuffer().setLength(0);
    assertThat(predict(data, "never.csv")).as(data).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains(words);
    assertThat(folder).isDirectoryNotContaining("glob:**never.csv*");
  }

  /** A day needs no way of writing where the file has days. */
  @Test
  void daysAreScoredWhateverWayTheContractWritesThem() throws Exception {
    Domain.Numbers span = new Domain.Numbers(0, 20_000, true, List.of(5000.0, 10_000.0, 15_000.0));
    List<ContractColumn> columns =
        List.of(
            column("seen", new Domain.Dates(span, "d.M.yyyy")),
            column("ill", new Domain.Categories(List.of("no", "yes"))));
    Schema schema = new Schema(columns.stream().map(ContractColumn::column).toList());
    FeatureSpace features = new FeatureSpace(schema, List.of("seen"));
    double[] weights = new Random(4).doubles(features.size(), -2, 2).toArray();
    Digest any = Digest.of(new byte[0]);
    LinearModel fitted =
        new LinearModel(features, new Label(schema, "ill", Set.of("yes")), weights);
    Files.write(
        folder.resolve(ModelFile.NAME),
        new ModelFile("days", "Days", "logistic", any, any, columns, fitted).toBytes());
    String days =
        "SELECT CASE WHEN i % 7 > 0 THEN DATE '1969-12-01' + (i * 31 % 21000)::INTEGER END AS seen FROM range(4000) r(i)";
    copy(
        "SELECT strftime(seen, '%%-d.%%-m.%%Y') AS seen FROM (%s)".formatted(days),
        "d.csv",
        "HEADER");
    toParquet(days, "d.parquet");
    copy(days, "d.jsonl", "FORMAT json");
    byte[] plain = scoresOf("d.csv");
    assertThat(new String(plain, UTF_8).lines().map(line -> line.split(",")[1]).distinct().count())
        .as("of four bins, of no day in range, and the column's name")
        .isEqualTo(6);
    assertThat(scoresOf("d.parquet")).isEqualTo(plain);
    assertThat(scoresOf("d.jsonl")).isEqualTo(plain);
  }

  private static ContractColumn column(String name, Domain domain) {
    return new ContractColumn(
        new Column(name, domain),
        name,
        false,
        ContractColumn.Use.FEDERATED,
        List.of(),
        Optional.empty());
  }

  /** What is proposed from a compressed file is what is proposed from its content. */
  @Test
  void aContractBeginsWithACompressedFileToo() throws Exception {
    writeText();
    compress("rows.csv");
    String plain = proposed("rows.csv");
    assertThat(plain).contains("chol");
    assertThat(proposed("rows.csv.gz")).isEqualTo(plain);
    byte[] bomb = new byte[40 << 20];
    Arrays.fill(bomb, (byte) '\n');
    compress("bomb.csv", bomb);
    assertThat(run(new ContractCommand(), "init", "--from", folder.resolve("bomb.csv.gz")))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("ALT-SRC-018");
  }

  private String proposed(String data) {
    out.getBuffer().setLength(0);
    assertThat(run(new ContractCommand(), "init", "--from", folder.resolve(data)))
        .as(err.toString())
        .isZero();
    return out.toString();
  }

  /** Rows of so many groups that threads read them beside one another. */
  @Test
  void givesTheScoresInTheOrderOfTheRowsWhereThreadsReadParts() throws Exception {
    copy(
        "SELECT i % 140 AS age, CASE WHEN i % 50 = 1 THEN NULL WHEN i = 130000 THEN 'x' WHEN i % 3 = 0 THEN 'male' ELSE 'female' END AS sex, 150.5 + i % 200 AS chol, i % 2 AS disease FROM range(150000) r(i)",
        "rows.parquet", "ROW_GROUP_SIZE 10240");
    copy("SELECT * FROM '%s'".formatted(folder.resolve("rows.parquet")), "rows.csv", "HEADER");
    assertThat(predict("rows.csv", "of-text.csv")).as(err.toString()).isZero();
    assertThat(predict("rows.parquet", "of-parquet.csv")).as(err.toString()).isZero();
    assertThat(Files.readAllLines(folder.resolve("of-parquet.csv")))
        .hasSize(150_001)
        .isEqualTo(Files.readAllLines(folder.resolve("of-text.csv")));
  }

  @Test
  void keepsNoScoresWhereARowOfALaterPartIsWrong() throws Exception {
    copy(
        "SELECT 61 AS age, CASE WHEN i = 140000 THEN 'm' || chr(0) ELSE 'male' END AS sex, 212.5 AS chol FROM range(150000) r(i)",
        "rows.parquet",
        "ROW_GROUP_SIZE 10240");
    assertThat(predict("rows.parquet", "of.csv")).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("rows.parquet, row 140001", "NUL");
    assertThat(folder.resolve("of.csv")).doesNotExist();
  }

  /** More rows than are read ahead, texts that come up late, numbers of every form. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesTheScoresOfTheSameTextsWhateverTheColumnsTypes(int seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("sex,chol,age\n");
    for (int r = 0; r < ROWS; r++) {
      text.append(List.of("male", "female", "", " male ").get(random.nextInt(4)));
      text.append(r > ROWS / 2 && random.nextInt(50) == 0 ? " of " + r : "").append(',');
      text.append(List.of("", "-9", "1e2", "212", "212.50").get(random.nextInt(5))).append(',');
      text.append(random.nextInt(9) == 0 ? random.nextLong() : random.nextInt(140)).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    String age = List.of("BIGINT", "DOUBLE", "VARCHAR").get(seed - 1);
    toParquet(
        "SELECT sex, chol::%s AS chol, age::%s AS age FROM read_csv('%s', all_varchar = true)"
            .formatted(seed == 1 ? "DOUBLE" : "VARCHAR", age, folder.resolve("rows.csv")),
        "rows.parquet");
    assertThat(predict("rows.csv", "of-text.csv")).as(err.toString()).isZero();
    assertThat(predict("rows.parquet", "of-parquet.csv")).as(err.toString()).isZero();
    assertThat(Files.readAllLines(folder.resolve("of-parquet.csv")))
        .isEqualTo(Files.readAllLines(folder.resolve("of-text.csv")));
  }

  /** Nothing to compare with is no fault; nothing to read is. */
  @Test
  void needsTheColumnsThatTheModelReadsAndNoOther() throws Exception {
    toParquet("SELECT 61 AS age, 'male' AS sex, 212.5 AS chol", "plain.parquet");
    assertThat(predict("plain.parquet", "plain.csv")).as(err.toString()).isZero();
    assertThat(Files.readAllLines(folder.resolve("plain.csv"))).hasSize(2);
    toParquet("SELECT 61 AS age, 'male' AS sex", "short.parquet");
    assertThat(predict("short.parquet", "short.csv")).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("the model needs a column chol");
    Files.writeString(folder.resolve("none.parquet"), "PAR1");
    assertThat(predict("none.parquet", "none.csv")).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("ALT-SRC-016");
    assertThat(folder.resolve("short.csv")).doesNotExist();
  }
}
