package org.althing.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.althing.contract.SourceFormat;

/**
 * A whole delimited text file in the declared format. Strict: a row with more or fewer fields than
 * the first line is an error, not a guess.
 */
final class DelimitedText {
  private DelimitedText() {}

  /** The content: column names, and rows of as many fields. */
  record Rows(List<String> names, List<List<String>> rows) {}

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
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
    if (utf8.length == 0) {
      throw new RecordSplitter.Fault(
          1, "the file is empty: expected a line of column names, or rows");
    }
    RecordSplitter splitter = new RecordSplitter(format);
    int at = splitter.next(utf8, 0, utf8.length);
    List<String> names = splitter.names(utf8, format);
    if (names.stream().distinct().count() != names.size()) {
      throw new RecordSplitter.Fault(1, "two columns have the same name");
    }
    Consumer<List<String>> row = reader.apply(names);
    if (!format.header()) {
      row.accept(splitter.texts(utf8));
    }
    while (at < utf8.length) {
      at = splitter.records(utf8, at, utf8.length, names.size(), 1);
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
    List<ByteArrayOutputStream> dealt =
        Stream.generate(ByteArrayOutputStream::new).limit(parts).toList();
    // The splitter may write over the fields that it reads.
    byte[] read = utf8.clone();
    RecordSplitter splitter = new RecordSplitter(format);
    try {
      int at = splitter.next(read, 0, read.length);
      for (ByteArrayOutputStream part : dealt) {
        writeLine(part, utf8, 0, at);
      }
      for (int row = 0; at < read.length; row++) {
        int end = splitter.next(read, at, read.length);
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
