package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.althing.encoding.Digest;
import org.junit.jupiter.api.Test;

/** What every ledger store keeps to; each store's own test extends it. */
public abstract class LedgerStoreContract {
  /** An empty store. */
  protected abstract LedgerStore create() throws IOException;

  /** What {@link #create} last made, closed and opened again. */
  protected abstract LedgerStore reopen(LedgerStore store) throws IOException;

  @Test
  void anEmptyStoreReplaysNothing() throws IOException {
    try (LedgerStore store = create()) {
      assertThat(rows(store)).isEmpty();
    }
  }

  @Test
  void keepsEntriesInOrderWithTheirBytesAndHeads() throws IOException {
    LedgerStore store = create();
    List<String> written = new ArrayList<>();
    Random random = new Random(7);
    for (int k = 1; k <= 50; k++) {
      byte[] entry = new byte[random.nextInt(5000)];
      random.nextBytes(entry);
      Digest head = Digest.of(new byte[] {(byte) k});
      store.append(k, entry, head);
      written.add(k + " " + Digest.of(entry) + " " + head);
    }
    assertThat(rows(store)).isEqualTo(written);
    try (LedgerStore again = reopen(store)) {
      assertThat(rows(again)).isEqualTo(written);
    }
  }

  @Test
  void refusesAnEntryOutOfOrderAndKeepsNothingOfIt() throws IOException {
    try (LedgerStore store = create()) {
      Digest head = Digest.of(new byte[0]);
      assertThatIllegalStateException().isThrownBy(() -> store.append(2, new byte[1], head));
      store.append(1, new byte[1], head);
      assertThatIllegalStateException().isThrownBy(() -> store.append(1, new byte[1], head));
      assertThatIllegalStateException().isThrownBy(() -> store.append(3, new byte[1], head));
      assertThat(rows(store)).hasSize(1);
    }
  }

  @Test
  void goesOnAfterTheLastEntryWhenReopened() throws IOException {
    LedgerStore store = create();
    store.append(1, new byte[] {1}, Digest.of(new byte[0]));
    try (LedgerStore again = reopen(store)) {
      again.append(2, new byte[] {2}, Digest.of(new byte[0]));
      assertThat(rows(again)).hasSize(2);
    }
  }

  @Test
  void aClosedStoreTakesNothing() throws IOException {
    LedgerStore store = create();
    store.close();
    assertThatThrownBy(() -> store.append(1, new byte[1], Digest.of(new byte[0])))
        .isInstanceOf(RuntimeException.class);
  }

  private static List<String> rows(LedgerStore store) {
    List<String> rows = new ArrayList<>();
    store.replay(
        (sequence, entry, head) -> rows.add(sequence + " " + Digest.of(entry) + " " + head));
    return rows;
  }
}
