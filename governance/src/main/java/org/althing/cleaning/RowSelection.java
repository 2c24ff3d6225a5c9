package org.althing.cleaning;

import java.util.Arrays;

/**
 * Which rows count: for every privacy unit the m rows whose salted content hashes are least, exact
 * repetitions of a row under one key counted once. Filled in a first pass over all rows, then
 * fixed.
 *
 * <p>The choice looks at one unit's rows alone and not at their order, so adding or removing a unit
 * changes that unit's rows and no other's: stability 1 per unit (NIST SP 800-226 §3.4 names
 * preprocessing without this property a hazard). Rows without a key are units of their own, told
 * apart from equal rows by a running number; one more equal row adds one more unit and changes
 * none. Two keys whose 64-bit hashes collide are treated as one unit, which can only lower what
 * they contribute; for a million keys chosen without knowledge of the salt that has odds below
 * 1e-7.
 *
 * <p>Holds 16 bytes per row in the first pass. Not safe for concurrent use.
 */
public final class RowSelection {
  private static final int FIRST_ROOM = 1024;

  private final int maxRows;
  private long[] units = new long[FIRST_ROOM];
  private long[] contents = new long[FIRST_ROOM];
  private int[] copies = new int[0];
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

  void see(RowIdentity row) {
    if (fixed) {
      throw new IllegalStateException("the selection is fixed; the first pass is over");
    }
    if (size == units.length) {
      units = Arrays.copyOf(units, 2 * size);
      contents = Arrays.copyOf(contents, 2 * size);
    }
    units[size] = row.unit();
    contents[size] = row.keyed() ? row.content() : row.unit();
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
    copies = new int[size];
    fixed = true;
  }

  /** Starts another pass over the same rows. */
  void restart() {
    if (!fixed) {
      throw new IllegalStateException("the first pass is not over");
    }
    Arrays.fill(copies, 0);
    kept = 0;
  }

  /** How often the row's content came before in this pass; -1 where the row does not count. */
  int take(RowIdentity row) {
    int at = find(row.unit(), row.keyed() ? row.content() : row.unit());
    if (at < 0) {
      if (row.keyed()) {
        return -1;
      }
      throw new IllegalStateException("a row was not there in the first pass");
    }
    int earlier = copies[at]++;
    if (row.keyed() && earlier > 0) {
      return -1;
    }
    kept++;
    return earlier;
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
