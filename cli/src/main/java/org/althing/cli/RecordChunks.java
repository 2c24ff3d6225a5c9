package org.althing.cli;

import java.io.IOException;
import java.io.InputStream;
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

  /** Whole records. */
  record Chunk(byte[] bytes, int from, int to) {}

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
        return from < end ? Optional.of(new Chunk(buffer, from, end)) : Optional.empty();
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
    boolean inQuotes = false;
    int end = 0;
    for (int i = 0; quotes && i < length; i++) {
      if (buffer[i] == '"') {
        inQuotes = !inQuotes;
      } else if (buffer[i] == '\n' && !inQuotes) {
        end = i + 1;
      }
    }
    for (int i = length; !quotes && end == 0 && i > 0; i--) {
      end = buffer[i - 1] == '\n' ? i : 0;
    }
    return end;
  }
}
