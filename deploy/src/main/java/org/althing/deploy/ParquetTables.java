package org.althing.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.TableReader;
import org.althing.node.source.ParquetTable;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;

/** Parquet by the engine and in the sandbox that a node reads its own files with. */
public final class ParquetTables implements TableReader {
  @Override
  public List<String> columns(Path file) {
    try {
      return RecordSource.columnsOfParquet(file);
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  @Override
  public Table open(Path file, List<String> names, int beside) {
    try {
      return new Opened(ParquetTable.open(file, names, beside));
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  private record Opened(ParquetTable table) implements Table {
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

  private static CommandFailure failure(SourceProblem problem) {
    return new CommandFailure(ExitCode.BAD_INPUT, problem.localDetail(), problem);
  }
}
