package org.althing.privacy;

import org.althing.encoding.Digest;

/**
 * Where a ledger's entries are kept: append-only, durable, one writer.
 *
 * <p>A store keeps bytes and knows no rules; {@link BudgetLedger} numbers the entries, chains their
 * digests and verifies both when it opens. Failures are unchecked ({@code UncheckedIOException}).
 */
public interface LedgerStore extends AutoCloseable {
  /** Shows every entry in the order of its number. */
  void replay(Replay to);

  /**
   * Keeps one entry; when this returns, the entry survives the loss of the process and of power.
   *
   * <p>If it throws, the entry may or may not have been kept: whoever appended opens the ledger
   * anew before it goes on.
   *
   * @param sequence one more than the last entry's number; 1 in an empty store
   */
  void append(long sequence, byte[] entry, Digest head);

  @Override
  void close();

  /** Receives the entries of a store. */
  @FunctionalInterface
  interface Replay {
    void entry(long sequence, byte[] entry, Digest head);
  }
}
