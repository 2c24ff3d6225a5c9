package org.althing.deploy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.TableReader;
import org.althing.node.source.FileContent;
import org.althing.node.source.FileKind;
import org.althing.node.source.JsonLinesTable;
import org.althing.node.source.ParquetTable;
import org.althing.node.source.SourceProblem;

/** Files by the readers, within the limits and with the errors that a node reads its own with. */
public final class SourceFiles implements TableReader {
  @Override
  public boolean reads(Path file) {
    return FileKind.of(file)
        .filter(kind -> kind == FileKind.JSON_LINES || kind == FileKind.PARQUET)
        .isPresent();
  }

  @Override
  public List<String> columns(Path file) {
    try {
      return isLines(file) ? JsonLinesTable.columns(file) : ParquetTable.columns(file);
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  @Override
  public List<String> columnsAmong(Path file, List<String> names) {
    try {
      if (isLines(file)) {
        return JsonLinesTable.columnsAmong(file, names);
      }
      List<String> own = columns(file);
      return names.stream().filter(own::contains).toList();
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  @Override
  public Table open(Path file, List<String> names, Map<String, String> days, int beside) {
    if (isLines(file)) {
      return new Lines(file, names, days);
    }
    try {
      return new Parquet(ParquetTable.open(file, names, days, beside));
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  @Override
  public InputStream text(Path file) {
    try {
      return new Text(file, FileContent.open(file));
    } catch (IOException e) {
      throw failure(FileContent.problem(file, e));
    }
  }

  private static boolean isLines(Path file) {
    return FileKind.of(file).filter(kind -> kind == FileKind.JSON_LINES).isPresent();
  }

  private record Parquet(ParquetTable table) implements Table {
    @Override
    public int parts() {
      return table.parts();
    }

    @Override
    public void scan(int part, UnaryOperator<TextRows> exchange) {
      try {
        table.scan(part, exchange);
      } catch (SourceProblem e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      try {
        table.close();
      } catch (SourceProblem e) {
        throw failure(e);
      }
    }
  }

  /** Lines have no place to begin at but the first. */
  private record Lines(Path file, List<String> names, Map<String, String> days) implements Table {
    @Override
    public int parts() {
      return 1;
    }

    @Override
    public void scan(int part, UnaryOperator<TextRows> exchange) {
      try {
        JsonLinesTable.scan(file, names, days, exchange);
      } catch (SourceProblem e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      // It is open only while it is read.
    }
  }

  /** Says what is wrong as a node does. */
  private static final class Text extends FilterInputStream {
    private final Path file;

    Text(Path file, InputStream content) {
      super(content);
      this.file = file;
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw failure(FileContent.problem(file, e));
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        throw failure(FileContent.problem(file, e));
      }
    }
  }

  private static CommandFailure failure(SourceProblem problem) {
    return new CommandFailure(ExitCode.BAD_INPUT, problem.localDetail(), problem);
  }
}
