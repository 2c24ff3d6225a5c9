package org.althing.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Digest;

/** A ledger store that forgets with the process, and fails on demand. */
public final class MemoryLedgerStore implements LedgerStore {
  /** What the next append does. */
  public enum Next {
    KEEP,
    FAIL_BEFORE_KEEPING,
    FAIL_AFTER_KEEPING
  }

  private record Row(long sequence, byte[] entry, Digest head) {}

  private final List<Row> rows = new ArrayList<>();
  private Next next = Next.KEEP;
  private boolean closed;

  /** Applies to one append, then appends are kept again. */
  public void next(Next what) {
    next = what;
  }

  public int size() {
    return rows.size();
  }

  @Override
  public void replay(Replay to) {
    requireOpen();
    rows.forEach(row -> to.entry(row.sequence(), row.entry().clone(), row.head()));
  }

  @Override
  public void append(long sequence, byte[] entry, Digest head) {
    requireOpen();
    if (sequence != rows.size() + 1) {
      throw new IllegalStateException(
          "the next ledger entry is number %d, got %d".formatted(rows.size() + 1, sequence));
    }
    Next now = next;
    next = Next.KEEP;
    if (now != Next.FAIL_BEFORE_KEEPING) {
      rows.add(new Row(sequence, entry.clone(), head));
    }
    if (now != Next.KEEP) {
      throw new UncheckedIOException(new IOException("disk full"));
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** The same entries for another ledger, as after a restart. */
  public MemoryLedgerStore reopened() {
    MemoryLedgerStore again = new MemoryLedgerStore();
    again.rows.addAll(rows);
    return again;
  }

  /** The same entries with one of them changed behind the ledger's back; null leaves it out. */
  public MemoryLedgerStore tampered(int index, byte[] entry) {
    MemoryLedgerStore other = reopened();
    Row row = other.rows.remove(index);
    if (entry != null) {
      other.rows.add(index, new Row(row.sequence(), entry, row.head()));
    }
    return other;
  }

  public byte[] entry(int index) {
    return rows.get(index).entry().clone();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
