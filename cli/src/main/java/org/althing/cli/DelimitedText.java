package org.althing.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.contract.SourceFormat;

/**
 * A whole delimited text file in the declared format. Strict: a row with more or fewer fields than
 * the first line is an error, not a guess.
 */
final class DelimitedText {
  private DelimitedText() {}

  private static final String GZIP = ".gz";

  /** Of a compressed file that is read whole, whose own size says little of what it holds. */
  private static final int MOST_EXPANDED = 1 << 29;

  /** How other formats than delimited text end in their names. */
  private static final List<String> OTHERS =
      List.of(GZIP, ".zip", ".jsonl", ".ndjson", ".json", ".xlsx", ".xls", ".ods", ".parquet");

  /**
   * Refuses what is no delimited text by its name, whose bytes would only make a puzzling error.
   *
   * @param reader expands what is compressed
   * @throws CommandFailure with what to do
   */
  static void requireText(Path file, Optional<TableReader> reader) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (reader.isPresent() && isCompressed(file)) {
      name = name.substring(0, name.length() - GZIP.length());
    }
    for (String end : OTHERS) {
      if (name.endsWith(end)) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s: expected delimited text, got a %s file: %s"
                .formatted(
                    file,
                    end,
                    end.equals(GZIP) || end.equals(".zip")
                        ? "unpack it first"
                        : "export it as CSV in UTF-8"));
      }
    }
  }

  /**
   * Refuses a text whose first line has another delimiter than the declared one, which it has not.
   *
   * @throws CommandFailure with what to give instead
   */
  static void requireDelimiter(String file, byte[] utf8, char delimiter) {
    int end = 0;
    while (end < utf8.length && utf8[end] != '\n') {
      end++;
    }
    String names = new String(utf8, 0, end, StandardCharsets.UTF_8);
    if (names.indexOf(delimiter) >= 0) {
      return;
    }
    for (char other : new char[] {';', ',', '\t', '|'}) {
      if (names.indexOf(other) >= 0) {
        String shown = other == '\t' ? "$'\\t'" : "'" + other + "'";
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s, line 1: one column by the delimiter '%s': give --delimiter %s"
                .formatted(file, delimiter == '\t' ? "\\t" : delimiter, shown));
      }
    }
  }

  /**
   * Another table as text in UTF-8, its columns in their order.
   *
   * @throws CommandFailure where it cannot be read, or is too large to be kept in memory
   */
  static byte[] of(Path file, TableReader reader, SourceFormat format) {
    List<String> names = reader.columns(file);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writeRow(text, names, format);
    try (TableReader.Table table = reader.open(file, names, Map.of(), 1)) {
      for (int part = 0; part < table.parts(); part++) {
        table.scan(
            part,
            rows -> {
              for (int row = 0; row < rows.rows(); row++) {
                int at = row;
                writeRow(
                    text,
                    IntStream.range(0, names.size()).mapToObj(f -> rows.text(at, f)).toList(),
                    format);
              }
              if (text.size() > MOST_EXPANDED) {
                throw tooLarge(file);
              }
              rows.clear();
              return rows;
            });
      }
    }
    return text.toByteArray();
  }

  private static void writeRow(
      ByteArrayOutputStream out, List<String> fields, SourceFormat format) {
    String line =
        fields.stream()
            .map(field -> quoted(field, format.delimiter()))
            .collect(Collectors.joining(Character.toString(format.delimiter()), "", "\n"));
    out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
  }

  /** A field as RFC 4180 writes it. */
  static String quoted(String field, char delimiter) {
    boolean plain = field.chars().noneMatch(c -> c == delimiter || c == '"' || c < ' ');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private static CommandFailure tooLarge(Path file) {
    return new CommandFailure(
        ExitCode.BAD_INPUT,
        "%s: expected at most %d bytes of content, since it is kept in memory: give a part of its rows"
            .formatted(file, MOST_EXPANDED));
  }

  /** The content: column names, and rows of as many fields. */
  record Rows(List<String> names, List<List<String>> rows) {}

  /** Whether a file's name says that it is compressed, which a reader may expand. */
  static boolean isCompressed(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(GZIP);
  }

  /**
   * The text, as it was before it was compressed.
   *
   * @param reader expands what is compressed, if it is there
   */
  static InputStream open(Path file, Optional<TableReader> reader) {
    if (reader.isPresent() && isCompressed(file)) {
      return reader.get().text(file);
    }
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw CommandFailure.unreadable(file, e);
    }
  }

  /** As {@link #open}, whole. */
  static byte[] bytes(Path file, Optional<TableReader> reader) {
    try (InputStream in = open(file, reader)) {
      if (!isCompressed(file)) {
        return in.readAllBytes();
      }
      byte[] bytes = in.readNBytes(MOST_EXPANDED + 1);
      if (bytes.length > MOST_EXPANDED) {
        throw tooLarge(file);
      }
      return bytes;
    } catch (IOException e) {
      throw CommandFailure.unreadable(file, e);
    }
  }

  /**
   * @param file as errors shall show it
   */
  static Rows read(String file, byte[] bytes, SourceFormat format) {
    List<List<String>> lines = new ArrayList<>();
    scan(
        file,
        bytes,
        format,
        names -> {
          lines.add(names);
          return lines::add;
        });
    return new Rows(lines.get(0), List.copyOf(lines.subList(1, lines.size())));
  }

  /**
   * Each row in turn, none of them kept.
   *
   * @param file as errors shall show it
   * @param reader given the columns' names, what shall be done with each row
   */
  static void scan(
      String file,
      byte[] bytes,
      SourceFormat format,
      Function<List<String>, Consumer<List<String>>> reader) {
    String text;
    try {
      text = format.charset().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s is not written in %s: save it so, or declare its character set in a binding"
              .formatted(file, format.charset()),
          e);
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      scan(plain.getBytes(StandardCharsets.UTF_8), format, reader);
    } catch (RecordSplitter.Fault e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "%s, line %d: %s".formatted(file, e.line(), e.getMessage()), e);
    }
  }

  private static void scan(
      byte[] utf8, SourceFormat format, Function<List<String>, Consumer<List<String>>> reader)
      throws RecordSplitter.Fault {
    int end = RecordSplitter.endOfText(utf8, 0, utf8.length);
    if (end == 0) {
      throw new RecordSplitter.Fault(
          1, "the file is empty: expected a line of column names, or rows");
    }
    RecordSplitter splitter = new RecordSplitter(format);
    int at = splitter.next(utf8, 0, end);
    List<String> names = splitter.names(utf8, format);
    Consumer<List<String>> row = reader.apply(names);
    if (!format.header()) {
      row.accept(splitter.texts(utf8));
    }
    while (at < end) {
      at = splitter.records(utf8, at, end, names.size(), 1);
      row.accept(splitter.texts(utf8));
    }
  }

  /**
   * Divides rows among {@code parts}, in turn, each part under the same line of names, byte for
   * byte.
   *
   * @param file as errors shall show it
   * @param utf8 delimited text in UTF-8
   */
  static List<byte[]> deal(String file, byte[] utf8, SourceFormat format, int parts) {
    requireDelimiter(file, utf8, format.delimiter());
    List<ByteArrayOutputStream> dealt =
        Stream.generate(ByteArrayOutputStream::new).limit(parts).toList();
    // The splitter may write over the fields that it reads.
    byte[] read = utf8.clone();
    RecordSplitter splitter = new RecordSplitter(format);
    try {
      int to = RecordSplitter.endOfText(read, 0, read.length);
      int at = splitter.next(read, 0, to);
      int width = splitter.names(read, format).size();
      for (ByteArrayOutputStream part : dealt) {
        writeLine(part, utf8, 0, at);
      }
      for (int row = 0; at < to; row++) {
        int end = splitter.records(read, at, to, width, 1);
        writeLine(dealt.get(row % parts), utf8, at, end);
        at = end;
      }
    } catch (RecordSplitter.Fault e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "%s, line %d: %s".formatted(file, e.line(), e.getMessage()), e);
    }
    return dealt.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  private static void writeLine(ByteArrayOutputStream out, byte[] utf8, int from, int to) {
    out.write(utf8, from, to - from);
    if (to == from || utf8[to - 1] != '\n') {
      out.write('\n');
    }
  }
}
