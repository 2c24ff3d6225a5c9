package org.althing.node.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.TextRows;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * The cleaned records of one organisation for one study: scanned from the files as often as there
 * are releases, at most {@value RowBatches#MOST_ROWS} rows at a time. Not safe for concurrent use.
 */
public final class CleanRecords {
  private final Cleaner cleaner;
  private final List<RowSource> files;
  private final List<RowSource.Reading> first;
  private final List<Long> rowsUpTo;

  /**
   * @param first what each file's first reading gave
   * @param rowsUpTo how many rows all files up to each have, itself among them
   */
  CleanRecords(
      Cleaner cleaner, List<RowSource> files, List<RowSource.Reading> first, List<Long> rowsUpTo) {
    this.cleaner = cleaner;
    this.files = List.copyOf(files);
    this.first = List.copyOf(first);
    this.rowsUpTo = List.copyOf(rowsUpTo);
  }

  public Schema schema() {
    return cleaner.schema();
  }

  /** Rows in the files, before any choice; never leaves the node. */
  public long rowsSeen() {
    return cleaner.selection().rowsSeen();
  }

  /** Of each file that has any, the rows that were set aside and are in no number of rows here. */
  public List<RejectedRows> rejected() {
    return first.stream().flatMap(reading -> reading.rejected().stream()).toList();
  }

  /** How many files there are. */
  public int files() {
    return files.size();
  }

  /**
   * Where some rows are. Reads delimited text again, up to the last of them.
   *
   * @param rows counted from 1 over all files, those set aside not counted
   */
  public Map<Long, RowPlace> places(Collection<Long> rows) throws SourceProblem {
    Map<Long, RowPlace> places = new HashMap<>();
    long before = 0;
    for (int i = 0; i < files.size(); i++) {
      long earlier = before;
      long end = rowsUpTo.get(i);
      List<Long> own =
          rows.stream()
              .filter(row -> row > earlier && row <= end)
              .map(row -> row - earlier)
              .distinct()
              .sorted()
              .toList();
      List<Long> lines = own.isEmpty() ? List.of() : files.get(i).lines(own);
      for (int r = 0; r < own.size(); r++) {
        places.put(
            earlier + own.get(r),
            new RowPlace(
                files.get(i).name(),
                own.get(r),
                r < lines.size() ? OptionalLong.of(lines.get(r)) : OptionalLong.empty()));
      }
      before = end;
    }
    return places;
  }

  /** Rows that counted in the latest scan, before the recipe's steps; never leaves the node. */
  public long rowsCounted() {
    return cleaner.selection().rowsKept();
  }

  /** Rows of the latest scan after each of the recipe's steps about rows; never leaves the node. */
  public List<Long> rowsAfterSteps() {
    return cleaner.rowsAfterSteps();
  }

  /** Shows the rows to every step that must see all of them before it can tell. */
  void weigh() throws SourceProblem {
    while (cleaner.wantsWeighing()) {
      read(cleaner::weigh);
      cleaner.endWeighing();
    }
  }

  /**
   * Hands over every record that counts. Where this throws, what was made of the batches so far
   * must be thrown away: the files are then not what the study's choice of rows was made on.
   */
  public void scan(Consumer<RecordBatch> consumer) throws SourceProblem {
    read(rows -> consumer.accept(cleaner.clean(rows)));
  }

  /** As the other, for whoever does not ask whose the records are. */
  void scanUnowned(Consumer<RecordBatch> consumer) throws SourceProblem {
    read(rows -> consumer.accept(cleaner.cleanUnowned(rows)));
  }

  private void read(Consumer<TextRows> consumer) throws SourceProblem {
    cleaner.startPass();
    for (int i = 0; i < files.size(); i++) {
      requireUnchanged(i, ReadAhead.scan(files.get(i), cleaner.localNames(), consumer).digest());
    }
  }

  private void requireUnchanged(int file, Digest now) throws SourceProblem {
    if (!now.equals(first.get(file).digest())) {
      throw new SourceProblem(
          Kind.CHANGED, "file " + (file + 1), "its content differs from before → run again");
    }
  }

  /**
   * Whether the files are known to be what they were at first, without reading rows.
   *
   * @throws SourceProblem where one is known to be another, as a scan would
   */
  boolean filesAreUnchanged() throws SourceProblem {
    boolean all = true;
    for (int i = 0; i < files.size(); i++) {
      Optional<Digest> now = files.get(i).digest();
      if (now.isPresent()) {
        requireUnchanged(i, now.get());
      }
      all &= now.isPresent();
    }
    return all;
  }

  /** All records in memory, about 20 bytes per value; for files that fit. */
  public List<RecordBatch> load() throws SourceProblem {
    List<RecordBatch> batches = new ArrayList<>();
    scan(batches::add);
    return batches;
  }
}
