package org.althing.node.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
  @TempDir private Path folder;
  private Path inside = Path.of("");

  @BeforeEach
  void writeAFileInsideAndOneBeside() throws Exception {
    folder = folder.toRealPath();
    inside = Files.writeString(folder.resolve("in.csv"), "a\n1\n");
    Files.writeString(folder.resolve("beside.csv"), "a\n2\n");
  }

  private List<String> run(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.around(inside)) {
      sandbox.each(query.replace("FOLDER", folder.toString()), row -> rows.add(row.text(0)));
    }
    return rows;
  }

  @Test
  void readsTheFileItIsAround() throws Exception {
    assertThat(run("SELECT * FROM read_csv('FOLDER/in.csv', all_varchar = true)"))
        .containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('FOLDER/beside.csv')",
        "SELECT * FROM read_csv('FOLDER/*.csv')",
        "SELECT * FROM read_csv('FOLDER/../beside.csv')",
        "SELECT * FROM read_csv(['FOLDER/in.csv', 'FOLDER/beside.csv'])",
        "SELECT * FROM 'FOLDER/beside.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('FOLDER/*')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "SELECT * FROM read_parquet('s3://bucket/a.parquet')",
        "COPY (SELECT 1) TO 'FOLDER/out.csv'",
        "COPY (SELECT 1) TO 'FOLDER/in.csv'",
        "ATTACH 'FOLDER/other.db'",
        "EXPORT DATABASE 'FOLDER/export'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD 'FOLDER/x.duckdb_extension'",
        "CREATE PERSISTENT SECRET s (TYPE s3)",
      })
  void refusesOtherFilesNetworkExtensionsAndWriting(String statement) throws Exception {
    SQLException error = catchThrowableOfType(SQLException.class, () -> run(statement));
    assertThat((Throwable) error).isNotNull();
    assertThat(Sandbox.about(error)).isIn("Permission Error", "Missing Extension Error");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("in.csv", "beside.csv");
    }
    assertThat(inside).hasContent("a\n1\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "SET allowed_directories = ['/']",
        "SET memory_limit = '8GB'",
        "SET threads = 8",
        "SET temp_directory = '/tmp'",
        "SET autoload_known_extensions = true",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "PRAGMA enable_external_access = true",
      })
  void itsSettingsCannotBeChanged(String statement) {
    SQLException error = catchThrowableOfType(SQLException.class, () -> run(statement));
    assertThat((Throwable) error)
        .isNotNull()
        .hasMessageContaining("the configuration has been locked");
  }

  @Test
  void hasItsLimitsAndNoFolderToWriteTo() throws Exception {
    assertThat(run("SELECT current_setting('memory_limit')")).containsExactly("488.2 MiB");
    assertThat(run("SELECT current_setting('threads')::VARCHAR")).containsExactly("1");
    assertThat(run("SELECT current_setting('temp_directory')")).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(DISTINCT i)::VARCHAR FROM range(200000000) r(i)",
        "SELECT i::VARCHAR FROM range(200000000) r(i) ORDER BY hash(i)",
      })
  void aQueryBeyondItsMemoryIsRefusedAndNothingIsSpilled(String query) throws Exception {
    SQLException error = catchThrowableOfType(SQLException.class, () -> run(query));
    assertThat((Throwable) error).isNotNull();
    assertThat(Sandbox.about(error)).isEqualTo(Sandbox.OUT_OF_MEMORY);
    assertThat(Path.of(".tmp")).doesNotExist();
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aFileThatNeedsMoreMemoryIsRefusedByTheNameOfTheSetting() {
    EngineFile file =
        new EngineFile(inside) {
          @Override
          void read(
              Sandbox sandbox, Path path, List<String> names, RowLimits limits, RowBatches rows)
              throws SQLException, SourceProblem {
            sandbox.each("SELECT count(DISTINCT i)::VARCHAR FROM range(200000000) r(i)", row -> {});
          }

          @Override
          String expected() {
            return "a test";
          }
        };
    SourceProblem problem =
        catchThrowableOfType(SourceProblem.class, () -> file.scan(List.of("a"), rows -> {}));
    assertThat(problem.kind()).isEqualTo(SourceProblem.Kind.MEMORY);
    assertThat(problem.localDetail()).contains("in.csv", "memory_limit is 512MB");
    assertThat(problem.remoteText()).doesNotContain("in.csv");
  }

  @Test
  void whatItSaysAboutAnErrorHoldsNoValue() {
    assertThat(Sandbox.about(new SQLException("Conversion Error: 'canary' is no number")))
        .isEqualTo("Conversion Error");
    assertThat(Sandbox.about(new SQLException("canary: canary")))
        .isEqualTo("an error without a kind");
  }
}
