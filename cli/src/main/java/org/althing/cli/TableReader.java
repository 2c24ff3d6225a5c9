package org.althing.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.table.RecordBatch;

/**
 * Reads tables that are no delimited text. Whoever assembles the commands provides it: the engine
 * for such files belongs to the node, which these commands do not know.
 */
public interface TableReader {
  /** The names of a table's columns, in its order. */
  List<String> columns(Path file);

  /**
   * Hands over every row, cleaned.
   *
   * @throws CommandFailure where it cannot be read
   */
  void scan(Path file, Contract contract, Binding binding, Consumer<RecordBatch> rows);
}
