package org.althing.privacy;

class MemoryLedgerStoreTest extends LedgerStoreContract {
  @Override
  protected LedgerStore create() {
    return new MemoryLedgerStore();
  }

  @Override
  protected LedgerStore reopen(LedgerStore store) {
    store.close();
    return ((MemoryLedgerStore) store).reopened();
  }
}
