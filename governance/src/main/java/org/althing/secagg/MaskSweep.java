package org.althing.secagg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds and subtracts many masks in one pass over a vector, tile by tile, so that the vector is read
 * from memory once and not once per mask.
 *
 * <p>A mask is a key stream read as little-endian 64-bit words. Its seed is taken over and erased.
 */
final class MaskSweep {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int TILE_WORDS = KeyStream.TILE_BYTES / Long.BYTES;
  private final List<KeyStream> added = new ArrayList<>();
  private final List<KeyStream> subtracted = new ArrayList<>();

  MaskSweep add(Secret seed) {
    added.add(new KeyStream(seed));
    return this;
  }

  MaskSweep subtract(Secret seed) {
    subtracted.add(new KeyStream(seed));
    return this;
  }

  /** Once: the streams are used up. */
  void over(long[] vector) {
    over(vector, new byte[KeyStream.TILE_BYTES]);
  }

  /**
   * @param tile where masks pass through, zero afterwards
   */
  void over(long[] vector, byte[] tile) {
    for (int at = 0; at < vector.length; at += TILE_WORDS) {
      int words = Math.min(TILE_WORDS, vector.length - at);
      for (KeyStream stream : added) {
        stream.next(tile, words * Long.BYTES);
        addTile(vector, at, tile, words);
      }
      for (KeyStream stream : subtracted) {
        stream.next(tile, words * Long.BYTES);
        subtractTile(vector, at, tile, words);
      }
    }
    Arrays.fill(tile, (byte) 0);
  }

  private static void addTile(long[] vector, int at, byte[] tile, int words) {
    for (int i = 0; i < words; i++) {
      vector[at + i] += (long) WORDS.get(tile, i * Long.BYTES);
    }
  }

  private static void subtractTile(long[] vector, int at, byte[] tile, int words) {
    for (int i = 0; i < words; i++) {
      vector[at + i] -= (long) WORDS.get(tile, i * Long.BYTES);
    }
  }
}
