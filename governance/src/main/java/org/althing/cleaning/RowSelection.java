package org.althing.cleaning;

import java.util.Arrays;

/**
 * Which rows count: for every privacy unit the m rows whose salted content hashes are least, exact
 * repetitions of a row under one key counted once. Filled in a first pass over all rows, then
 * fixed.
 *
 * <p>The choice looks at one unit's rows alone and not at their order, so adding or removing a unit
 * changes that unit's rows and no other's: stability 1 per unit (NIST SP 800-226 §3.4 names
 * preprocessing without this property a hazard). Rows without a key are units of their own and all
 * count, told apart from equal rows by a running number; one more equal row adds one more unit and
 * changes none. Two keys whose 64-bit hashes collide are treated as one unit, which can only lower
 * what they contribute; for a million keys chosen without knowledge of the salt that has odds below
 * 1e-7.
 *
 * <p>Holds 16 bytes per row with a key in the first pass, and {@link UnitRepeats} of the others.
 * Not safe for concurrent use.
 */
public final class RowSelection {
  private static final int FIRST_ROOM = 1024;

  private final int maxRows;
  private long[] units = new long[FIRST_ROOM];
  private long[] contents = new long[FIRST_ROOM];
  private boolean[] taken = new boolean[0];
  private final UnitRepeats unkeyed = new UnitRepeats();
  private int size;
  private long seen;
  private long kept;
  private boolean fixed;

  RowSelection(int maxRows) {
    this.maxRows = maxRows;
  }

  /** How many rows the first pass saw; never leaves the node. */
  public long rowsSeen() {
    return seen;
  }

  /** How many rows of the latest pass counted so far; never leaves the node. */
  public long rowsKept() {
    return kept;
  }

  /** Takes note of rows without a key, which all count. */
  void seeUnkeyed(int rows) {
    seen += rows;
  }

  /** Takes note of a row with a key. */
  void see(RowIdentity row) {
    if (fixed) {
      throw new IllegalStateException("the selection is fixed; the first pass is over");
    }
    if (size == units.length) {
      units = Arrays.copyOf(units, 2 * size);
      contents = Arrays.copyOf(contents, 2 * size);
    }
    units[size] = row.unit();
    contents[size] = row.content();
    size++;
    seen++;
  }

  /**
   * Ends the first pass: sorts by unit and content, and keeps the first m contents of each unit.
   */
  void fix() {
    new PairSort(units, contents).sort(size);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      boolean sameUnit = distinct > 0 && units[distinct - 1] == units[i];
      if (sameUnit && contents[distinct - 1] == contents[i]) {
        continue;
      }
      boolean full = distinct >= maxRows && units[distinct - maxRows] == units[i];
      if (full) {
        continue;
      }
      units[distinct] = units[i];
      contents[distinct] = contents[i];
      distinct++;
    }
    size = distinct;
    units = Arrays.copyOf(units, size);
    contents = Arrays.copyOf(contents, size);
    taken = new boolean[size];
    fixed = true;
  }

  /** Starts another pass over the same rows. */
  void restart() {
    if (!fixed) {
      throw new IllegalStateException("the first pass is not over");
    }
    Arrays.fill(taken, false);
    unkeyed.clear();
    kept = 0;
  }

  /**
   * How often the content of a row without a key came before in this pass; of a row with one 0, or
   * -1 where it does not count.
   */
  int take(RowIdentity row) {
    if (!row.keyed()) {
      kept++;
      return unkeyed.next(row.content());
    }
    int at = find(row.unit(), row.content());
    if (at < 0 || taken[at]) {
      return -1;
    }
    taken[at] = true;
    kept++;
    return 0;
  }

  /** Takes rows without a key, of which nobody asks how often they came before. */
  void takeAll(int rows) {
    kept += rows;
  }

  private int find(long unit, long content) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = PairSort.compare(units[middle], contents[middle], unit, content);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
