package org.althing.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link CanonicalWriter} wrote, and nothing else: every length is bounded by the bytes
 * that remain, so hostile input costs no memory beyond its own size, and {@link #end} rejects
 * trailing bytes.
 */
public final class CanonicalReader {
  private final ByteBuffer in;

  public CanonicalReader(byte[] bytes, String label) throws MalformedEncoding {
    in = ByteBuffer.wrap(bytes);
    String found = getString();
    if (!found.equals(label)) {
      throw malformed("expected label " + label);
    }
  }

  /** The label of {@code bytes}, so that a caller can choose how to read them. */
  public static String labelOf(byte[] bytes) throws MalformedEncoding {
    return new CanonicalReader(bytes).getString();
  }

  private CanonicalReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  public int getInt() throws MalformedEncoding {
    need(4);
    return in.getInt();
  }

  public long getLong() throws MalformedEncoding {
    need(8);
    return in.getLong();
  }

  public double getDouble() throws MalformedEncoding {
    long bits = getLong();
    double value = Double.longBitsToDouble(bits);
    if (Double.doubleToLongBits(value) != bits) {
      throw malformed("NaN is not in canonical form");
    }
    return value;
  }

  public boolean getBoolean() throws MalformedEncoding {
    need(1);
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw malformed("a boolean is 0 or 1");
    }
    return value == 1;
  }

  public String getString() throws MalformedEncoding {
    byte[] bytes = getBytes();
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw malformed("a string is not UTF-8");
    }
  }

  /** One of {@code all}, by its name; a name that is none is not repeated. */
  public <E extends Enum<E>> E getName(E[] all) throws MalformedEncoding {
    String name = getString();
    for (E each : all) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw malformed("expected one of " + Arrays.toString(all));
  }

  public byte[] getBytes() throws MalformedEncoding {
    int length = getInt();
    need(length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  public Digest getDigest() throws MalformedEncoding {
    need(Digest.BYTES);
    byte[] bytes = new byte[Digest.BYTES];
    in.get(bytes);
    return Digest.ofBytes(bytes);
  }

  public long[] getLongs() throws MalformedEncoding {
    int count = getInt();
    if (count < 0 || count > in.remaining() / 8) {
      throw malformed("a list of " + count + " longs does not fit the bytes that remain");
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.getLong();
    }
    return values;
  }

  /** Reads one item of a list. */
  @FunctionalInterface
  public interface Item<T> {
    T read(CanonicalReader from) throws MalformedEncoding;
  }

  /**
   * Every item takes at least one byte, so a count larger than the bytes that remain is refused
   * unread.
   */
  public <T> List<T> getList(Item<T> item) throws MalformedEncoding {
    return getList(item, Integer.MAX_VALUE);
  }

  /** As the other, for items that are dear to read: more than {@code most} are refused unread. */
  public <T> List<T> getList(Item<T> item, int most) throws MalformedEncoding {
    int count = getInt();
    need(count);
    if (count > most) {
      throw malformed("a list has at most " + most + " items here, got " + count);
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(item.read(this));
    }
    return List.copyOf(items);
  }

  public void end() throws MalformedEncoding {
    if (in.hasRemaining()) {
      throw malformed(in.remaining() + " bytes too many");
    }
  }

  /** For a field that decodes but is not allowed, named with the position reached. */
  public MalformedEncoding malformed(String why) {
    return new MalformedEncoding(why + " (at byte " + in.position() + " of " + in.limit() + ")");
  }

  /** For a value whose own constructor refused it. */
  public MalformedEncoding malformed(IllegalArgumentException refused) {
    return malformed(String.valueOf(refused.getMessage()));
  }

  private void need(int bytes) throws MalformedEncoding {
    if (bytes < 0 || bytes > in.remaining()) {
      throw malformed("expected " + bytes + " more bytes, " + in.remaining() + " remain");
    }
  }
}
