package org.althing.coordinator.store;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.study.LogFailure;
import org.althing.study.LogStore;

/**
 * The coordinator's log on disk: entries in order, and the totals they name by digest. A call
 * returns once its rows are synced (SQLite, WAL, {@code synchronous=FULL}); one process at a time
 * holds the file.
 */
public final class SqliteLog implements LogStore {
  private final Connection connection;

  private SqliteLog(Connection connection) {
    this.connection = connection;
  }

  public static SqliteLog open(Path directory) {
    Path file = directory.resolve("log.sqlite");
    try {
      Files.createDirectories(directory);
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA locking_mode=EXCLUSIVE");
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        statement.execute(
            "CREATE TABLE IF NOT EXISTS entry(number INTEGER PRIMARY KEY, content BLOB NOT NULL)");
        statement.execute(
            "CREATE TABLE IF NOT EXISTS payload(digest BLOB PRIMARY KEY, content BLOB NOT NULL)");
        statement.execute(
            "CREATE TABLE IF NOT EXISTS note(study BLOB PRIMARY KEY, content BLOB NOT NULL)");
      }
      return new SqliteLog(connection);
    } catch (SQLException | java.io.IOException e) {
      throw new LogFailure(
          "the log at " + file + " cannot be opened; is another coordinator using it?", e);
    }
  }

  @Override
  public synchronized List<byte[]> entries(long first, int most) {
    List<byte[]> entries = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, content FROM entry WHERE number >= ? ORDER BY number LIMIT ?")) {
      select.setLong(1, first);
      select.setInt(2, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (rows.getLong(1) != first + entries.size()) {
            throw new LogFailure(
                "the log lacks entry " + (first + entries.size()) + ": restore it from a backup");
          }
          entries.add(rows.getBytes(2));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw new LogFailure("the log cannot be read", e);
    }
  }

  @Override
  public synchronized void append(long number, byte[] entry) {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO entry(number, content) VALUES (?, ?)")) {
      insert.setLong(1, number);
      insert.setBytes(2, entry);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new LogFailure("entry " + number + " could not be made durable", e);
    }
  }

  @Override
  public synchronized void putTotal(Digest digest, long[] total) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * total.length);
    bytes.asLongBuffer().put(total);
    put("payload(digest, content)", digest, bytes.array());
  }

  @Override
  public synchronized Optional<long[]> total(Digest digest) {
    return get("SELECT content FROM payload WHERE digest = ?", digest)
        .map(
            bytes -> {
              long[] total = new long[bytes.length / 8];
              ByteBuffer.wrap(bytes).asLongBuffer().get(total);
              return total;
            });
  }

  @Override
  public synchronized void putNote(Digest study, byte[] note) {
    put("note(study, content)", study, note);
  }

  @Override
  public synchronized Optional<byte[]> note(Digest study) {
    return get("SELECT content FROM note WHERE study = ?", study);
  }

  private void put(String table, Digest key, byte[] content) {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO " + table + " VALUES (?, ?)")) {
      insert.setBytes(1, key.bytes());
      insert.setBytes(2, content);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new LogFailure("a record of the log could not be made durable", e);
    }
  }

  private Optional<byte[]> get(String query, Digest key) {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setBytes(1, key.bytes());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new LogFailure("the log cannot be read", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new LogFailure("the log could not be closed", e);
    }
  }
}
