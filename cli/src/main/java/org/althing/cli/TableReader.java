package org.althing.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;

/**
 * Reads tables that are no delimited text. Whoever assembles the commands provides it: the engine
 * for such files belongs to the node, which these commands do not know.
 */
public interface TableReader {
  /** The names of a table's columns, in its order. */
  List<String> columns(Path file);

  /**
   * Hands over every row's fields of the columns {@code names}, in that order.
   *
   * @param exchange is given rows and gives back what others go into, empty
   * @throws CommandFailure where it cannot be read
   */
  void scan(Path file, List<String> names, UnaryOperator<TextRows> exchange);
}
