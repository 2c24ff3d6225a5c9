package org.althing.cli;

import org.althing.contract.SourceFormat;

/**
 * Takes delimited text apart, in UTF-8 bytes, by the declared format (RFC 4180 or without quotes).
 * Strict: what leaves room for two readings is a fault, not a guess. Not safe for concurrent use.
 */
final class RecordSplitter {
  /** Takes a record's fields one by one, then its end. The bytes are only lent. */
  interface Sink {
    void field(int position, byte[] utf8, int from, int to);

    /**
     * @param fields how many there were
     * @param line on which the record begins, from 1
     */
    void end(int fields, int line) throws Fault;
  }

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

  private final boolean[] stops = new boolean[256];
  private final byte delimiter;
  private final boolean quotes;
  private byte[] unquoted = new byte[256];
  private int line = 1;

  RecordSplitter(SourceFormat format) {
    this.delimiter = (byte) format.delimiter();
    this.quotes = format.quotes();
    stops[delimiter] = true;
    stops['\n'] = true;
    stops['\r'] = true;
    stops['"'] |= quotes;
  }

  /** Splits whole records; the line numbers begin again. */
  void all(byte[] utf8, int from, int to, Sink sink) throws Fault {
    line = 1;
    int at = from;
    while (at < to) {
      at = one(utf8, at, to, sink);
    }
  }

  /** The line behind the last record. */
  int line() {
    return line;
  }

  /** Splits one record; returns where the next begins. */
  int one(byte[] utf8, int from, int to, Sink sink) throws Fault {
    int start = line;
    int fields = 0;
    int at = from;
    while (true) {
      if (quotes && at < to && utf8[at] == '"') {
        at = quoted(utf8, at + 1, to, fields, sink);
      } else {
        int end = at;
        while (end < to && !stops[utf8[end] & 0xFF]) {
          end++;
        }
        if (end < to && quotes && utf8[end] == '"') {
          throw new Fault(
              line,
              "a quote inside a field that does not start with one: double it and quote the field");
        }
        sink.field(fields, utf8, at, end);
        at = end;
      }
      fields++;
      if (at == to || utf8[at] != delimiter) {
        break;
      }
      at++;
    }
    at = lineEnd(utf8, at, to);
    sink.end(fields, start);
    return at;
  }

  /** Reads a field from behind its first quote; returns where it ends, behind its last. */
  private int quoted(byte[] utf8, int from, int to, int field, Sink sink) throws Fault {
    int length = 0;
    int begun = line;
    int at = from;
    while (at < to) {
      byte b = utf8[at++];
      if (b == '"' && (at == to || utf8[at] != '"')) {
        sink.field(field, unquoted, 0, length);
        return at;
      }
      at += b == '"' ? 1 : 0;
      line += b == '\n' ? 1 : 0;
      if (length == unquoted.length) {
        unquoted = java.util.Arrays.copyOf(unquoted, 2 * length);
      }
      unquoted[length++] = b;
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
