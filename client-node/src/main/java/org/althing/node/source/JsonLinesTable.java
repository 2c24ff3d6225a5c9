package org.althing.node.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;

/** The lines of a JSON file as they are, none of them cleaned. */
public final class JsonLinesTable {
  private JsonLinesTable() {}

  /** The keys that some line has, in the order in which they are first met. */
  public static List<String> columns(Path file) throws SourceProblem {
    return new JsonLinesFile(file).keys();
  }

  /** Those of {@code names} that some line has as a key, in their order. */
  public static List<String> columnsAmong(Path file, List<String> names) throws SourceProblem {
    return new JsonLinesFile(file).keysAmong(names);
  }

  /**
   * Hands over every line's values, some {@value RowBatches#FEW_ROWS} lines at a time.
   *
   * @param names of the keys, in the order of a row's fields; each must be in some line
   * @param days how days of ISO 8601 are to be written, by the key
   * @param exchange is given rows and gives back what others go into, empty
   */
  public static void scan(
      Path file, List<String> names, Map<String, String> days, UnaryOperator<TextRows> exchange)
      throws SourceProblem {
    new JsonLinesFile(file, days)
        .scan(names, new RowBatches(names.size(), RowBatches.FEW_ROWS, exchange));
  }
}
