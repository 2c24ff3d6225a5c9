package org.althing.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.althing.encoding.Digest;
import org.althing.study.LogStore;

/** A log's store that shows every entry once it is durable. */
record WatchedLog(LogStore store, Consumer<byte[]> durable) implements LogStore {
  @Override
  public List<byte[]> entries(long first, int most) {
    return store.entries(first, most);
  }

  @Override
  public void append(long number, byte[] entry) {
    store.append(number, entry);
    durable.accept(entry);
  }

  @Override
  public void putTotal(Digest digest, long[] total) {
    store.putTotal(digest, total);
  }

  @Override
  public Optional<long[]> total(Digest digest) {
    return store.total(digest);
  }

  @Override
  public void putNote(Digest study, byte[] note) {
    store.putNote(study, note);
  }

  @Override
  public Optional<byte[]> note(Digest study) {
    return store.note(study);
  }

  @Override
  public void close() {
    store.close();
  }
}
