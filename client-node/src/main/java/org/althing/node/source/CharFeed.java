package org.althing.node.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The characters of a stream, decoded strictly, without a leading byte order mark. Characters
 * before a malformed byte are still delivered, so that the reader knows the line.
 */
final class CharFeed implements Closeable {
  static final int END = -1;
  static final int MALFORMED = -2;
  static final int NOT_PLAIN = -1;
  private static final int ROOM = 1 << 16;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(ROOM).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(ROOM).limit(0);
  private boolean atEnd;
  private boolean malformed;

  CharFeed(InputStream in, Charset charset) throws IOException {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    fill();
    if (chars.hasRemaining() && chars.get(chars.position()) == '\uFEFF') {
      chars.get();
    }
  }

  /** The next UTF-16 unit, {@link #END} or {@link #MALFORMED}. */
  int next() throws IOException {
    if (!chars.hasRemaining()) {
      fill();
      if (!chars.hasRemaining()) {
        return malformed ? MALFORMED : END;
      }
    }
    return chars.get();
  }

  /**
   * How many characters come before the next delimiter or LF, where all of them are at hand and
   * none needs a closer look; otherwise {@link #NOT_PLAIN}.
   */
  int plainField(char delimiter) {
    char[] array = chars.array();
    int limit = chars.limit();
    char special = (char) Math.max(delimiter, '"');
    for (int i = chars.position(); i < limit; i++) {
      char c = array[i];
      if (c > special) {
        continue;
      }
      if (c == delimiter || c == '\n') {
        return i - chars.position();
      }
      if (c == '"' || c == '\r' || c == 0) {
        return NOT_PLAIN;
      }
    }
    return NOT_PLAIN;
  }

  /** Where the characters at hand are, until the next are asked for. */
  char[] array() {
    return chars.array();
  }

  /** Where in the array the next character is. */
  int position() {
    return chars.position();
  }

  /** Passes over characters that are at hand. */
  void skip(int count) {
    chars.position(chars.position() + count);
  }

  private void fill() throws IOException {
    chars.clear();
    while (chars.position() == 0 && !malformed && !(atEnd && !bytes.hasRemaining())) {
      if (!atEnd) {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        atEnd = count < 0;
        bytes.position(bytes.position() + Math.max(count, 0)).flip();
      }
      CoderResult result = decoder.decode(bytes, chars, atEnd);
      malformed = result.isError();
    }
    chars.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
