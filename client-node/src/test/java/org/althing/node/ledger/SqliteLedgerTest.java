package org.althing.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerDamaged;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.LedgerStore;
import org.althing.privacy.LedgerStoreContract;
import org.althing.privacy.Rho;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerStoreContract {
  @TempDir Path directory;
  private int made;

  @Override
  protected LedgerStore create() throws IOException {
    return SqliteLedger.create(directory.resolve("ledger" + ++made + ".db"));
  }

  @Override
  protected LedgerStore reopen(LedgerStore store) throws IOException {
    store.close();
    return SqliteLedger.open(directory.resolve("ledger" + made + ".db"));
  }

  @Test
  void aMissingLedgerIsNotAnEmptyOne() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> SqliteLedger.open(directory.resolve("absent.db")))
        .withMessageContaining("restore");
    assertThat(directory.resolve("absent.db")).doesNotExist();
  }

  @Test
  void aLedgerIsNeverStartedOver() throws IOException {
    Path file = directory.resolve("ledger.db");
    SqliteLedger.create(file).close();
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> SqliteLedger.create(file));
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws IOException {
    Path file = directory.resolve("ledger.db");
    try (SqliteLedger store = SqliteLedger.create(file)) {
      BudgetLedger.open(store).setBudget("visits", new Rho(5));
      try (var files = Files.list(directory)) {
        assertThat(files.toList())
            .isNotEmpty()
            .allSatisfy(
                each ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void aSecondHolderIsRefused() throws IOException {
    Path file = directory.resolve("ledger.db");
    try (SqliteLedger held = SqliteLedger.create(file)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> SqliteLedger.open(file))
          .withMessageContaining("held by another process");
      BudgetLedger.open(held).setBudget("visits", new Rho(5));
    }
    SqliteLedger.open(file).close();
  }

  @Test
  void aForeignDatabaseIsNoLedger() throws Exception {
    Path file = directory.resolve("foreign.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = other.createStatement()) {
      sql.execute("CREATE TABLE entry (sequence INTEGER PRIMARY KEY, content BLOB, head BLOB)");
    }
    assertThatExceptionOfType(LedgerDamaged.class).isThrownBy(() -> SqliteLedger.open(file));
  }

  @Test
  void noFlippedBitChangesWhatIsSpent() throws IOException {
    assertNoFlipPasses(23);
  }

  @Test
  @Tag("nightly")
  void noFlippedBitAnywhereChangesWhatIsSpent() throws IOException {
    assertNoFlipPasses(1);
  }

  /** Flips one bit in every {@code step}th byte, each in a fresh copy. */
  private void assertNoFlipPasses(int step) throws IOException {
    Path file = directory.resolve("ledger.db");
    try (SqliteLedger store = SqliteLedger.create(file)) {
      BudgetLedger ledger = BudgetLedger.open(store);
      for (int k = 1; k <= 12; k++) {
        ledger.setBudget("population " + k, new Rho(k * 1_000_000_007L));
      }
    }
    List<LedgerEntry> written = history(file);
    byte[] sound = Files.readAllBytes(file);
    int detected = 0;
    for (int at = 0; at < sound.length; at += step) {
      byte[] flipped = sound.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      Path copy = Files.write(directory.resolve("copy.db"), flipped);
      try {
        assertThat(history(copy)).as("byte %d", at).isEqualTo(written);
      } catch (RuntimeException e) {
        detected++;
      }
      for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(directory.resolve("copy.db" + suffix));
      }
    }
    assertThat(detected).as("flips detected in a file of %d bytes", sound.length).isPositive();
  }

  private static List<LedgerEntry> history(Path file) throws IOException {
    try (SqliteLedger store = SqliteLedger.open(file)) {
      return BudgetLedger.open(store).history();
    }
  }
}
