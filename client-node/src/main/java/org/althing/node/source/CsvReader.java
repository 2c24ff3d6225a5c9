package org.althing.node.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.althing.cleaning.TextRows;
import org.althing.contract.SourceFormat;
import org.althing.node.source.SourceProblem.Kind;

/**
 * Delimited text by RFC 4180 and nothing else: quotes enclose whole fields and are doubled inside
 * them, rows end in LF or CR LF, every row has as many fields as the header or the binding says.
 * Where the binding says that there are no quotes, every line is a row and quotes are characters.
 * What leaves room for two readings is refused, because two parties that read one file differently
 * account for different people.
 *
 * <p>A row of another number of fields may be set aside, as many in a file as the binding says.
 * Whether one is, is told by its own line and by what is declared: a row that runs over a line's
 * end is never set aside, since its quotes may have swallowed other people's rows, and the number
 * of fields is never the first row's. So one unit's rows more or less move no other unit's rows:
 * stability 1, as of any filter of rows (ADR 4).
 */
final class CsvReader {
  static final int MOST_CHARACTERS_PER_ROW = 1 << 20;
  private static final int MOST_SHOWN = 5;
  private static final int NEW_LINE = '\n';

  private final String fileName;
  private final CharFeed feed;
  private final char delimiter;
  private final boolean quotes;
  private final int mostRejected;
  private final List<RejectedRows.Row> rejected = new ArrayList<>();

  /** The field just read, where {@link #plainLength} does not say that it lies in the feed. */
  private final StringBuilder field = new StringBuilder();

  private int plainFrom;
  private int plainLength = CharFeed.NOT_PLAIN;
  private long line = 1;

  /** The line on which the row at hand begins. */
  private long rowLine = 1;

  private int charactersOfRow;

  /** What ended the field just read: the delimiter, a new line or the end of the file. */
  private int ended = NEW_LINE;

  CsvReader(String fileName, CharFeed feed, SourceFormat format) {
    this.fileName = fileName;
    this.feed = feed;
    this.delimiter = format.delimiter();
    this.quotes = format.quotes();
    this.mostRejected = format.rejects();
  }

  /** All fields of the first row; empty where the file is. */
  List<String> first() throws SourceProblem, IOException {
    List<String> names = new ArrayList<>();
    if (!startRow()) {
      return names;
    }
    do {
      names.add(text());
    } while (nextField());
    return names;
  }

  /**
   * Reads the next row that is not set aside.
   *
   * @param targets for each field where in {@code rows} it goes, -1 for nowhere
   * @return whether there was one
   */
  boolean row(int[] targets, TextRows rows) throws SourceProblem, IOException {
    while (startRow()) {
      int count = 0;
      do {
        if (count < targets.length && targets[count] >= 0) {
          put(rows, targets[count]);
        }
        count++;
      } while (nextField());
      if (count == targets.length) {
        return true;
      }
      rows.forgetRow();
      setAside(targets.length, count);
    }
    return false;
  }

  /** The line of the file on which the row just read begins, from 1. */
  long line() {
    return rowLine;
  }

  /** The rows that were set aside so far. */
  List<RejectedRows.Row> rejected() {
    return rejected;
  }

  private void setAside(int expected, int got) throws SourceProblem {
    String remedy =
        quotes
            ? "quote fields that hold the delimiter"
            : "without quotes no field may hold the delimiter or a line break";
    if (mostRejected == 0) {
      throw problem(
          Kind.RAGGED,
          "expected %d fields, got %d → %s, or let file.rejects in the binding set a few such rows aside"
              .formatted(expected, got, remedy));
    }
    long lastLine = ended == NEW_LINE ? line - 1 : line;
    if (lastLine > rowLine) {
      throw problem(
          Kind.RAGGED,
          "expected %d fields, got %d up to line %d; only a row of one line is set aside → look for a quote that is never closed"
              .formatted(expected, got, lastLine));
    }
    if (rejected.size() == mostRejected) {
      throw problem(
          Kind.RAGGED,
          "expected %d fields, got %d; the binding sets aside %d such row(s), the first in line %s → %s, or correct file.delimiter in the binding"
              .formatted(expected, got, mostRejected, firstRejected(), remedy));
    }
    rejected.add(new RejectedRows.Row(rowLine, got));
  }

  private String firstRejected() {
    return rejected.stream()
        .limit(MOST_SHOWN)
        .map(row -> String.valueOf(row.line()))
        .collect(Collectors.joining(", "));
  }

  /** Reads the first field of a row; false at the end. Blank lines may only end a file. */
  private boolean startRow() throws SourceProblem, IOException {
    boolean blank = false;
    while (true) {
      rowLine = line;
      charactersOfRow = 0;
      if (ended == CharFeed.END) {
        return false;
      }
      boolean quoted = readField();
      if (!isEmpty() || quoted || ended == delimiter) {
        if (blank) {
          throw problem(Kind.BLANK_LINE, "a row follows a blank line → remove the blank line");
        }
        return true;
      }
      blank = true;
    }
  }

  private boolean nextField() throws SourceProblem, IOException {
    if (ended != delimiter) {
      return false;
    }
    readField();
    return true;
  }

  private boolean isEmpty() {
    return plainLength == CharFeed.NOT_PLAIN ? field.length() == 0 : plainLength == 0;
  }

  private String text() {
    return plainLength == CharFeed.NOT_PLAIN
        ? field.toString()
        : new String(feed.array(), plainFrom, plainLength);
  }

  private void put(TextRows rows, int target) {
    if (plainLength == CharFeed.NOT_PLAIN) {
      rows.set(target, field.toString());
    } else {
      rows.set(target, feed.array(), plainFrom, plainLength);
    }
  }

  /** Reads one field; whether it was quoted. */
  private boolean readField() throws SourceProblem, IOException {
    plainLength = feed.plainField(delimiter);
    if (plainLength != CharFeed.NOT_PLAIN) {
      plainFrom = feed.position();
      count(plainLength + 1);
      ended = feed.array()[plainFrom + plainLength];
      line += ended == NEW_LINE ? 1 : 0;
      feed.skip(plainLength + 1);
      return false;
    }
    field.setLength(0);
    int c = next();
    if (c == '"' && quotes) {
      readQuoted();
      return true;
    }
    while (!ends(c)) {
      if (c == '"' && quotes) {
        throw problem(
            Kind.QUOTES, "a quote inside a field that is not quoted → quote the field, double it");
      }
      field.append((char) c);
      c = next();
    }
    return false;
  }

  private void readQuoted() throws SourceProblem, IOException {
    while (true) {
      int c = next();
      if (c == CharFeed.END) {
        throw problem(Kind.QUOTES, "the file ends inside quotes → close them");
      }
      if (c == '"') {
        c = next();
        if (ends(c)) {
          return;
        }
        if (c != '"') {
          throw problem(Kind.QUOTES, "text after a closing quote → double quotes inside a field");
        }
      }
      line += c == NEW_LINE ? 1 : 0;
      field.append((char) c);
    }
  }

  /** Whether {@code c} ends a field, which is then noted in {@link #ended}. */
  private boolean ends(int c) throws SourceProblem, IOException {
    if (c == '\r') {
      if (next() != NEW_LINE) {
        throw problem(Kind.LINE_END, "a CR without LF → save with LF or CR LF line ends");
      }
      c = NEW_LINE;
    }
    if (c != delimiter && c != NEW_LINE && c != CharFeed.END) {
      return false;
    }
    line += c == NEW_LINE ? 1 : 0;
    ended = c;
    return true;
  }

  private int next() throws SourceProblem, IOException {
    int c = feed.next();
    if (c > 0) {
      count(1);
      return c;
    }
    if (c == 0) {
      throw problem(Kind.NUL, "a NUL character → export the file as plain text again");
    }
    if (c == CharFeed.MALFORMED) {
      throw problem(
          Kind.CHARSET, "bytes that are no text in the binding's charset → correct file.charset");
    }
    return c;
  }

  private void count(int characters) throws SourceProblem {
    charactersOfRow += characters;
    if (charactersOfRow > MOST_CHARACTERS_PER_ROW) {
      throw problem(
          Kind.ROW_TOO_LONG,
          "expected at most %d characters → look for a quote that is never closed or a wrong line end"
              .formatted(MOST_CHARACTERS_PER_ROW));
    }
  }

  SourceProblem problem(Kind kind, String detail) {
    return new SourceProblem(kind, fileName + ":" + rowLine, detail);
  }
}
