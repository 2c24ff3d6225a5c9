package org.althing.node.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A DuckDB in memory that can read one file and nothing else: no other file, no network, no
 * extension but those inside its library, nothing written, and none of this can be undone. Results
 * are streamed. This class alone speaks to DuckDB.
 */
final class Sandbox implements AutoCloseable {
  /** For the engine's own buffers, outside the Java heap. */
  static final String MEMORY = "512MB";

  static final int THREADS = 2;

  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z ]{2,30} Error");

  private final Connection connection;

  private Sandbox(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens one around a file.
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
        "threads = " + THREADS,
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

  /** What is done with the row a result stands on. */
  interface RowSink {
    void take(ResultSet row) throws SQLException, SourceProblem;
  }

  /** Runs a query and hands over its rows as they come. */
  void each(String query, RowSink rows) throws SQLException, SourceProblem {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.take(result);
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
