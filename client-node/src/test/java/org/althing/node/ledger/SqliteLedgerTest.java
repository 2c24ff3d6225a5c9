package org.althing.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
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
        .isThrownBy(() -> SqliteLedger.create(file))
        .withMessageContaining("never started over");
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
  void aFileThatOthersMayReadIsClosedToThem() throws IOException {
    Path file = directory.resolve("ledger.db");
    SqliteLedger.create(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    SqliteLedger.open(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** A log beside the file, whose tail may pass for torn, holds nothing that was acknowledged. */
  @Test
  void theFileAloneHoldsTheWholeLedger() throws IOException {
    Path file = directory.resolve("ledger.db");
    try (SqliteLedger store = SqliteLedger.create(file)) {
      assertThat(history(copyOf(file, "new.db"))).isEmpty();
      BudgetLedger ledger = BudgetLedger.open(store);
      ledger.setBudget("visits", new Rho(5));
      assertThat(history(copyOf(file, "written.db"))).isEqualTo(ledger.history());
    }
  }

  /** As a process leaves it that was killed between its commit and the move. */
  @Test
  void whatWasLeftInTheLogIsInTheFileOnceItIsOpened() throws Exception {
    Path file = directory.resolve("ledger.db");
    SqliteLedger.create(file).close();
    try (Connection left = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = left.createStatement()) {
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("PRAGMA wal_autocheckpoint = 0");
      sql.execute("INSERT INTO entry VALUES (1, x'00', zeroblob(32))");
      copyOf(file, "left.db");
      Files.copy(directory.resolve("ledger.db-wal"), directory.resolve("left.db-wal"));
    }
    assertThat(sequences(copyOf(directory.resolve("left.db"), "without-log.db"))).isEmpty();
    try (SqliteLedger opened = SqliteLedger.open(directory.resolve("left.db"))) {
      Path alone = copyOf(directory.resolve("left.db"), "alone.db");
      assertThat(sequences(alone)).containsExactly(1L);
      opened.append(2, new byte[1], Digest.of(new byte[0]));
    }
  }

  private Path copyOf(Path file, String name) throws IOException {
    return Files.copy(file, directory.resolve(name));
  }

  private static List<Long> sequences(Path file) throws IOException {
    List<Long> sequences = new ArrayList<>();
    try (SqliteLedger store = SqliteLedger.open(file)) {
      store.replay((sequence, entry, head) -> sequences.add(sequence));
    }
    return sequences;
  }

  /** Changes a ledger by a statement of SQL, as this class never would. */
  private Path tampered(String change) throws Exception {
    Path file = directory.resolve("tampered" + ++made + ".db");
    try (SqliteLedger store = SqliteLedger.create(file)) {
      BudgetLedger.open(store).setBudget("visits", new Rho(5));
    }
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = other.createStatement()) {
      sql.execute(change);
    }
    return file;
  }

  @Test
  void aLedgerOfAnotherProgramOrLayoutIsNone() throws Exception {
    assertThat(history(tampered("PRAGMA user_version = 1"))).hasSize(1);
    for (String change : List.of("PRAGMA application_id = 7", "PRAGMA user_version = 2")) {
      Path file = tampered(change);
      assertThatExceptionOfType(LedgerDamaged.class)
          .as(change)
          .isThrownBy(() -> SqliteLedger.open(file))
          .withMessageContaining("not a ledger of layout 1");
    }
  }

  @Test
  void anEntryWithoutItsDigestIsDamage() throws Exception {
    Path file = tampered("UPDATE entry SET head = zeroblob(31)");
    assertThatExceptionOfType(LedgerDamaged.class)
        .isThrownBy(() -> history(file))
        .withMessageContaining("entry 1 has no chain digest");
  }

  /** Every entry can be read, but a page's own account of itself is wrong. */
  @Test
  void aPageThatDoesNotAddUpIsDamage() throws Exception {
    Path file = tampered("PRAGMA user_version = 1");
    byte[] bytes = Files.readAllBytes(file);
    int secondPage = ((bytes[16] & 0xff) << 8) | (bytes[17] & 0xff);
    // How many bytes of the page are lost between its cells.
    bytes[secondPage + 7] = 9;
    Files.write(file, bytes);
    assertThatExceptionOfType(LedgerDamaged.class)
        .isThrownBy(() -> SqliteLedger.open(file))
        .withMessageContaining("is damaged: ");
  }

  @Test
  void whatIsNoDatabaseAnyMoreIsDamage() throws Exception {
    Path text = Files.writeString(directory.resolve("text.db"), "not a database; ".repeat(300));
    Path broken = tampered("PRAGMA user_version = 1");
    String content = Files.readString(broken, StandardCharsets.ISO_8859_1);
    Files.writeString(
        broken, content.replace("CREATE TABLE", "CREATE CABLE"), StandardCharsets.ISO_8859_1);
    for (Path file : List.of(text, broken)) {
      assertThatExceptionOfType(LedgerDamaged.class)
          .as(file.toString())
          .isThrownBy(() -> SqliteLedger.open(file))
          .withMessageContaining("is damaged");
    }
  }

  /** A file that fails for another reason is not called damaged: nobody must restore it. */
  @Test
  void aFailureThatIsNoDamageIsSaidToBeOne() throws Exception {
    SqliteLedger closed = SqliteLedger.create(directory.resolve("closed.db"));
    closed.close();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> closed.append(1, new byte[1], Digest.of(new byte[0])))
        .withMessageContaining("cannot be used");
    Path narrow = tampered("ALTER TABLE entry DROP COLUMN head");
    try (SqliteLedger store = SqliteLedger.open(narrow)) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> store.append(2, new byte[1], Digest.of(new byte[0])))
          .withMessageContaining("cannot be used");
    }
  }

  /** Else the one who may have it would be refused as long as this process lives. */
  @Test
  void whatCannotBeOpenedIsLetGo() throws Exception {
    Path foreign = tampered("PRAGMA application_id = 7");
    assertThatExceptionOfType(LedgerDamaged.class).isThrownBy(() -> SqliteLedger.open(foreign));
    assertThat(openFiles()).noneMatch(name -> name.startsWith(foreign.toString()));
    Path held = directory.resolve("held.db");
    try (SqliteLedger holder = SqliteLedger.create(held)) {
      assertThatIllegalStateException().isThrownBy(() -> SqliteLedger.open(held));
      holder.append(1, new byte[1], Digest.of(new byte[0]));
    }
    assertThat(openFiles()).noneMatch(name -> name.startsWith(held.toString()));
  }

  /** What this process has open, as Linux tells it. */
  private static List<String> openFiles() throws IOException {
    Path own = Path.of("/proc/self/fd");
    assumeThat(own).isDirectory();
    List<String> names = new ArrayList<>();
    try (Stream<Path> open = Files.list(own)) {
      for (Path each : open.toList()) {
        try {
          names.add(Files.readSymbolicLink(each).toString());
        } catch (NoSuchFileException e) {
          // The listing's own, closed since.
          continue;
        }
      }
    }
    return names;
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
