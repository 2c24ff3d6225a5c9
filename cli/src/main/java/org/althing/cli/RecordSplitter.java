package org.althing.cli;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.contract.SourceFormat;

/**
 * Takes delimited text apart, in UTF-8 bytes, by the declared format (RFC 4180 or without quotes).
 * Strict: what leaves room for two readings is a fault, not a guess. Not safe for concurrent use.
 */
final class RecordSplitter {
  /** A record that is none. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    Fault(int line, String why) {
      super(why);
      this.line = line;
    }

    /** From 1, counted from the first byte given. */
    int line() {
      return line;
    }
  }

  private static final long EACH = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final boolean[] stops = new boolean[256];
  private final byte delimiter;

  /** Every byte that may end a field, eight times each. */
  private final long eachDelimiter;

  private final long eachQuote;
  private final boolean quotes;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int fields;
  private int line = 1;
  private int recordLine = 1;

  RecordSplitter(SourceFormat format) {
    this.delimiter = (byte) format.delimiter();
    this.quotes = format.quotes();
    this.eachDelimiter = (delimiter & 0xFF) * EACH;
    this.eachQuote = quotes ? '"' * EACH : eachDelimiter;
    stops[delimiter] = true;
    stops['\n'] = true;
    stops['\r'] = true;
    stops['"'] |= quotes;
  }

  /** Where the last line of a text ends: blank lines behind it are no records, as at a node. */
  static int endOfText(byte[] utf8, int from, int to) {
    int end = to;
    while (end > from && (utf8[end - 1] == '\n' || utf8[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  /** Begins another text: its first line is 1. */
  void begin() {
    line = 1;
  }

  /** The line behind the last record. */
  int line() {
    return line;
  }

  /** The line on which the last record begins. */
  int recordLine() {
    return recordLine;
  }

  /** How many fields the last record has. */
  int fields() {
    return fields;
  }

  /** Where a field of the last record begins. */
  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  /** The last record's fields as texts. */
  List<String> texts(byte[] utf8) {
    List<String> texts = new ArrayList<>(fields);
    for (int i = 0; i < fields; i++) {
      texts.add(new String(utf8, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8));
    }
    return texts;
  }

  /**
   * The columns' names, without blanks around them, where the last record was a text's first. Those
   * that have none, as spreadsheets export them, are not told apart.
   */
  List<String> names(byte[] utf8, SourceFormat format) throws Fault {
    if (!format.header()) {
      return IntStream.rangeClosed(1, fields).mapToObj(SourceFormat::nameOf).toList();
    }
    List<String> names = texts(utf8).stream().map(String::strip).toList();
    Set<String> met = new HashSet<>();
    for (String name : names) {
      if (!name.isEmpty() && !met.add(name)) {
        throw new Fault(1, "two columns have the same name");
      }
    }
    return names;
  }

  /**
   * Splits one record, which is then the last; returns where the next begins.
   *
   * @param utf8 where quotes are doubled, the field is written over with what it means
   */
  int next(byte[] utf8, int from, int to) throws Fault {
    recordLine = line;
    fields = 0;
    int at = plainFields(utf8, from, to);
    while (true) {
      reserve();
      boolean quoted = quotes && at < to && utf8[at] == '"';
      at = quoted ? quoted(utf8, at + 1, to) : bare(utf8, at, to);
      fields++;
      if (at == to || utf8[at] != delimiter) {
        return lineEnd(utf8, at, to);
      }
      at++;
    }
  }

  /**
   * Takes the fields that end at a delimiter, as far as nothing else needs a look: not the last,
   * and none from the first quote on. Returns where the next field begins.
   */
  private int plainFields(byte[] utf8, int from, int to) {
    int start = from;
    for (int at = from; at + Long.BYTES <= to; at += Long.BYTES) {
      long marks = marks((long) EIGHT.get(utf8, at));
      for (; marks != 0; marks &= marks - 1) {
        int stop = at + (Long.numberOfTrailingZeros(marks) >>> 3);
        if (utf8[stop] != delimiter) {
          return start;
        }
        reserve();
        starts[fields] = start;
        ends[fields] = stop;
        fields++;
        start = stop + 1;
      }
    }
    return start;
  }

  /** The high bit of each of eight bytes that is a delimiter, a quote, or of a line's end. */
  private long marks(long eight) {
    return zeros(eight ^ eachDelimiter)
        | zeros(eight ^ eachQuote)
        | zeros(eight ^ ('\n' * EACH))
        | zeros(eight ^ ('\r' * EACH));
  }

  /** The high bit of each byte that is 0: adding 127 sets it of every other (Warren 2013, 6-1). */
  private static long zeros(long eight) {
    return ~(((eight & LOW_BITS) + LOW_BITS) | eight | LOW_BITS);
  }

  private void reserve() {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, 2 * fields);
      ends = Arrays.copyOf(ends, 2 * fields);
    }
  }

  private int bare(byte[] utf8, int from, int to) throws Fault {
    int end = from;
    while (end < to && !stops[utf8[end] & 0xFF]) {
      end++;
    }
    if (end < to && quotes && utf8[end] == '"') {
      throw new Fault(
          line,
          "a quote inside a field that does not start with one: double it and quote the field");
    }
    starts[fields] = from;
    ends[fields] = end;
    return end;
  }

  /** Reads a field from behind its first quote; returns where it ends, behind its last. */
  private int quoted(byte[] utf8, int from, int to) throws Fault {
    int begun = line;
    int write = from;
    int at = from;
    while (at < to) {
      byte b = utf8[at++];
      if (b == '"' && (at == to || utf8[at] != '"')) {
        starts[fields] = from;
        ends[fields] = write;
        return at;
      }
      at += b == '"' ? 1 : 0;
      line += b == '\n' ? 1 : 0;
      utf8[write++] = b;
    }
    throw new Fault(begun, "a quoted field never ends");
  }

  private int lineEnd(byte[] utf8, int at, int to) throws Fault {
    if (at == to) {
      return at;
    }
    if (utf8[at] != '\n' && utf8[at] != '\r') {
      throw new Fault(line, "text behind the closing quote of a field");
    }
    line++;
    return utf8[at] == '\r' && at + 1 < to && utf8[at + 1] == '\n' ? at + 2 : at + 1;
  }
}
