package org.althing.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the one byte string that stands for a value: a label, then its fields in fixed order.
 *
 * <p>Integers are big-endian and of fixed width, strings and byte arrays carry a 32-bit length,
 * lists a 32-bit count; so two different values of one label never share bytes, and the label
 * ({@code "release-record/v1"}) keeps values of different kinds apart. Read back by {@link
 * CanonicalReader}.
 */
public final class CanonicalWriter {
  private static final int FIRST_BYTES = 256;
  private static final int TILE_LONGS = 2048;
  private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);

  public CanonicalWriter(String label) {
    putString(label);
  }

  public CanonicalWriter putInt(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  public CanonicalWriter putLong(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** The IEEE 754 bits of a public parameter; NaN has one form. */
  public CanonicalWriter putDouble(double value) {
    return putLong(Double.doubleToLongBits(value));
  }

  public CanonicalWriter putBoolean(boolean value) {
    room(1).put((byte) (value ? 1 : 0));
    return this;
  }

  public CanonicalWriter putString(String value) {
    return putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public CanonicalWriter putBytes(byte[] value) {
    putInt(value.length);
    room(value.length).put(value);
    return this;
  }

  public CanonicalWriter putDigest(Digest value) {
    room(Digest.BYTES).put(value.bytes());
    return this;
  }

  public CanonicalWriter putLongs(long[] values) {
    putInt(values.length);
    int bytes = Math.multiplyExact(Long.BYTES, values.length);
    room(bytes).asLongBuffer().put(values);
    out.position(out.position() + bytes);
    return this;
  }

  public <T> CanonicalWriter putList(List<T> items, BiConsumer<CanonicalWriter, T> item) {
    putInt(items.size());
    for (T each : items) {
      item.accept(this, each);
    }
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  public Digest digest() {
    MessageDigest sha = Digest.sha256();
    sha.update(out.array(), 0, out.position());
    return Digest.ofBytes(sha.digest());
  }

  /**
   * The digest of {@code label} and one list of longs, tile by tile: a long vector is not held
   * twice.
   */
  public static Digest digestOfLongs(String label, long[] values) {
    CanonicalWriter head = new CanonicalWriter(label).putInt(values.length);
    MessageDigest sha = Digest.sha256();
    sha.update(head.out.array(), 0, head.out.position());
    ByteBuffer tile = ByteBuffer.allocate(Long.BYTES * TILE_LONGS);
    for (int at = 0; at < values.length; at += TILE_LONGS) {
      int count = Math.min(TILE_LONGS, values.length - at);
      tile.asLongBuffer().put(values, at, count);
      sha.update(tile.array(), 0, Long.BYTES * count);
    }
    return Digest.ofBytes(sha.digest());
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int size = Math.max(2 * out.capacity(), Math.addExact(out.position(), bytes));
      out = ByteBuffer.allocate(size).put(out.flip());
    }
    return out;
  }
}
