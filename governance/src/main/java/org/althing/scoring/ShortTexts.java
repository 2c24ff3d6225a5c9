package org.althing.scoring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What the short texts of one column that came last mean: texts of up to {@value #LONGEST} bytes,
 * each in one of the two places of a pair that its hash gives it. A text is looked up by two words,
 * without being trimmed or parsed, and without a branch on its length or place, which nobody could
 * foretell. A column whose texts hardly ever come again is no longer remembered. Not safe for
 * concurrent use.
 */
final class ShortTexts {
  private static final int LONGEST = 15;
  private static final int PAIR_BITS = 8;
  private static final int PLACES = 2 << PAIR_BITS;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** So many texts that were not found, and no more found, end it. */
  private static final int TRIAL = 2 * PLACES;

  /** By a text's length: which of its first eight bytes, and which of the others, are its own. */
  private static final long[] LOW = new long[LONGEST + 1];

  private static final long[] HIGH = new long[LONGEST + 1];

  static {
    for (int length = 0; length <= LONGEST; length++) {
      LOW[length] = length < Long.BYTES ? lowBytes(length) : -1;
      HIGH[length] = length < Long.BYTES ? 0 : lowBytes(length - Long.BYTES);
    }
  }

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The first eight bytes, then the others with the length: no two texts have both in common. */
  private final long[] firsts = new long[PLACES];

  private final long[] seconds = new long[PLACES];
  private final double[] values = new double[PLACES];
  private int misses;
  private int found;
  private boolean worthIt = true;

  private static long lowBytes(int count) {
    return (1L << (Byte.SIZE * count)) - 1;
  }

  /** Whether texts are remembered still. */
  boolean worthIt() {
    return worthIt;
  }

  /**
   * Looks up the texts of a column.
   *
   * @param into what each row's text means, where it is remembered
   * @param missed the rows of which it is not
   * @return how many these are
   */
  int find(TextColumn texts, double[] into, int[] missed) {
    byte[] utf8 = texts.utf8();
    int rows = texts.rows();
    int misses = 0;
    for (int row = 0; row < rows; row++) {
      int from = texts.start(row);
      int length = texts.end(row) - from;
      missed[misses] = row;
      if (!isShort(utf8, from, length)) {
        misses++;
        continue;
      }
      long first = first(utf8, from, length);
      long second = second(utf8, from, length);
      int place = pair(first, second);
      int elsewhere = isOther(place, first, second);
      into[row] = values[place + elsewhere];
      misses += elsewhere & isOther(place + 1, first, second);
    }
    found += rows - misses;
    return misses;
  }

  /** 1 where a place holds another text, 0 where it holds this one; without a branch. */
  private int isOther(int place, long first, long second) {
    long apart = (firsts[place] ^ first) | (seconds[place] ^ second);
    return (int) ((apart | -apart) >>> 63);
  }

  private static boolean isShort(byte[] utf8, int from, int length) {
    return length <= LONGEST && from + 2 * Long.BYTES <= utf8.length;
  }

  private static long first(byte[] utf8, int from, int length) {
    return (long) EIGHT.get(utf8, from) & LOW[length];
  }

  private static long second(byte[] utf8, int from, int length) {
    // 1 more than the length, so that the empty text is not what an empty place holds.
    return ((long) EIGHT.get(utf8, from + Long.BYTES) & HIGH[length]) | ((length + 1L) << 56);
  }

  /** The first place of a pair. */
  private static int pair(long first, long second) {
    return (int) (((first ^ (second * MIX)) * MIX) >>> (64 - PAIR_BITS)) << 1;
  }

  /**
   * Remembers what a text that was not found means, if it is short: in the first place of its pair,
   * and what was there goes to the second.
   */
  void keep(byte[] utf8, int from, int to, double value) {
    int length = to - from;
    if (!isShort(utf8, from, length)) {
      return;
    }
    long first = first(utf8, from, length);
    long second = second(utf8, from, length);
    int place = pair(first, second);
    int other = place + 1;
    firsts[other] = firsts[place];
    seconds[other] = seconds[place];
    values[other] = values[place];
    firsts[place] = first;
    seconds[place] = second;
    values[place] = value;
    if (++misses == TRIAL) {
      worthIt = found >= TRIAL;
      misses = 0;
      found = 0;
    }
  }
}
