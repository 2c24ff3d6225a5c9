package org.althing.scoring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What the short texts of one column that came last mean: texts of up to {@value #LONGEST} bytes,
 * each in one of the two places of a pair that its hash gives it. A text is looked up by two words,
 * without being trimmed or parsed. A column whose texts hardly ever come again is no longer
 * remembered. Not safe for concurrent use.
 */
final class ShortTexts {
  /** Where a text is not remembered. */
  static final int NOWHERE = -1;

  private static final int LONGEST = 15;
  private static final int PAIR_BITS = 8;
  private static final int PLACES = 2 << PAIR_BITS;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** So many texts that were not found, and no more found, end it. */
  private static final int TRIAL = 2 * PLACES;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The first eight bytes, then the others with the length: no two texts have both in common. */
  private final long[] firsts = new long[PLACES];

  private final long[] seconds = new long[PLACES];
  private final double[] values = new double[PLACES];
  private long first;
  private long second;
  private int misses;
  private int found;
  private boolean worthIt = true;

  /** Where a text is; of one that is not there, {@link #keep} tells what it means. */
  int find(byte[] utf8, int from, int to) {
    int length = to - from;
    if (!worthIt || length > LONGEST || from + 16 > utf8.length) {
      second = 0;
      return NOWHERE;
    }
    long low = (long) EIGHT.get(utf8, from);
    if (length < 8) {
      first = low & ((1L << (8 * length)) - 1);
      second = (long) length << 56;
    } else {
      first = low;
      long high = (long) EIGHT.get(utf8, from + 8);
      second = (high & ((1L << (8 * (length - 8))) - 1)) | ((long) length << 56);
    }
    int place = pair();
    if (firsts[place] != first || seconds[place] != second) {
      place++;
      if (firsts[place] != first || seconds[place] != second) {
        return NOWHERE;
      }
    }
    found++;
    return place;
  }

  /** The first place of the pair. */
  private int pair() {
    return (int) (((first ^ (second * MIX)) * MIX) >>> (64 - PAIR_BITS)) << 1;
  }

  double value(int place) {
    return values[place];
  }

  /**
   * Remembers what the text that was not found means, if it is short: in the first place of its
   * pair, and what was there goes to the second. Answers the value.
   */
  double keep(double value) {
    if (second == 0) {
      return value;
    }
    int place = pair();
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
    return value;
  }
}
