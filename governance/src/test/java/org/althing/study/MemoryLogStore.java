package org.althing.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.encoding.Digest;

/** A log's store that forgets when its process does. */
public final class MemoryLogStore implements LogStore {
  private final List<byte[]> entries = new ArrayList<>();
  private final Map<Digest, long[]> totals = new HashMap<>();
  private final Map<Digest, byte[]> notes = new HashMap<>();

  @Override
  public List<byte[]> entries(long first, int most) {
    return entries.stream().skip(first).limit(most).toList();
  }

  @Override
  public void append(long number, byte[] entry) {
    entries.add(entry);
  }

  @Override
  public void putTotal(Digest digest, long[] total) {
    totals.put(digest, total);
  }

  @Override
  public Optional<long[]> total(Digest digest) {
    return Optional.ofNullable(totals.get(digest));
  }

  @Override
  public void putNote(Digest study, byte[] note) {
    notes.put(study, note);
  }

  @Override
  public Optional<byte[]> note(Digest study) {
    return Optional.ofNullable(notes.get(study));
  }

  @Override
  public void close() {}
}
