package org.althing.node.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * A DuckDB in memory that can read one file and nothing else: no other file, no network, no
 * extension but those inside its library, nothing written, and none of this can be undone. Results
 * are streamed. This class alone speaks to DuckDB.
 */
final class Sandbox implements AutoCloseable {
  /** For the engine's own buffers, outside the Java heap. */
  static final String MEMORY = "512MB";

  /** What it is {@link #about} where {@link #MEMORY} does not do. */
  static final String OUT_OF_MEMORY = "Out of Memory Error";

  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z ]{2,30} Error");

  private final Connection connection;

  private Sandbox(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens one around a file. A query has the one thread that asks for its rows: of two, each row
   * costs more, and what works on the rows beside it wants a processor too.
   *
   * @param file its real path
   */
  static Sandbox around(Path file) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    Sandbox sandbox = new Sandbox(connection);
    try {
      for (String setting : settings(file)) {
        sandbox.set(setting);
      }
      return sandbox;
    } catch (SQLException e) {
      sandbox.close();
      throw e;
    }
  }

  /** In an order that works: what is allowed can be said only before access is shut. */
  private static List<String> settings(Path file) {
    return List.of(
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "memory_limit = '" + MEMORY + "'",
        "threads = 1",
        // Without a folder for what does not fit into memory, no value is ever written to a disk.
        "temp_directory = ''",
        "TimeZone = 'UTC'",
        "allowed_paths = [" + literal(file.toString()) + "]",
        "enable_external_access = false",
        "lock_configuration = true");
  }

  private void set(String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET " + setting);
    }
  }

  /** Some rows of a result; rows and columns are counted from 0. */
  static final class Chunk {
    /** The largest whole number of 15 digits, whose text is that of the double too. */
    private static final long MOST_EXACT = 999_999_999_999_999L;

    private final DuckDBReadableVector[] columns;
    private final int rows;
    private double[] numbers = {};
    private int[] codes = {};

    private Chunk(DuckDBDataChunkReader chunk) {
      columns = new DuckDBReadableVector[Math.toIntExact(chunk.columnCount())];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = chunk.vector(i);
      }
      rows = Math.toIntExact(chunk.rowCount());
    }

    int rows() {
      return rows;
    }

    /** Hands over its rows, in their order. */
    void each(RowSink sink) throws SourceProblem {
      Row row = new Row(this);
      for (row.row = 0; row.row < rows; row.row++) {
        sink.take(row);
      }
    }

    boolean isNull(int column, int row) {
      return columns[column].isNull(row);
    }

    /** Of a column of type DOUBLE; NaN for NULL too. To be read before another is asked for. */
    double[] numbers(int column, int from, int count) {
      DuckDBReadableVector vector = columns[column];
      double[] into = room(count);
      for (int i = 0; i < count; i++) {
        into[i] = vector.getDouble(from + i, Double.NaN);
      }
      return into;
    }

    /** As the other, of type BIGINT; NaN for more than 15 digits too, whose texts are others. */
    double[] wholeNumbers(int column, int from, int count) {
      DuckDBReadableVector vector = columns[column];
      double[] into = room(count);
      for (int i = 0; i < count; i++) {
        long whole = vector.getLong(from + i, Long.MAX_VALUE);
        into[i] = whole >= -MOST_EXACT && whole <= MOST_EXACT ? whole : Double.NaN;
      }
      return into;
    }

    /** As the other, of type UTINYINT; -1 for NULL. */
    int[] codes(int column, int from, int count) {
      DuckDBReadableVector vector = columns[column];
      codes = count > codes.length ? new int[count] : codes;
      for (int i = 0; i < count; i++) {
        codes[i] = vector.getUint8(from + i, (short) -1);
      }
      return codes;
    }

    private double[] room(int count) {
      numbers = count > numbers.length ? new double[count] : numbers;
      return numbers;
    }

    /** Of a column of type BIGINT, not NULL. */
    long whole(int column, int row) {
      return columns[column].getLong(row);
    }

    /** Of a column of type VARCHAR; {@code ""} for NULL. */
    String text(int column, int row) {
      return isNull(column, row) ? "" : columns[column].getString(row);
    }
  }

  /** A row of a result. */
  static final class Row {
    private final Chunk chunk;
    private int row;

    private Row(Chunk chunk) {
      this.chunk = chunk;
    }

    boolean isNull(int column) {
      return chunk.isNull(column, row);
    }

    long whole(int column) {
      return chunk.whole(column, row);
    }

    String text(int column) {
      return chunk.text(column, row);
    }

    /** The texts of {@code count} columns from {@code first} on. */
    String[] texts(int first, int count) {
      String[] texts = new String[count];
      for (int i = 0; i < count; i++) {
        texts[i] = text(first + i);
      }
      return texts;
    }
  }

  /** What is done with the row that a result stands on. */
  interface RowSink {
    void take(Row row) throws SourceProblem;
  }

  /** What is done with rows of a result; false to have no more of them. */
  interface ChunkSink {
    boolean take(Chunk chunk) throws SourceProblem;
  }

  /**
   * Runs a query and hands over its rows as they come.
   *
   * @param query its columns are of the types that a {@link Row} gives
   */
  void each(String query, RowSink rows) throws SQLException, SourceProblem {
    chunks(
        query,
        chunk -> {
          chunk.each(rows);
          return true;
        });
  }

  /** As the other, of the types that a {@link Chunk} gives, many rows at a time, till enough. */
  void chunks(String query, ChunkSink chunks) throws SQLException, SourceProblem {
    try (PreparedStatement statement = connection.prepareStatement(query);
        DuckDBChunkedResult result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
      boolean more = true;
      while (more && result.nextChunk()) {
        more = chunks.take(new Chunk(result.chunk()));
      }
    }
  }

  /** A text as SQL writes it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A column's name as SQL writes it. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * What an error is about. The engine's own words may quote a value, so of them only the kind of
   * error passes.
   */
  static String about(SQLException error) {
    String message = String.valueOf(error.getMessage());
    int colon = message.indexOf(':');
    String kind = colon < 0 ? "" : message.substring(0, colon);
    return KIND.matcher(kind).matches() ? kind : "an error without a kind";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
