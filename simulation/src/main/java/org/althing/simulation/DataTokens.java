package org.althing.simulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What only somebody who has read a node's rows knows: its sums, with their noise and without. A
 * small or round number stands in messages by chance too, so it tells only beside its neighbour.
 */
final class DataTokens {
  private static final long LEAST_OF_TWO = 1 << 8;
  private static final long LEAST_DIGITS = 10_000;
  private static final int LEAST_BYTES = 4;

  private final Set<Long> words = new HashSet<>();
  private final Set<Long> pairs = new HashSet<>();
  private final Set<Long> digits = new HashSet<>();

  void add(long[] sum) {
    for (int i = 0; i < sum.length; i++) {
      long size = Math.abs(sum[i]);
      if (i > 0 && Math.min(size, Math.abs(sum[i - 1])) >= LEAST_OF_TWO) {
        pairs.add(pair(sum[i - 1], sum[i]));
      }
      if (bytesSet(size) >= LEAST_BYTES) {
        words.add(sum[i]);
      }
      if (size >= LEAST_DIGITS) {
        digits.add(size);
      }
    }
  }

  private static int bytesSet(long number) {
    int set = 0;
    for (long rest = number; rest != 0; rest >>>= Byte.SIZE) {
      set += (rest & 0xff) == 0 ? 0 : 1;
    }
    return set;
  }

  private static long pair(long first, long second) {
    return first * 0x9e3779b97f4a7c15L + Long.rotateLeft(second, 32);
  }

  /** Whether the bytes have one of them, as words of either order at any place, or as digits. */
  boolean in(byte[] message) {
    List<ByteBuffer> orders =
        List.of(ByteBuffer.wrap(message), ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN));
    return orders.stream().anyMatch(this::inWords) || inDigits(message);
  }

  private boolean inWords(ByteBuffer message) {
    for (int at = 0; at + Long.BYTES <= message.limit(); at++) {
      long word = message.getLong(at);
      if (words.contains(word)
          || (at + 2 * Long.BYTES <= message.limit()
              && pairs.contains(pair(word, message.getLong(at + Long.BYTES))))) {
        return true;
      }
    }
    return false;
  }

  private boolean inDigits(byte[] message) {
    long number = 0;
    for (byte each : message) {
      boolean digit = each >= '0' && each <= '9';
      if (!digit && digits.contains(number)) {
        return true;
      }
      number = digit ? 10 * number + each - '0' : 0;
    }
    return digits.contains(number);
  }
}
