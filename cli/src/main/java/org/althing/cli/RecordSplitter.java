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
 * Takes delimited text apart, in UTF-8 bytes, by the declared format (RFC 4180 or without quotes),
 * one record at a time or many. Strict: what leaves room for two readings is a fault, not a guess.
 * Not safe for concurrent use.
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

  /** What lifts every byte from a blank on to the high bit. */
  private static final long ABOVE_CONTROLS = (0x80 - ' ') * EACH;

  /** Moves the lowest bits of eight bytes side by side to the top. */
  private static final long GATHER = 0x0102040810204080L;

  /** As many fields as a record has. */
  private static final int ANY_WIDTH = 0;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final boolean[] stops = new boolean[256];
  private final byte delimiter;

  /** The delimiter, eight times. */
  private final long eachDelimiter;

  /** A quote, eight times; the delimiter where none means anything. */
  private final long eachQuote;

  private final boolean quotes;

  /** Of the fields of the last records, one after the other. */
  private int[] starts = new int[16];

  private int[] ends = new int[16];
  private int records;

  /** The first field of the last record, and of the one that is being split. */
  private int last;

  private int first;

  /** The field that is being split. */
  private int next;

  private int line = 1;

  /** The line on which the record begins that is being split. */
  private int begun = 1;

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

  /** How many fields the last record has. */
  int fields() {
    return next - last;
  }

  /** How many records {@link #records} has split. */
  int records() {
    return records;
  }

  /** Where the fields of these records begin, record by record. */
  int[] starts() {
    return starts;
  }

  /** Where they end. */
  int[] ends() {
    return ends;
  }

  /** The last record's fields as texts. */
  List<String> texts(byte[] utf8) {
    List<String> texts = new ArrayList<>(fields());
    for (int i = last; i < next; i++) {
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
      if (format.fields().orElse(fields()) != fields()) {
        throw new Fault(
            1,
            "expected %d fields as the binding says, got %d"
                .formatted(format.fields().getAsInt(), fields()));
      }
      return IntStream.rangeClosed(1, fields()).mapToObj(SourceFormat::nameOf).toList();
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
    return records(utf8, from, to, ANY_WIDTH, 1);
  }

  /**
   * Splits records of one width, as many as there are but no more than {@code most}; returns where
   * the next begins. After a fault {@link #records} counts those before it.
   *
   * @param width how many fields each has, or {@link #ANY_WIDTH}
   */
  int records(byte[] utf8, int from, int to, int width, int most) throws Fault {
    records = 0;
    first = 0;
    next = 0;
    begun = line;
    reserve(most * width);
    int at = from;
    do {
      at = plain(utf8, at, to, width, most);
      if (records < most && (at < to || next > first)) {
        at = rest(utf8, at, to);
        endRecord(width);
      }
    } while (at < to && records < most);
    return at;
  }

  /**
   * Takes fields in which nothing needs a look, whole records of them: none from the first quote
   * on, none too many, and none of the last bytes. Returns where the first other begins.
   */
  private int plain(byte[] utf8, int from, int to, int width, int most) throws Fault {
    starts[next] = from;
    for (int at = from; at + Long.SIZE <= to; at += Long.SIZE) {
      long delimiters = 0;
      long others = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        long eight = (long) EIGHT.get(utf8, at + i * Long.BYTES);
        delimiters |= gathered(zeros(eight ^ eachDelimiter)) << (i * Long.BYTES);
        others |= gathered(zeros(eight ^ eachQuote) | controls(eight)) << (i * Long.BYTES);
      }
      for (others &= ~delimiters; others != 0; others &= others - 1) {
        int place = Long.numberOfTrailingZeros(others);
        int stop = at + place;
        if (!stops[utf8[stop] & 0xFF]) {
          continue;
        }
        long before = delimiters & ((1L << place) - 1);
        delimiters ^= before;
        if (!take(before, at, width) || utf8[stop] == '"') {
          return starts[next];
        }
        ends[next++] = stop;
        boolean both = utf8[stop] == '\r' && stop + 1 < to && utf8[stop + 1] == '\n';
        starts[next] = both ? stop + 2 : stop + 1;
        line++;
        endRecord(width);
        // The other byte of a line's end may be the first of the next.
        if (records == most || (both && place == Long.SIZE - 1)) {
          return starts[next];
        }
        others &= both ? ~(2L << place) : -1;
      }
      if (!take(delimiters, at, width)) {
        break;
      }
    }
    return starts[next];
  }

  /**
   * Takes the fields that end at some delimiters, unless they are too many.
   *
   * @param delimiters one bit for each of the bytes from {@code at} on
   */
  private boolean take(long delimiters, int at, int width) {
    int most = width == ANY_WIDTH ? starts.length - 2 : first + width - 1;
    int field = next;
    if (field + Long.bitCount(delimiters) > most) {
      return false;
    }
    for (long rest = delimiters; rest != 0; rest &= rest - 1) {
      int stop = at + Long.numberOfTrailingZeros(rest);
      ends[field] = stop;
      field++;
      starts[field] = stop + 1;
    }
    next = field;
    return true;
  }

  /** Takes what is left of a record, field by field. */
  private int rest(byte[] utf8, int from, int to) throws Fault {
    int at = from;
    while (true) {
      reserve(next + 1);
      boolean quoted = quotes && at < to && utf8[at] == '"';
      at = quoted ? quoted(utf8, at + 1, to) : bare(utf8, at, to);
      next++;
      if (at == to || utf8[at] != delimiter) {
        return lineEnd(utf8, at, to);
      }
      at++;
    }
  }

  private void endRecord(int width) throws Fault {
    last = first;
    if (width != ANY_WIDTH && fields() != width) {
      throw new Fault(
          begun, "expected %d fields as in the first line, got %d".formatted(width, fields()));
    }
    records++;
    first = next;
    begun = line;
  }

  /** The high bit of each byte that is 0: adding 127 sets it of every other (Warren 2013, 6-1). */
  private static long zeros(long eight) {
    return ~(((eight & LOW_BITS) + LOW_BITS) | eight) & ~LOW_BITS;
  }

  /** The high bit of each control character: what ends a line, and others. */
  private static long controls(long eight) {
    return ~(((eight & LOW_BITS) + ABOVE_CONTROLS) | eight) & ~LOW_BITS;
  }

  /** The high bits of eight bytes, side by side. */
  private static long gathered(long high) {
    return ((high >>> 7) * GATHER) >>> 56;
  }

  private void reserve(int field) {
    if (field >= starts.length) {
      starts = Arrays.copyOf(starts, Math.max(2 * starts.length, field + 1));
      ends = Arrays.copyOf(ends, starts.length);
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
    starts[next] = from;
    ends[next] = end;
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
        starts[next] = from;
        ends[next] = write;
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
