package org.althing.cleaning;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which rows count: for every privacy unit the m rows whose salted content hashes are least, of
 * exact repetitions of a row under one key the first. Filled in a first pass over all rows, then
 * fixed; further passes are over the same rows in the same order, and need no hash of one with a
 * key.
 *
 * <p>The choice looks at one unit's rows alone and, but for which of equal ones it is, not at their
 * order, so adding or removing a unit changes that unit's rows and no other's: stability 1 per unit
 * (NIST SP 800-226 §3.4 names preprocessing without this property a hazard). Rows without a key are
 * units of their own and all count, told apart from equal rows by a running number; one more equal
 * row adds one more unit and changes none. Two keys whose 64-bit hashes collide are treated as one
 * unit, which can only lower what they contribute; for a million keys chosen without knowledge of
 * the salt that has odds below 1e-7.
 *
 * <p>Holds 16 bytes per row with a key in the first pass, 20 where that ends and a bit from then
 * on, and {@link UnitRepeats} of rows without. Not safe for concurrent use.
 */
public final class RowSelection {
  private static final int FIRST_ROOM = 1024;

  private final int maxRows;

  /** Of the rows with a key, in the first pass. */
  private long[] units = new long[FIRST_ROOM];

  private long[] contents = new long[FIRST_ROOM];
  private int size;

  /** By the place of a row among those with a key, once it is fixed. */
  private final BitSet counted = new BitSet();

  private final UnitRepeats unkeyed = new UnitRepeats();

  /** Rows with a key that this pass has come to. */
  private int passed;

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

  /** Takes note of a row with a key, by the hashes of whose it is and of what it says. */
  void see(long unit, long content) {
    if (fixed) {
      throw new IllegalStateException("the selection is fixed; the first pass is over");
    }
    if (size == units.length) {
      units = Arrays.copyOf(units, 2 * size);
      contents = Arrays.copyOf(contents, 2 * size);
    }
    units[size] = unit;
    contents[size] = content;
    size++;
    seen++;
  }

  /**
   * Ends the first pass: sorts by unit and content, and chooses the first m contents of each unit.
   */
  void fix() {
    int[] places = new int[size];
    Arrays.setAll(places, place -> place);
    new PairSort(units, contents, places).sort(size);
    int before = 0;
    int end = 0;
    for (int begin = 0; begin < size; begin = end) {
      int first = places[begin];
      for (end = begin + 1; end < size && isSame(begin, end); end++) {
        first = Math.min(first, places[end]);
      }
      before = begin > 0 && units[begin - 1] == units[begin] ? before + 1 : 0;
      if (before < maxRows) {
        counted.set(first);
      }
    }
    units = new long[0];
    contents = new long[0];
    fixed = true;
  }

  private boolean isSame(int row, int other) {
    return units[row] == units[other] && contents[row] == contents[other];
  }

  /** Starts another pass over the same rows in the same order. */
  void restart() {
    if (!fixed) {
      throw new IllegalStateException("the first pass is not over");
    }
    unkeyed.clear();
    passed = 0;
    kept = 0;
  }

  /** Whether the next row with a key counts; one more than the first pass saw does not. */
  boolean takeKeyed() {
    if (!fixed) {
      throw new IllegalStateException("the first pass is not over");
    }
    boolean counts = counted.get(passed++);
    kept += counts ? 1 : 0;
    return counts;
  }

  /** Takes a row without a key: how often its content came before in this pass. */
  int takeUnkeyed(long content) {
    kept++;
    return unkeyed.next(content);
  }

  /** Takes rows without a key, of which nobody asks how often they came before. */
  void takeAll(int rows) {
    kept += rows;
  }
}
