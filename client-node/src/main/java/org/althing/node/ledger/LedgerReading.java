package org.althing.node.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerDamaged;
import org.althing.privacy.LedgerStore;

/**
 * A ledger as it stands, read beside the process that holds it.
 *
 * <p>{@link SqliteLedger} moves every entry into the main file before the append returns, so that
 * file alone is the ledger; it is read as if it could not change, without a lock. Should it change
 * meanwhile, the entries' chain does not hold and it is read once more.
 */
public final class LedgerReading implements LedgerStore {
  private static final int TRIES = 20;
  private final List<Row> rows;

  private record Row(long sequence, Bytes content, Digest head) {}

  private LedgerReading(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * The verified ledger; it cannot be written to.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if no reading of it is sound
   */
  public static BudgetLedger of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "no ledger is there: the node has not run yet");
    }
    for (int left = TRIES - 1; ; left--) {
      try {
        return BudgetLedger.open(new LedgerReading(rows(file)));
      } catch (SQLException | LedgerDamaged e) {
        if (left == 0) {
          throw new IOException(
              "the ledger %s could not be read soundly in %d tries: %s"
                  .formatted(file, TRIES, e.getMessage()),
              e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static List<Row> rows(Path file) throws SQLException {
    List<Row> rows = new ArrayList<>();
    String address = "jdbc:sqlite:" + file.toAbsolutePath().normalize().toUri() + "?immutable=1";
    try (Connection connection = DriverManager.getConnection(address);
        Statement sql = connection.createStatement();
        ResultSet found =
            sql.executeQuery("SELECT sequence, content, head FROM entry ORDER BY sequence")) {
      while (found.next()) {
        byte[] head = found.getBytes(3);
        if (head == null || head.length != Digest.BYTES) {
          throw new LedgerDamaged("ledger entry " + found.getLong(1) + " has no chain digest");
        }
        rows.add(new Row(found.getLong(1), Bytes.of(found.getBytes(2)), Digest.ofBytes(head)));
      }
    }
    return rows;
  }

  @Override
  public void replay(Replay to) {
    rows.forEach(row -> to.entry(row.sequence(), row.content().toArray(), row.head()));
  }

  @Override
  public void append(long sequence, byte[] entry, Digest head) {
    throw new IllegalStateException("a reading of a ledger is not written to");
  }

  @Override
  public void close() {
    // The file was closed when it had been read.
  }
}
