package org.althing.node.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.document.DocumentError;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;

/**
 * A table or view of a PostgreSQL database, read in one read-only transaction at repeatable read
 * and streamed. Rows come in the order of the key and, where that leaves a choice, of their fields,
 * so that the digest of their texts is the same whenever the rows are. Texts are as in {@link
 * ParquetFile}.
 */
final class DatabaseTable implements RowSource {
  private static final int FETCHED_ROWS = 2000;
  private static final Set<String> PLAIN =
      Set.of(
          "bool", "int2", "int4", "int8", "float4", "float8", "text", "varchar", "bpchar", "date",
          "time", "uuid");

  private final Path file;
  private final String where;
  private final Map<String, String> days;

  /**
   * Names a table; nothing is opened yet.
   *
   * @param file see {@link TableSettings}
   */
  DatabaseTable(Path file) {
    this(file, Map.of());
  }

  /**
   * As the other.
   *
   * @param days see {@link ParquetFile}
   */
  DatabaseTable(Path file, Map<String, String> days) {
    this.file = file;
    this.days = days;
    this.where = String.valueOf(file.getFileName());
  }

  @Override
  public String name() {
    return where;
  }

  @Override
  public Reading scan(List<String> names, RowBatches rows) throws SourceProblem {
    try {
      TableSettings settings = TableSettings.read(file);
      try (Connection connection =
          DriverManager.getConnection(settings.url(), settings.connection())) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return new Reading(read(connection, settings, names, rows));
      }
    } catch (SQLException e) {
      throw problem(Kind.DATABASE, remedy(e));
    } catch (DocumentError e) {
      throw problem(Kind.DATABASE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw FileContent.problem(file, e);
    }
  }

  private Digest read(
      Connection connection, TableSettings settings, List<String> names, RowBatches rows)
      throws SQLException, SourceProblem {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = '" + settings.timeoutSeconds() + "s'");
      statement.execute("SET LOCAL TimeZone = 'UTC'");
      statement.execute("SET LOCAL DateStyle = 'ISO'");
      statement.execute("SET LOCAL IntervalStyle = 'iso_8601'");
      statement.execute("SET LOCAL extra_float_digits = 1");
    }
    String query = query(connection, settings, names);
    RowLimits limits = new RowLimits(where);
    MessageDigest digest = Digest.sha256();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED_ROWS);
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          String[] row = texts(result, names.size());
          limits.check(row);
          note(digest, row);
          rows.add(row);
        }
        rows.handOver();
      }
    }
    return Digest.ofBytes(digest.digest());
  }

  private static String[] texts(ResultSet row, int count) throws SQLException {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = Objects.requireNonNullElse(row.getString(i + 1), "");
    }
    return texts;
  }

  /** Each text after its length, so that no two tables have the same bytes. */
  private static void note(MessageDigest digest, String[] row) {
    for (String text : row) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      digest.update(utf8);
    }
  }

  private String query(Connection connection, TableSettings settings, List<String> names)
      throws SQLException, SourceProblem {
    String from =
        " FROM %s.%s"
            .formatted(Sandbox.identifier(settings.schema()), Sandbox.identifier(settings.table()));
    Map<String, String> texts = texts(connection, from);
    List<String> missing =
        Stream.concat(names.stream(), settings.key().stream())
            .filter(n -> !texts.containsKey(n))
            .toList();
    if (!missing.isEmpty()) {
      throw problem(
          Kind.MISSING_COLUMN,
          "expected %s among its %d column(s) → correct \"from:\" in the binding or \"key:\" here, or declare the column absent"
              .formatted(missing, texts.size()));
    }
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      String text = texts.getOrDefault(name, "");
      if (text.isEmpty()) {
        throw problem(
            Kind.NESTED,
            "expected numbers, texts, flags or dates in %s → write a view that casts it"
                .formatted(name));
      }
      fields.add(text);
    }
    String order =
        Stream.concat(settings.key().stream(), names.stream())
            .distinct()
            .map(Sandbox::identifier)
            .collect(Collectors.joining(", "));
    return "SELECT " + String.join(", ", fields) + from + " ORDER BY " + order;
  }

  /** How each column is written as text, in their order; with "" where it cannot be. */
  private Map<String, String> texts(Connection connection, String from) throws SQLException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT *" + from + " LIMIT 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnLabel(i);
        String type = columns.getColumnTypeName(i);
        String text = text(Sandbox.identifier(name), type, columns.getColumnType(i));
        String format = type.equals("date") ? days.get(name) : null;
        texts.put(name, format == null ? text : IsoDay.written(text, format));
      }
    }
    return texts;
  }

  /** How a column is written as text; empty for none. */
  private static String text(String column, String type, int jdbcType) {
    String plain = column + "::text";
    if (type.equals("numeric")) {
      return "trim_scale(%s)::text".formatted(column);
    }
    if (type.equals("timestamp")) {
      return "replace(%s, ' ', 'T')".formatted(plain);
    }
    if (type.equals("timestamptz")) {
      return "replace((%s AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'".formatted(column);
    }
    // The driver gives this type to enumerations, whatever their names.
    return PLAIN.contains(type) || jdbcType == Types.VARCHAR ? plain : "";
  }

  /** The server's own words may quote a value, so of them only the SQLSTATE class passes. */
  private static String remedy(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String what =
        state.matches("[0-9A-Z]{5}") ? "SQLSTATE " + state : "an error without a SQLSTATE";
    if (state.startsWith("08")) {
      return what
          + " → check url, that the server runs and takes connections from here, and over TLS that authority vouches for a server of this host name";
    }
    if (state.startsWith("28")) {
      return what + " → check user and password file";
    }
    if (state.startsWith("42")) {
      return what + " → check that table names a table or view that the user may read";
    }
    return state.equals("57014")
        ? what + " → the reading took longer than timeout_seconds"
        : what + " → ask the database's administrator";
  }

  private SourceProblem problem(Kind kind, String detail) {
    return new SourceProblem(kind, where, detail);
  }
}
