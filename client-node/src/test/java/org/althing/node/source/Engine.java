package org.althing.node.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes files for tests, by an engine that is not locked. */
final class Engine {
  private Engine() {}

  static Path parquet(Path file, String select) throws SQLException {
    return copy(file, select, "FORMAT parquet");
  }

  /** In groups of so many rows, a multiple of the engine's own 2048. */
  static Path parquet(Path file, String select, int rowsOfGroup) throws SQLException {
    return copy(file, select, "FORMAT parquet, ROW_GROUP_SIZE " + rowsOfGroup);
  }

  static Path csv(Path file, String select) throws SQLException {
    return copy(file, select, "FORMAT csv, HEADER true");
  }

  /** One object a line. */
  static Path json(Path file, String select) throws SQLException {
    return copy(file, select, "FORMAT json");
  }

  private static Path copy(Path file, String select, String format) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO %s (%s)".formatted(select, Sandbox.literal(file.toString()), format));
    }
    return file;
  }
}
