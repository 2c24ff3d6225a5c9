package org.althing.secagg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes as little-endian longs and back. */
final class Longs {
  private Longs() {}

  static long[] of(byte[] bytes) {
    long[] longs = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(longs);
    return longs;
  }

  /** The same of a secret; erases {@code bytes}. */
  static long[] taking(byte[] bytes) {
    long[] longs = of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return longs;
  }

  static byte[] toBytes(long[] longs, int from, int count) {
    byte[] bytes = new byte[Long.BYTES * count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(longs, from, count);
    return bytes;
  }
}
