package org.althing.node.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.Inspection;
import org.althing.cleaning.Recipe;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.node.source.SourceProblem.Kind;
import org.althing.table.RecordBatch;

/** An organisation's files under its binding to a contract. */
public final class RecordSource {
  /** Per file; the choice of rows needs 14 to 33 bytes for each. */
  static final long MOST_ROWS = 100_000_000;

  private final Contract contract;
  private final Binding binding;
  private final Recipe recipe;
  private final List<RowSource> files;

  private RecordSource(Contract contract, Binding binding, Recipe recipe, List<RowSource> files) {
    this.contract = contract;
    this.binding = binding;
    this.recipe = recipe;
    this.files = files;
  }

  private static void requireRows(long rows) throws SourceProblem {
    if (rows == 0) {
      throw new SourceProblem(
          Kind.NO_ROWS,
          "all files",
          "only column names, or no row that is not set aside → export again");
    }
  }

  /** As the other, without a recipe. */
  public static RecordSource of(List<Path> files, Contract contract, Binding binding)
      throws SourceProblem {
    return of(files, contract, binding, Recipe.NONE);
  }

  /**
   * Names the files; none is opened yet.
   *
   * @param files each of a {@link FileKind}
   */
  public static RecordSource of(List<Path> files, Contract contract, Binding binding, Recipe recipe)
      throws SourceProblem {
    List<RowSource> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(rowFile(file, binding, binding.writtenDays(contract.columns())));
    }
    if (sources.isEmpty()) {
      throw new SourceProblem(Kind.UNREADABLE, "the configuration", "no file is named → name one");
    }
    return new RecordSource(contract, binding, recipe, sources);
  }

  private static RowSource rowFile(Path file, Binding binding, Map<String, String> days)
      throws SourceProblem {
    Optional<FileKind> kind = FileKind.of(file);
    if (kind.isEmpty()) {
      throw new SourceProblem(
          Kind.UNKNOWN_FORMAT,
          file.toString(),
          "expected .csv, .tsv, .txt, .data, .jsonl or .ndjson, with or without .gz, .parquet or .table.yaml → export as one");
    }
    return switch (kind.get()) {
      case DELIMITED_TEXT -> new CsvFile(file, binding.format());
      case JSON_LINES -> new JsonLinesFile(file, days);
      case PARQUET -> new ParquetFile(file, days);
      case DATABASE_TABLE -> new DatabaseTable(file, days);
    };
  }

  /**
   * Reads every file once from beginning to end, and once more for each step of the recipe that
   * compares rows; refuses them if anything is wrong, and fixes which rows count.
   *
   * @param salt the study's public salt
   */
  public CleanRecords open(byte[] salt) throws SourceProblem {
    return open(salt, List.of());
  }

  /**
   * As the other, with further looks at every row in the same reading.
   *
   * @param inspections of the same binding
   */
  public CleanRecords open(byte[] salt, List<Inspection> inspections) throws SourceProblem {
    Cleaner cleaner = new Cleaner(contract, binding, salt, recipe);
    CleanRecords records = first(cleaner, inspections, rows -> {});
    records.weigh();
    return records;
  }

  /**
   * Opens, and scans once; both in one reading where every row counts whatever the others are.
   *
   * @param consumer see {@link CleanRecords#scan}; must not ask whose the records are
   */
  public CleanRecords scan(
      byte[] salt, List<Inspection> inspections, Consumer<RecordBatch> consumer)
      throws SourceProblem {
    Cleaner cleaner = new Cleaner(contract, binding, salt, recipe);
    if (cleaner.choosesNoRows()) {
      cleaner.startPass();
      return first(cleaner, inspections, rows -> consumer.accept(cleaner.cleanUnowned(rows)));
    }
    CleanRecords records = first(cleaner, inspections, rows -> {});
    records.weigh();
    records.scanUnowned(consumer);
    return records;
  }

  /** Reads every file for the first time. */
  private CleanRecords first(
      Cleaner cleaner, List<Inspection> inspections, Consumer<TextRows> further)
      throws SourceProblem {
    List<RowSource.Reading> readings = new ArrayList<>();
    List<Long> rowsUpTo = new ArrayList<>();
    for (RowSource file : files) {
      readings.add(
          ReadAhead.scan(
              file,
              cleaner.localNames(),
              rows -> {
                cleaner.see(rows);
                inspections.forEach(inspection -> inspection.see(rows));
                further.accept(rows);
              }));
      rowsUpTo.add(cleaner.selection().rowsSeen());
    }
    requireRows(cleaner.selection().rowsSeen());
    return new CleanRecords(cleaner, files, readings, rowsUpTo);
  }
}
