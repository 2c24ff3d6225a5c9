package org.althing.node.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /**
   * @param first what each file's first reading gave
   */
  CleanRecords(Cleaner cleaner, List<RowSource> files, List<RowSource.Reading> first) {
    this.cleaner = cleaner;
    this.files = List.copyOf(files);
    this.first = List.copyOf(first);
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

  private void read(Consumer<TextRows> consumer) throws SourceProblem {
    cleaner.startPass();
    for (int i = 0; i < files.size(); i++) {
      requireUnchanged(i, files.get(i).scan(cleaner.localNames(), consumer).digest());
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
