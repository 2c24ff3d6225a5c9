package org.althing.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.althing.encoding.Digest;
import org.althing.privacy.LedgerDamaged;
import org.althing.privacy.LedgerStore;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A ledger's entries in one SQLite file that only its owner may read, held by one process at a
 * time.
 *
 * <p>Every append is committed to a synced write-ahead log and then moved into the main file before
 * it returns: a damaged log tail, which SQLite takes for a torn write and drops, can therefore hold
 * no acknowledged entry. Pages are checked when the file is opened, entries by {@link
 * org.althing.privacy.BudgetLedger#open}. Never makes a ledger where one is missing: a lost file
 * must not pass for an unspent budget.
 */
public final class SqliteLedger implements LedgerStore {
  /** "Alth", in the file's header. */
  private static final int APPLICATION_ID = 0x416c7468;

  private static final int LAYOUT = 1;
  private final Path file;
  private final Connection connection;
  private long last;

  private SqliteLedger(Path file, Connection connection, long last) {
    this.file = file;
    this.connection = connection;
    this.last = last;
  }

  /**
   * Makes an empty ledger, once in a node's life.
   *
   * @throws FileAlreadyExistsException if the file exists: a ledger is never started over
   */
  public static SqliteLedger create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().resolveSibling(".");
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "a ledger is there already; open it, it is never started over");
    }
    Files.createFile(file);
    restrictToOwner(file);
    sync(directory);
    try {
      Connection connection = connect(file);
      try (Statement sql = connection.createStatement()) {
        sql.execute("PRAGMA application_id = " + APPLICATION_ID);
        sql.execute("PRAGMA user_version = " + LAYOUT);
        sql.execute(
            "CREATE TABLE entry (sequence INTEGER PRIMARY KEY, content BLOB NOT NULL,"
                + " head BLOB NOT NULL) STRICT");
      }
      moveLogIntoFile(connection);
      return new SqliteLedger(file, connection, 0);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /**
   * Opens the ledger and checks every page of it.
   *
   * @throws NoSuchFileException if the file is missing
   * @throws IllegalStateException if another process holds the ledger
   * @throws LedgerDamaged if the file is not a sound ledger
   */
  public static SqliteLedger open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "no ledger is there; restore its newest copy");
    }
    restrictToOwner(file);
    Connection connection = null;
    try {
      connection = connect(file);
      checkPages(file, connection);
      moveLogIntoFile(connection);
      return new SqliteLedger(
          file, connection, number(connection, "SELECT coalesce(max(sequence), 0) FROM entry"));
    } catch (SQLException | LedgerDamaged e) {
      closeQuietly(connection);
      throw e instanceof LedgerDamaged damaged ? damaged : failure(file, (SQLException) e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA busy_timeout = 0");
      sql.execute("PRAGMA locking_mode = EXCLUSIVE");
      sql.execute("PRAGMA synchronous = FULL");
      sql.execute("PRAGMA fullfsync = 1");
      sql.execute("PRAGMA checkpoint_fullfsync = 1");
      sql.execute("PRAGMA trusted_schema = OFF");
      sql.execute("PRAGMA cell_size_check = ON");
      if (!answer(connection, "PRAGMA journal_mode = WAL").equals("wal")) {
        throw new SQLException("the file system does not allow a write-ahead log");
      }
      // The exclusive lock is taken by the first write transaction and then kept.
      sql.execute("BEGIN EXCLUSIVE");
      sql.execute("COMMIT");
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  private static void checkPages(Path file, Connection connection) throws SQLException {
    String found = answer(connection, "PRAGMA integrity_check(1)");
    if (!found.equals("ok")) {
      throw new LedgerDamaged("the ledger " + file + " is damaged: " + found);
    }
    if (number(connection, "PRAGMA application_id") != APPLICATION_ID
        || number(connection, "PRAGMA user_version") != LAYOUT) {
      throw new LedgerDamaged(file + " is not a ledger of layout " + LAYOUT);
    }
  }

  @Override
  public void replay(Replay to) {
    try (Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery("SELECT sequence, content, head FROM entry ORDER BY sequence")) {
      while (rows.next()) {
        byte[] head = rows.getBytes(3);
        if (head.length != Digest.BYTES) {
          throw new LedgerDamaged("ledger entry " + rows.getLong(1) + " has no chain digest");
        }
        to.entry(rows.getLong(1), rows.getBytes(2), Digest.ofBytes(head));
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  @Override
  public synchronized void append(long sequence, byte[] entry, Digest head) {
    if (sequence != last + 1) {
      throw new IllegalStateException(
          "the next ledger entry is number %d, got %d".formatted(last + 1, sequence));
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?)")) {
      insert.setLong(1, sequence);
      insert.setBytes(2, entry);
      insert.setBytes(3, head.bytes());
      insert.executeUpdate();
      moveLogIntoFile(connection);
    } catch (SQLException e) {
      throw failure(file, e);
    }
    last = sequence;
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static void moveLogIntoFile(Connection connection) throws SQLException {
    if (number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
      throw new SQLException("the write-ahead log could not be moved into the ledger");
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    return Long.parseLong(answer(connection, query));
  }

  private static String answer(Connection connection, String query) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet result = sql.executeQuery(query)) {
      if (!result.next()) {
        throw new SQLException("no answer to " + query);
      }
      return result.getString(1);
    }
  }

  private static RuntimeException failure(Path file, SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
    // Extended codes carry their primary code in the low byte.
    int primary = code.code & 0xff;
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code) {
      return new IllegalStateException(
          "the ledger " + file + " is held by another process; stop that one first", e);
    }
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new LedgerDamaged("the ledger " + file + " is damaged", e);
    }
    return new UncheckedIOException(
        new IOException("the ledger " + file + " cannot be used: " + e.getMessage(), e));
  }

  private static void restrictToOwner(Path file) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Makes the new file's name durable, where directories can be synced. */
  private static void sync(Path directory) throws IOException {
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The failure that led here is the one to report.
        return;
      }
    }
  }
}
