package org.althing.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;

/**
 * Reads tables that are no delimited text, and such text where it is compressed. Whoever assembles
 * the commands provides it: the readers of such files belong to the node, which these commands do
 * not know.
 */
public interface TableReader {
  /** Whether a file is such a table, by its name. */
  boolean reads(Path file);

  /**
   * The names of a table's columns, in their order.
   *
   * @throws CommandFailure where it cannot be read
   */
  List<String> columns(Path file);

  /**
   * Those of {@code names} that a table has columns of, in their order.
   *
   * @throws CommandFailure where it cannot be read
   */
  List<String> columnsAmong(Path file, List<String> names);

  /**
   * What a {@code .gz} file was made of.
   *
   * @return whose reading throws a {@link CommandFailure} where it is damaged or out of proportion
   * @throws CommandFailure where it cannot be read
   */
  InputStream text(Path file);

  /**
   * Opens a table.
   *
   * @param names of the columns that are read, in the order of a row's fields
   * @param days how the days of columns that hold days are to be written
   * @param beside how many threads may read its parts
   * @throws CommandFailure where it cannot be read
   */
  Table open(Path file, List<String> names, Map<String, String> days, int beside);

  /** An open table, in parts that follow one another. */
  interface Table extends AutoCloseable {
    /** One or more. */
    int parts();

    /**
     * Hands over every row of a part. Different parts may be read at the same time.
     *
     * @param exchange is given rows and gives back what others go into, empty
     * @throws CommandFailure where it cannot be read
     */
    void scan(int part, UnaryOperator<TextRows> exchange);

    /** To be called when no part is being read. */
    @Override
    void close();
  }
}
