package org.althing.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public CanonicalWriter(String label) {
    putString(label);
  }

  public CanonicalWriter putInt(int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
    return this;
  }

  public CanonicalWriter putLong(long value) {
    return putInt((int) (value >>> 32)).putInt((int) value);
  }

  /** The IEEE 754 bits of a public parameter; NaN has one form. */
  public CanonicalWriter putDouble(double value) {
    return putLong(Double.doubleToLongBits(value));
  }

  public CanonicalWriter putBoolean(boolean value) {
    out.write(value ? 1 : 0);
    return this;
  }

  public CanonicalWriter putString(String value) {
    return putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public CanonicalWriter putBytes(byte[] value) {
    putInt(value.length);
    out.writeBytes(value);
    return this;
  }

  public CanonicalWriter putDigest(Digest value) {
    out.writeBytes(value.bytes());
    return this;
  }

  public CanonicalWriter putLongs(long[] values) {
    putInt(values.length);
    for (long value : values) {
      putLong(value);
    }
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
    return out.toByteArray();
  }

  public Digest digest() {
    return Digest.of(toBytes());
  }
}
