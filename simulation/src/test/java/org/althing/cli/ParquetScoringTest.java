package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.althing.deploy.Althing;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Parquet is scored as the same rows in delimited text are, by the commands as they are shipped.
 */
class ParquetScoringTest {
  private static final int ROWS = 20_000;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void keepAModel() throws IOException {
    Files.write(
        folder.resolve(ModelFile.NAME),
        PaperStudy.completed(PaperStudy.LOGISTIC, 300).folder().get(ModelFile.NAME).toArray());
  }

  private int predict(String data, String out) {
    CommandLine line = Althing.commandLine(new ModelCommand());
    line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    return line.execute(
        "predict",
        folder.resolve(ModelFile.NAME).toString(),
        folder.resolve(data).toString(),
        "-o",
        folder.resolve(out).toString());
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
