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
