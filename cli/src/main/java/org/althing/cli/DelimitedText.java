package org.althing.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.althing.contract.SourceFormat;

/**
 * A whole delimited text file in the declared format. Strict: a row with more or fewer fields than
 * the first line is an error, not a guess.
 */
final class DelimitedText {
  private DelimitedText() {}

  /** The content: column names, and rows of as many fields. */
  record Rows(List<String> names, List<List<String>> rows) {}

  /**
   * @param file as errors shall show it
   */
  static Rows read(String file, byte[] bytes, SourceFormat format) {
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
      return rows(plain.getBytes(StandardCharsets.UTF_8), format);
    } catch (RecordSplitter.Fault e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "%s, line %d: %s".formatted(file, e.line(), e.getMessage()), e);
    }
  }

  private static Rows rows(byte[] utf8, SourceFormat format) throws RecordSplitter.Fault {
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
    List<List<String>> rows = new ArrayList<>();
    if (!format.header()) {
      rows.add(splitter.texts(utf8));
    }
    while (at < utf8.length) {
      at = splitter.next(utf8, at, utf8.length);
      if (splitter.fields() != names.size()) {
        throw new RecordSplitter.Fault(
            splitter.recordLine(),
            "expected %d fields as in the first line, got %d"
                .formatted(names.size(), splitter.fields()));
      }
      rows.add(splitter.texts(utf8));
    }
    return new Rows(names, rows);
  }
}
