package org.althing.node.source;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.althing.table.RecordBatch;

/**
 * The cleaned records of one study, kept in memory where they are few, so that only the first of
 * its rounds reads rows.
 *
 * <p>Kept records are handed over while the files are byte for byte what they were made of, as
 * their digests tell; otherwise the files are read again and answer for themselves. They are let go
 * of where memory runs short. Not safe for concurrent use.
 */
public final class KeptRecords {
  private static final long MOST_BYTES = 64L << 20;

  private final CleanRecords records;
  private final long mostBytes;
  private Optional<SoftReference<List<RecordBatch>>> kept = Optional.empty();

  public KeptRecords(CleanRecords records) {
    this(records, MOST_BYTES);
  }

  KeptRecords(CleanRecords records, long mostBytes) {
    this.records = records;
    this.mostBytes = mostBytes;
  }

  /** Hands over every record that counts, as {@link CleanRecords#scan} does. */
  public void scan(Consumer<RecordBatch> consumer) throws SourceProblem {
    Optional<List<RecordBatch>> before = kept.map(SoftReference::get);
    if (before.isPresent() && records.filesAreUnchanged()) {
      before.get().forEach(consumer);
      return;
    }
    Keeping keeping = new Keeping();
    records.scan(
        batch -> {
          keeping.add(batch);
          consumer.accept(batch);
        });
    kept = keeping.all();
  }

  /** Batches while they are not too many. */
  private final class Keeping {
    private final List<RecordBatch> batches = new ArrayList<>();
    private long bytes;

    void add(RecordBatch batch) {
      bytes += batch.bytes();
      if (bytes <= mostBytes) {
        batches.add(batch);
      } else {
        batches.clear();
      }
    }

    Optional<SoftReference<List<RecordBatch>>> all() {
      return bytes <= mostBytes ? Optional.of(new SoftReference<>(batches)) : Optional.empty();
    }
  }
}
