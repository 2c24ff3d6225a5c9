package org.althing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A delimited text in UTF-8, cut where records end into chunks of about {@value #CHUNK} bytes, so
 * that each can be split by itself.
 */
final class RecordChunks {
  static final int CHUNK = 1 << 18;

  /** Beyond this a record is more likely a quote that is never closed. */
  static final int MOST_RECORD = 1 << 24;

  private static final long QUOTES = 0x2222222222222222L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final boolean quotes;
  private byte[] rest = {};
  private boolean begun;
  private boolean ended;

  /**
   * @param quotes whether a line break inside quotes ends no record
   */
  RecordChunks(InputStream in, boolean quotes) {
    this.in = in;
    this.quotes = quotes;
  }

  /** Whole records: a part of an array that nobody else holds. */
  static final class Chunk {
    private final byte[] bytes;
    private final int from;
    private final int to;

    Chunk(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    byte[] bytes() {
      return bytes;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }
  }

  /** A record that is too long to be one. */
  static final class Endless extends IOException {
    private static final long serialVersionUID = 1L;

    Endless() {
      super(
          "a record of more than %d bytes: look for a quote that is never closed"
              .formatted(MOST_RECORD));
    }
  }

  /** The next records; nothing at the end. */
  Optional<Chunk> next() throws IOException {
    byte[] buffer = Arrays.copyOf(rest, Math.min(MOST_RECORD, Math.max(CHUNK, 2 * rest.length)));
    int length = rest.length;
    while (true) {
      int wanted = buffer.length - length;
      int read = ended ? 0 : in.readNBytes(buffer, length, wanted);
      ended |= read < wanted;
      length += read;
      int end = ended ? length : lastEnd(buffer, length);
      if (end > 0 || ended) {
        rest = Arrays.copyOfRange(buffer, end, length);
        int from = begun ? 0 : markLength(buffer, end);
        begun = true;
        int to = ended ? RecordSplitter.endOfText(buffer, from, end) : end;
        return from < to ? Optional.of(new Chunk(buffer, from, to)) : Optional.empty();
      }
      if (buffer.length == MOST_RECORD) {
        throw new Endless();
      }
      buffer = Arrays.copyOf(buffer, Math.min(MOST_RECORD, 2 * buffer.length));
    }
  }

  private static int markLength(byte[] buffer, int end) {
    int least = Math.min(end, MARK.length);
    return least == MARK.length && Arrays.equals(buffer, 0, least, MARK, 0, least) ? least : 0;
  }

  /** Behind the last line feed that is in no quotes; 0 where there is none. */
  private int lastEnd(byte[] buffer, int length) {
    return quotes && holdsQuote(buffer, length)
        ? lastEndOutsideQuotes(buffer, length)
        : lastLineFeed(buffer, length);
  }

  private static int lastLineFeed(byte[] buffer, int length) {
    int end = length;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** A doubled quote closes and opens again. */
  private static int lastEndOutsideQuotes(byte[] buffer, int length) {
    boolean inQuotes = false;
    int end = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '"') {
        inQuotes = !inQuotes;
      } else if (buffer[i] == '\n' && !inQuotes) {
        end = i + 1;
      }
    }
    return end;
  }

  /**
   * Eight bytes at a time: exclusive or makes a quote 0, and only a 0 borrows from its high bit.
   */
  private static boolean holdsQuote(byte[] buffer, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      long zero = (long) EIGHT.get(buffer, i) ^ QUOTES;
      if (((zero - LOW_BITS) & ~zero & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < length; i++) {
      if (buffer[i] == '"') {
        return true;
      }
    }
    return false;
  }
}
