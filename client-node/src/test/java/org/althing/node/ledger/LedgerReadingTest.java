package org.althing.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.Rho;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReadingTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("a ledger.sqlite");
  }

  @Test
  void showsEveryEntryWhileAnotherHoldsTheLedger() throws IOException {
    try (SqliteLedger held = SqliteLedger.create(file())) {
      BudgetLedger ledger = BudgetLedger.open(held);
      for (int i = 1; i <= 3; i++) {
        ledger.setBudget("patients", new Rho(i));
        BudgetLedger read = LedgerReading.of(file());
        assertThat(read.head()).isEqualTo(ledger.head());
        assertThat(read.balance("patients").budget()).isEqualTo(new Rho(i));
      }
    }
  }

  @Test
  void leavesTheFileAndItsFolderAsTheyWere() throws IOException {
    try (SqliteLedger held = SqliteLedger.create(file())) {
      BudgetLedger.open(held).setBudget("patients", new Rho(7));
      byte[] before = Files.readAllBytes(file());
      long files;
      try (var list = Files.list(folder)) {
        files = list.count();
      }
      LedgerReading.of(file());
      assertThat(Files.readAllBytes(file())).isEqualTo(before);
      try (var list = Files.list(folder)) {
        assertThat(list.count()).isEqualTo(files);
      }
      BudgetLedger.open(held).setBudget("patients", new Rho(8));
    }
  }

  @Test
  void cannotBeWrittenTo() throws IOException {
    SqliteLedger.create(file()).close();
    assertThatThrownBy(() -> LedgerReading.of(file()).setBudget("patients", new Rho(1)))
        .hasMessageContaining("not written to");
  }

  @Test
  void neitherReadsAMissingNorADamagedLedger() throws IOException {
    assertThatThrownBy(() -> LedgerReading.of(file())).isInstanceOf(NoSuchFileException.class);
    Files.writeString(file(), "no ledger at all, but some text that is long enough to be read");
    assertThatThrownBy(() -> LedgerReading.of(file())).isInstanceOf(IOException.class);
  }
}
