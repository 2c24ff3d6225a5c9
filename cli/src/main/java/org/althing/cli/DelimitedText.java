package org.althing.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.althing.contract.SourceFormat;

/**
 * A delimited text file in the declared format (RFC 4180 or without quotes). Strict: a row with
 * more or fewer fields than the first line is an error, not a guess.
 */
final class DelimitedText {
  private final String file;
  private final String text;
  private final SourceFormat format;
  private int at;
  private int line = 1;

  private DelimitedText(String file, String text, SourceFormat format) {
    this.file = file;
    this.text = text;
    this.format = format;
  }

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
    return new DelimitedText(file, plain, format).rows();
  }

  private Rows rows() {
    if (text.isEmpty()) {
      throw wrong("the file is empty: expected a line of column names, or rows");
    }
    List<String> first = record();
    List<String> names =
        format.header()
            ? first
            : IntStream.rangeClosed(1, first.size()).mapToObj(SourceFormat::nameOf).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw wrong("two columns have the same name");
    }
    List<List<String>> rows = new ArrayList<>();
    if (!format.header()) {
      rows.add(first);
    }
    while (at < text.length()) {
      int start = line;
      List<String> row = record();
      if (row.size() != names.size()) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s, line %d: expected %d fields as in the first line, got %d"
                .formatted(file, start, names.size(), row.size()));
      }
      rows.add(row);
    }
    return new Rows(List.copyOf(names), rows);
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    while (true) {
      boolean quoted = format.quotes() && at < text.length() && text.charAt(at) == '"';
      fields.add(quoted ? quoted() : bare());
      if (at < text.length() && text.charAt(at) == format.delimiter()) {
        at++;
        continue;
      }
      lineEnd();
      return fields;
    }
  }

  private String bare() {
    int start = at;
    while (at < text.length() && !isEnd(text.charAt(at)) && text.charAt(at) != format.delimiter()) {
      if (format.quotes() && text.charAt(at) == '"') {
        throw wrong(
            "a quote inside a field that does not start with one: double it and quote the field");
      }
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else if (c == '"') {
        return field.toString();
      } else {
        line += c == '\n' ? 1 : 0;
        field.append(c);
      }
    }
    throw wrong("a quoted field never ends");
  }

  private void lineEnd() {
    if (at == text.length()) {
      return;
    }
    if (!isEnd(text.charAt(at))) {
      throw wrong("text behind the closing quote of a field");
    }
    boolean both = text.startsWith("\r\n", at);
    at += both ? 2 : 1;
    line++;
  }

  private static boolean isEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private CommandFailure wrong(String why) {
    return new CommandFailure(ExitCode.BAD_INPUT, "%s, line %d: %s".formatted(file, line, why));
  }
}
