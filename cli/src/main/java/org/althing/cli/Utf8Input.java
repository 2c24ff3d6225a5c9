package org.althing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in another character set as UTF-8, decoded strictly. */
final class Utf8Input extends InputStream {
  private static final int ROOM = 1 << 14;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Reader reader;
  private final char[] chars = new char[ROOM];
  private int kept;
  private byte[] bytes = {};
  private int at;

  private Utf8Input(InputStream in, Charset charset) {
    this.reader = new InputStreamReader(in, charset.newDecoder());
  }

  /** The text itself where it is UTF-8 already. */
  static InputStream of(InputStream in, Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? in : new Utf8Input(in, charset);
  }

  /** Whether the bytes are UTF-8. */
  static boolean isUtf8(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    long seen = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      seen |= (long) EIGHT.get(bytes, i);
    }
    for (; i < to; i++) {
      seen |= bytes[i];
    }
    return (seen & HIGH_BITS) == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (at == bytes.length) {
      int read = reader.read(chars, kept, ROOM - kept);
      if (read < 0 && kept == 0) {
        return -1;
      }
      encode(kept + Math.max(read, 0), read < 0);
    }
    int count = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, count);
    at += count;
    return count;
  }

  /** The first half of a pair waits for the second. */
  private void encode(int length, boolean ended) {
    boolean half = !ended && length > 0 && Character.isHighSurrogate(chars[length - 1]);
    int whole = half ? length - 1 : length;
    bytes = new String(Arrays.copyOf(chars, whole)).getBytes(StandardCharsets.UTF_8);
    at = 0;
    kept = half ? 1 : 0;
    if (half) {
      chars[0] = chars[whole];
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
