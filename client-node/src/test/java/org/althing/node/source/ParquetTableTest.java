package org.althing.node.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.althing.node.source.ParquetFile.Part;
import org.althing.node.source.SourceProblem.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetTableTest {
  private static final int ROWS = 200_000;

  @TempDir private Path folder;

  private static List<List<String>> read(ParquetTable table, int part) throws SourceProblem {
    List<List<String>> rows = new ArrayList<>();
    table.scan(
        part,
        batch -> {
          rows.addAll(Rows.of(batch));
          batch.clear();
          return batch;
        });
    return rows;
  }

  private Path file(String text) throws SQLException {
    return Engine.parquet(
        folder.resolve("t.parquet"),
        "SELECT i, CASE WHEN i %% 7 = 0 THEN NULL ELSE 'k' || i %% 5 END AS k, i / 8 AS x, %s AS t FROM range(%d) r(i)"
            .formatted(text, ROWS),
        10_240);
  }

  /**
   * Texts that all are listed, that come up once half way, in the last row, in every row from some
   * place on.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a' || i % 3",
        "CASE WHEN i = 99999 THEN 'new' ELSE 'a' || i % 3 END",
        "CASE WHEN i = 199999 THEN 'new' ELSE 'a' || i % 3 END",
        "CASE WHEN i > 30000 THEN 'n' || i END"
      })
  void itsPartsOneAfterTheOtherAreTheRowsOfTheFile(String text) throws Exception {
    Path file = file(text);
    List<List<String>> rows = new ArrayList<>();
    try (ParquetTable table = ParquetTable.open(file, List.of("t", "k", "x", "i"), Map.of(), 2)) {
      assertThat(table.parts()).isEqualTo(2);
      for (int part = 0; part < table.parts(); part++) {
        List<List<String>> own = read(table, part);
        assertThat(own.size()).isBetween(ROWS / 2 - 6000, ROWS / 2 + 6000);
        rows.addAll(own);
      }
    }
    assertThat(rows).isEqualTo(Rows.of(new ParquetFile(file), "t", "k", "x", "i"));
  }

  @Test
  void aFileOfOneGroupIsOnePartWhateverComesUpLate() throws Exception {
    Path file =
        Engine.parquet(
            folder.resolve("one.parquet"),
            "SELECT CASE WHEN i > 9000 THEN 'n' || i ELSE 'a' END AS t FROM range(20000) r(i)");
    try (ParquetTable table = ParquetTable.open(file, List.of("t"), Map.of(), 2)) {
      assertThat(table.parts()).isEqualTo(1);
      assertThat(read(table, 0)).isEqualTo(Rows.of(new ParquetFile(file), "t"));
    }
  }

  @Test
  void aColumnOfTheEnginesNameForRowNumbersMakesItOnePart() throws Exception {
    Path file =
        Engine.parquet(
            folder.resolve("n.parquet"),
            "SELECT -i AS File_Row_Number FROM range(%d) r(i)".formatted(ROWS),
            10_240);
    try (ParquetTable table = ParquetTable.open(file, List.of("File_Row_Number"), Map.of(), 2)) {
      assertThat(table.parts()).isEqualTo(1);
      assertThat(read(table, 0)).hasSize(ROWS).endsWith(List.of("-" + (ROWS - 1)));
    }
  }

  @Test
  void saysWhichRowOfTheFileIsWrong() throws Exception {
    Path file = file("CASE WHEN i = 150000 THEN 'x' || chr(0) ELSE 'a' END");
    try (ParquetTable table = ParquetTable.open(file, List.of("t"), Map.of(), 2)) {
      assertThat(read(table, 0)).isNotEmpty();
      SourceProblem problem = catchThrowableOfType(SourceProblem.class, () -> read(table, 1));
      assertThat(problem.kind()).isEqualTo(Kind.NUL);
      assertThat(problem.localDetail()).contains("t.parquet, row 150001");
    }
  }

  @Test
  void refusesAFileThatWasWrittenToSinceItWasOpened() throws Exception {
    Path file = file("'a'");
    try (ParquetTable table = ParquetTable.open(file, List.of("t"), Map.of(), 2)) {
      assertThat(read(table, 0)).isNotEmpty();
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));
      SourceProblem problem = catchThrowableOfType(SourceProblem.class, () -> read(table, 1));
      assertThat(problem.kind()).isEqualTo(Kind.CHANGED);
    }
  }

  @Test
  void refusesAFileWithoutRows() throws Exception {
    Path file = Engine.parquet(folder.resolve("e.parquet"), "SELECT 1 AS a WHERE false");
    SourceProblem problem =
        catchThrowableOfType(
            SourceProblem.class, () -> ParquetTable.open(file, List.of("a"), Map.of(), 2));
    assertThat(problem.kind()).isEqualTo(Kind.NO_ROWS);
  }

  /** Groups of any sizes, some empty: every row is in one part, none is far from its share. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void partsOfGroupsFollowOneAnotherAndAreAlike(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Long> groups = random.longs(1 + random.nextInt(40), 0, 1000).boxed().toList();
      long rows = groups.stream().mapToLong(Long::longValue).sum();
      int wanted = 1 + random.nextInt(6);
      List<Part> parts = ParquetTable.parts(groups, (double) rows / wanted);
      assertThat(parts.size()).isLessThanOrEqualTo(Math.max(wanted, groups.size()));
      long first = 0;
      for (Part part : parts) {
        assertThat(part.first()).isEqualTo(first);
        assertThat(part.end()).isGreaterThan(first);
        first = part.end();
        assertThat(part.end() - part.first()).isLessThan(3 * rows / (2 * wanted) + 1001);
      }
      assertThat(first).isEqualTo(rows);
    }
  }
}
