package org.althing.node.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;

/** A delimited text file, its columns named by the first line or by their positions. */
final class CsvFile implements RowSource {
  private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path path;
  private final SourceFormat format;
  private final String fileName;

  CsvFile(Path path, SourceFormat format) {
    this.path = path;
    this.format = format;
    this.fileName = String.valueOf(path.getFileName());
  }

  @Override
  public Reading scan(List<String> names, RowBatches rows) throws SourceProblem {
    try (FileContent content = FileContent.open(path);
        CharFeed feed = new CharFeed(content, format.charset())) {
      refuseOtherMark();
      CsvReader reader = new CsvReader(fileName, feed, format);
      int[] targets = begin(reader, names, rows);
      long count = rows.rows().rows();
      while (reader.row(targets, rows.rows())) {
        if (++count > RecordSource.MOST_ROWS) {
          throw reader.problem(
              Kind.TOO_MANY_ROWS, "expected at most %d rows".formatted(RecordSource.MOST_ROWS));
        }
        rows.endRow();
      }
      rows.handOver();
      if (count == 0 && !format.header() && reader.rejected().isEmpty()) {
        throw empty("rows");
      }
      return new Reading(content.digest(), rejected(targets.length, reader.rejected()));
    } catch (IOException e) {
      throw FileContent.problem(path, e);
    }
  }

  @Override
  public String name() {
    return fileName;
  }

  @Override
  public List<Long> lines(List<Long> rows) throws SourceProblem {
    List<Long> lines = new ArrayList<>();
    try (FileContent content = FileContent.open(path);
        CharFeed feed = new CharFeed(content, format.charset())) {
      CsvReader reader = new CsvReader(fileName, feed, format);
      RowBatches none = new RowBatches(0, batch -> {});
      int[] targets = begin(reader, List.of(), none);
      long row = none.rows().rows();
      for (long wanted : rows) {
        boolean more = true;
        while (row < wanted && more) {
          more = reader.row(targets, none.rows());
          row++;
        }
        if (more) {
          lines.add(reader.line());
        }
      }
      return lines;
    } catch (IOException e) {
      throw FileContent.problem(path, e);
    }
  }

  /** Where each field goes; reads the names, or a first row that alone says how many there are. */
  private int[] begin(CsvReader reader, List<String> names, RowBatches rows)
      throws SourceProblem, IOException {
    if (format.fields().isPresent()) {
      return byPosition(format.fields().getAsInt(), names);
    }
    List<String> first = reader.first();
    if (format.header()) {
      return byName(first, names);
    }
    int[] targets = byPosition(first.size(), names);
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0) {
        rows.rows().set(targets[i], first.get(i));
      }
    }
    rows.endRow();
    return targets;
  }

  private Optional<RejectedRows> rejected(int fields, List<RejectedRows.Row> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new RejectedRows(fileName, fields, format.rejects(), rows));
  }

  private SourceProblem empty(String expected) {
    return new SourceProblem(
        Kind.EMPTY, fileName, "expected %s → export the file again".formatted(expected));
  }

  @Override
  public Optional<Digest> digest() throws SourceProblem {
    try {
      return Optional.of(FileContent.digest(path));
    } catch (IOException e) {
      throw FileContent.problem(path, e);
    }
  }

  /** ISO-8859-1 gives every byte a meaning, so UTF-8 would pass unnoticed but for its mark. */
  private void refuseOtherMark() throws SourceProblem, IOException {
    byte[] start = new byte[UTF8_MARK.length];
    try (InputStream in = FileContent.open(path)) {
      in.readNBytes(start, 0, start.length);
    }
    if (Arrays.equals(start, UTF8_MARK) && !format.charset().name().equals("UTF-8")) {
      throw new SourceProblem(
          Kind.CHARSET,
          fileName + ":1",
          "declared as %s but marked as UTF-8 → correct file.charset"
              .formatted(format.charset().name()));
    }
  }

  private int[] byPosition(int fields, List<String> names) throws SourceProblem {
    if (fields == 0) {
      throw empty("rows");
    }
    List<String> all = IntStream.rangeClosed(1, fields).mapToObj(SourceFormat::nameOf).toList();
    List<String> missing = names.stream().filter(n -> !all.contains(n)).toList();
    if (!missing.isEmpty()) {
      throw new SourceProblem(
          Kind.MISSING_COLUMN,
          fileName + ":1",
          "expected %s, the row has %d field(s) → correct \"position:\" or file.delimiter in the binding"
              .formatted(missing, fields));
    }
    return all.stream().mapToInt(names::indexOf).toArray();
  }

  private int[] byName(List<String> first, List<String> names) throws SourceProblem {
    List<String> header = first.stream().map(String::strip).toList();
    if (header.isEmpty()) {
      throw empty("a line of column names");
    }
    // Two columns that nobody reads may be named alike; spreadsheets export some without a name.
    List<String> read = header.stream().filter(names::contains).toList();
    if (read.stream().distinct().count() != read.size()) {
      throw new SourceProblem(
          Kind.DUPLICATE_COLUMN, fileName + ":1", "every name once → rename one of the columns");
    }
    // Names from the binding may be shown; what the file has there may be a row of data.
    List<String> missing = names.stream().filter(n -> !header.contains(n)).toList();
    if (!missing.isEmpty()) {
      throw new SourceProblem(
          Kind.MISSING_COLUMN,
          fileName + ":1",
          "expected %s among its %d column(s) → correct \"from:\" or file.delimiter in the binding, or declare the column absent"
              .formatted(missing, header.size()));
    }
    return header.stream().mapToInt(names::indexOf).toArray();
  }
}
