package org.althing.cleaning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a hash came before: what tells equal rows apart that are units of their own. Holds 9
 * bytes for each of at most 3.2 places per hash. Not safe for concurrent use.
 */
final class UnitRepeats {
  private static final int FIRST_ROOM = 1024;
  private static final int MOST_SHORT = 255;

  /** The hashes that came, by open addressing; 0 where there is none. */
  private long[] hashes = new long[FIRST_ROOM];

  /** How often each came again, up to {@value #MOST_SHORT}. */
  private byte[] repeats = new byte[FIRST_ROOM];

  /** How often those came again that did so more often. */
  private final Map<Long, Integer> many = new HashMap<>();

  private int size;

  /** Forgets all hashes. */
  void clear() {
    Arrays.fill(hashes, 0);
    Arrays.fill(repeats, (byte) 0);
    many.clear();
    size = 0;
  }

  /** How often {@code hash} was asked for before; 0 and 1 count as one. */
  int next(long hash) {
    long key = hash == 0 ? 1 : hash;
    int slot = slot(key);
    if (hashes[slot] != key) {
      hashes[slot] = key;
      size++;
      // Five in eight, so that ten million hashes have 2^24 places.
      if (size / 5 > hashes.length / 8) {
        grow();
      }
      return 0;
    }
    int before = Byte.toUnsignedInt(repeats[slot]);
    if (before < MOST_SHORT) {
      repeats[slot]++;
      return before + 1;
    }
    return MOST_SHORT + many.merge(key, 1, Integer::sum);
  }

  private int slot(long key) {
    int slot = (int) key & (hashes.length - 1);
    while (hashes[slot] != 0 && hashes[slot] != key) {
      slot = (slot + 1) & (hashes.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] formerHashes = hashes;
    byte[] formerRepeats = repeats;
    hashes = new long[2 * formerHashes.length];
    repeats = new byte[hashes.length];
    for (int i = 0; i < formerHashes.length; i++) {
      if (formerHashes[i] != 0) {
        int slot = slot(formerHashes[i]);
        hashes[slot] = formerHashes[i];
        repeats[slot] = formerRepeats[i];
      }
    }
  }
}
