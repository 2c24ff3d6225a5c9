package org.althing.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.TableReader;
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
  public void scan(Path file, List<String> names, UnaryOperator<TextRows> exchange) {
    try {
      RecordSource.rowsOfParquet(file, names, exchange);
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  private static CommandFailure failure(SourceProblem problem) {
    return new CommandFailure(ExitCode.BAD_INPUT, problem.localDetail(), problem);
  }
}
