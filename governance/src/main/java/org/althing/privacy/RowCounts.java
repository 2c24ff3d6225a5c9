package org.althing.privacy;

/**
 * How many rows each privacy unit has, in ten bytes per slot and at most three quarters of the
 * slots used: ten million units take 170 MB, a quarter of what boxed keys would.
 */
final class RowCounts {
  private static final int FIRST_SLOTS = 1 << 10;
  long[] units = new long[FIRST_SLOTS];

  /** Zero marks a free slot. */
  private short[] counts = new short[FIRST_SLOTS];

  private int used;

  /**
   * Adds rows to a unit.
   *
   * @param rows 1 to 1000
   * @return the unit's rows so far, never above 32 767
   */
  int add(long unit, int rows) {
    if (used >= units.length / 4 * 3) {
      grow();
    }
    int slot = slot(unit);
    if (counts[slot] == 0) {
      units[slot] = unit;
      used++;
    }
    counts[slot] = (short) Math.min(Short.MAX_VALUE, counts[slot] + rows);
    return counts[slot];
  }

  /** Adds every unit of {@code other}; the most rows that any one of them then has. */
  int addAll(RowCounts other) {
    int most = 0;
    for (int slot = 0; slot < other.units.length; slot++) {
      if (other.counts[slot] > 0) {
        most = Math.max(most, add(other.units[slot], other.counts[slot]));
      }
    }
    return most;
  }

  private int slot(long unit) {
    // Murmur3's finaliser: neighbouring row numbers must not crowd neighbouring slots.
    long mixed = (unit ^ (unit >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    int mask = units.length - 1;
    int slot = (int) (mixed ^ (mixed >>> 33)) & mask;
    while (counts[slot] != 0 && units[slot] != unit) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    if (units.length == 1 << 30) {
      throw new IllegalStateException("one node sums at most 800 million privacy units");
    }
    long[] oldUnits = units;
    short[] oldCounts = counts;
    units = new long[oldUnits.length * 2];
    counts = new short[oldUnits.length * 2];
    for (int old = 0; old < oldUnits.length; old++) {
      if (oldCounts[old] != 0) {
        int slot = slot(oldUnits[old]);
        units[slot] = oldUnits[old];
        counts[slot] = oldCounts[old];
      }
    }
  }
}
