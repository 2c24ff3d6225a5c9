package org.althing.node.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;

/**
 * A file that a sandboxed engine reads. The engine opens the file by itself, so the digest is taken
 * before, and a file that is another afterwards is refused.
 */
abstract class EngineFile implements RowSource {
  private final Path path;
  private final String fileName;

  EngineFile(Path path) {
    this.path = path;
    this.fileName = String.valueOf(path.getFileName());
  }

  /** What tells that a file was written or replaced. */
  private record State(long size, long modified, String key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          now.size(), now.lastModifiedTime().toMillis(), Objects.toString(now.fileKey(), ""));
    }
  }

  @Override
  public final Digest scan(List<String> names, Consumer<String[]> rows) throws SourceProblem {
    try {
      Path file = path.toRealPath();
      refusePattern(file.toString());
      State before = State.of(file);
      Digest digest = FileContent.digest(file);
      RowLimits limits = new RowLimits(fileName);
      try (Sandbox sandbox = Sandbox.around(file)) {
        read(
            sandbox,
            file,
            names,
            row -> {
              limits.check(row);
              rows.accept(row);
            });
      } catch (SQLException e) {
        throw malformed(e);
      }
      if (!State.of(file).equals(before)) {
        throw problem(Kind.CHANGED, "it was written to while it was read → run again");
      }
      return digest;
    } catch (IOException e) {
      throw FileContent.problem(path, e);
    }
  }

  /** A row on its way to the cleaner. */
  interface TextRow {
    void take(String[] row) throws SourceProblem;
  }

  /** Hands over the rows of the columns {@code names}; refuses what has no such plain columns. */
  abstract void read(Sandbox sandbox, Path file, List<String> names, TextRow rows)
      throws SQLException, SourceProblem;

  /** What a person should have in this file, for messages. */
  abstract String expected();

  final SourceProblem problem(Kind kind, String detail) {
    return new SourceProblem(kind, fileName, detail);
  }

  private SourceProblem malformed(SQLException e) {
    return problem(
        Kind.MALFORMED,
        "expected %s, readable within %s, got %s → export it again"
            .formatted(expected(), Sandbox.MEMORY, Sandbox.about(e)));
  }

  /** The engine reads these characters as a pattern over many files. */
  private void refusePattern(String name) throws SourceProblem {
    if (name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[')) {
      throw problem(Kind.UNREADABLE, "its path holds a *, ? or [ → rename it");
    }
  }

  /** Names from the binding may be shown; those in the file belong to nobody else. */
  final SourceProblem missing(List<String> missing, int columns) {
    return problem(
        Kind.MISSING_COLUMN,
        "expected %s among its %d column(s) → correct \"from:\" in the binding, or declare the column absent"
            .formatted(missing, columns));
  }

  final SourceProblem duplicate() {
    return problem(Kind.DUPLICATE_COLUMN, "every name once → rename one of the columns");
  }

  final SourceProblem nested(String name) {
    return problem(
        Kind.NESTED,
        "expected numbers, texts, flags or dates in %s → export its parts as columns"
            .formatted(name));
  }

  /** The fields of a row from the result's column {@code first} on. */
  static String[] texts(ResultSet row, int first, int count) throws SQLException {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = Objects.requireNonNullElse(row.getString(first + i), "");
    }
    return texts;
  }
}
