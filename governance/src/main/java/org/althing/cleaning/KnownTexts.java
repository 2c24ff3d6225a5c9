package org.althing.cleaning;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers texts in the order they come, so that what one means is worked out once: by their bytes,
 * by open addressing. Holds the first {@value #MOST} texts of at most {@value #LONGEST} bytes that
 * it is given, and no more. Not safe for concurrent use.
 */
public final class KnownTexts {
  public static final int NOT_FOUND = -1;
  private static final int MOST = 4096;
  private static final int LONGEST = 64;
  private static final int FIRST_PLACES = 64;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] texts = new byte[256];
  private int textBytes;
  private int size;
  private long[] hashes = new long[FIRST_PLACES];
  private int[] starts = new int[FIRST_PLACES];
  private int[] lengths = new int[FIRST_PLACES];
  private int[] numbers = new int[FIRST_PLACES];

  /** The number of a text of at least one byte, from 0, or {@link #NOT_FOUND}. */
  public int find(byte[] bytes, int from, int to) {
    int length = to - from;
    long hash = hash(bytes, from, to);
    int place = (int) hash & (hashes.length - 1);
    while (lengths[place] > 0) {
      if (hashes[place] == hash
          && lengths[place] == length
          && Arrays.equals(texts, starts[place], starts[place] + length, bytes, from, to)) {
        return numbers[place];
      }
      place = (place + 1) & (hashes.length - 1);
    }
    return NOT_FOUND;
  }

  /** Remembers a text that was not found; its number, or {@link #NOT_FOUND} without room for it. */
  public int add(byte[] bytes, int from, int to) {
    int length = to - from;
    if (size == MOST || length > LONGEST) {
      return NOT_FOUND;
    }
    if (2 * (size + 1) > hashes.length) {
      grow();
    }
    if (textBytes + length > texts.length) {
      texts = Arrays.copyOf(texts, 2 * (textBytes + length));
    }
    System.arraycopy(bytes, from, texts, textBytes, length);
    put(hash(bytes, from, to), textBytes, length, size);
    textBytes += length;
    return size++;
  }

  private void put(long hash, int start, int length, int number) {
    int place = (int) hash & (hashes.length - 1);
    while (lengths[place] > 0) {
      place = (place + 1) & (hashes.length - 1);
    }
    hashes[place] = hash;
    starts[place] = start;
    lengths[place] = length;
    numbers[place] = number;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldStarts = starts;
    int[] oldLengths = lengths;
    int[] oldNumbers = numbers;
    hashes = new long[2 * oldHashes.length];
    starts = new int[hashes.length];
    lengths = new int[hashes.length];
    numbers = new int[hashes.length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldLengths[i] > 0) {
        put(oldHashes[i], oldStarts[i], oldLengths[i], oldNumbers[i]);
      }
    }
  }

  private static long hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ (long) EIGHT.get(bytes, at)) * MIX;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = (rest << 8) | (bytes[at] & 0xFF);
    }
    hash = (hash ^ rest) * MIX;
    return hash ^ (hash >>> 29);
  }
}
