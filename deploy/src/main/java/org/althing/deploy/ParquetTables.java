package org.althing.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.TableReader;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.table.RecordBatch;

/** Parquet by the engine and in the sandbox that a node reads its own files with. */
public final class ParquetTables implements TableReader {
  /** Rows are not chosen by it here: every one is scored. */
  private static final byte[] NO_SALT = new byte[32];

  @Override
  public List<String> columns(Path file) {
    try {
      return RecordSource.columnsOfParquet(file);
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  @Override
  public void scan(Path file, Contract contract, Binding binding, Consumer<RecordBatch> rows) {
    try {
      RecordSource.of(List.of(file), contract, binding).scan(NO_SALT, List.of(), rows);
    } catch (SourceProblem e) {
      throw failure(e);
    }
  }

  private static CommandFailure failure(SourceProblem problem) {
    return new CommandFailure(ExitCode.BAD_INPUT, problem.localDetail(), problem);
  }
}
