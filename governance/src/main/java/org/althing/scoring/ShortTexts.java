package org.althing.scoring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What the short texts of one column that came last mean: texts of up to {@value #LONGEST} bytes,
 * each in the one place that its hash gives it. A text is looked up by one word, without being
 * trimmed or parsed. A column whose texts hardly ever come again is no longer remembered. Not safe
 * for concurrent use.
 */
final class ShortTexts {
  /** No text has it: a key holds the length, which is at least 1. */
  static final long NO_KEY = 0;

  private static final int LONGEST = 7;
  private static final int PLACES = 256;
  private static final int PLACE_BITS = 8;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** So many texts that were not found, and no more found, end it. */
  private static final int TRIAL = 4 * PLACES;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] keys = new long[PLACES];
  private final double[] values = new double[PLACES];
  private int misses;
  private long looked;
  private boolean worthIt = true;

  /**
   * The bytes of a text with its length, so that no two texts have one key; {@link #NO_KEY} of a
   * text that is empty or too long, or where remembering is not worth it.
   */
  long keyOf(byte[] utf8, int from, int to) {
    int length = to - from;
    if (length < 1 || length > LONGEST || !worthIt) {
      return NO_KEY;
    }
    looked++;
    long word = from + 8 <= utf8.length ? (long) EIGHT.get(utf8, from) : bytewise(utf8, from, to);
    return (word & ((1L << (8 * length)) - 1)) | ((long) length << 56);
  }

  private static long bytewise(byte[] utf8, int from, int to) {
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = (word << 8) | (utf8[i] & 0xFF);
    }
    return word;
  }

  static int placeOf(long key) {
    return (int) ((key * MIX) >>> (64 - PLACE_BITS));
  }

  boolean holds(int place, long key) {
    return keys[place] == key;
  }

  double value(int place) {
    return values[place];
  }

  /** Remembers what a text means instead of whatever had its place; answers the value. */
  double keep(int place, long key, double value) {
    keys[place] = key;
    values[place] = value;
    if (++misses == TRIAL) {
      worthIt = looked >= 2L * TRIAL;
      misses = 0;
      looked = 0;
    }
    return value;
  }
}
