package org.althing.node.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

  @Override
  public final String name() {
    return fileName;
  }

  /** What tells that a file was written or replaced. */
  record State(long size, long modified, String key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          now.size(), now.lastModifiedTime().toMillis(), Objects.toString(now.fileKey(), ""));
    }
  }

  @Override
  public final Reading scan(List<String> names, RowBatches rows) throws SourceProblem {
    try {
      Path file = realPath();
      State before = State.of(file);
      Digest digest = FileContent.digest(file);
      try (Sandbox sandbox = Sandbox.around(file)) {
        read(sandbox, file, names, limits(0), rows);
        rows.handOver();
      } catch (SQLException e) {
        throw refused(e);
      }
      requireUnchanged(file, before);
      return new Reading(digest);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  final void requireUnchanged(Path file, State before) throws IOException, SourceProblem {
    if (!State.of(file).equals(before)) {
      throw problem(Kind.CHANGED, "it was written to while it was read → run again");
    }
  }

  /** For a reading of what follows so many rows. */
  final RowLimits limits(long before) {
    return new RowLimits(fileName, before);
  }

  @Override
  public final Optional<Digest> digest() throws SourceProblem {
    try {
      return Optional.of(FileContent.digest(path));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Where the file is, as the engine may be given it. */
  final Path realPath() throws IOException, SourceProblem {
    Path file = path.toRealPath();
    refusePattern(file.toString());
    return file;
  }

  /** A file that the system does not let read. */
  final SourceProblem unreadable(IOException e) {
    return FileContent.problem(path, e);
  }

  /**
   * Hands over the rows of the columns {@code names}; refuses what has no such plain columns.
   *
   * @param limits every row's texts are checked against them
   */
  abstract void read(
      Sandbox sandbox, Path file, List<String> names, RowLimits limits, RowBatches rows)
      throws SQLException, SourceProblem;

  /** What a person should have in this file, for messages. */
  abstract String expected();

  final SourceProblem problem(Kind kind, String detail) {
    return new SourceProblem(kind, fileName, detail);
  }

  final SourceProblem refused(SQLException e) {
    String about = Sandbox.about(e);
    return about.equals(Sandbox.OUT_OF_MEMORY)
        ? problem(
            Kind.MEMORY,
            "the engine's memory_limit is %s, and nothing is spilled to a disk → export it in smaller parts"
                .formatted(Sandbox.MEMORY))
        : problem(
            Kind.MALFORMED, "expected %s, got %s → export it again".formatted(expected(), about));
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
}
