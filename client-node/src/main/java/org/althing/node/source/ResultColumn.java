package org.althing.node.source;

import org.althing.cleaning.TextList;
import org.althing.cleaning.TextRows;

/**
 * One field of every row as an engine's result has it: in one column as a number or as the place of
 * a text, in another as a text where it is neither.
 *
 * @param first the result's column of numbers or places; {@link #NONE}
 * @param text the result's column of texts; {@link #NONE}
 * @param list the texts that places stand for
 */
record ResultColumn(Form form, int first, int text, TextList list) {
  static final int NONE = -1;

  enum Form {
    TEXT,
    NUMBER,
    PLACE
  }

  /**
   * Sets the field of some rows.
   *
   * @param from the first of these rows in {@code chunk}
   * @param count at most {@link RowLimits#MOST_AHEAD}
   * @param rows has room for them
   */
  void take(Sandbox.Chunk chunk, int from, int count, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    for (int ahead = 0; ahead < count; ahead++) {
      int row = from + ahead;
      boolean open =
          switch (form) {
            case TEXT -> true;
            case NUMBER -> !setNumber(chunk, row, ahead, field, rows);
            case PLACE -> !setPlace(chunk, row, ahead, field, rows);
          };
      if (open && text != NONE && !chunk.isNull(text, row)) {
        String value = chunk.text(text, row);
        limits.check(ahead, value);
        rows.set(ahead, field, value);
      }
    }
  }

  private boolean setNumber(Sandbox.Chunk chunk, int row, int ahead, int field, TextRows rows) {
    double number = chunk.number(first, row);
    if (Double.isNaN(number) && chunk.isNull(first, row)) {
      return false;
    }
    rows.set(ahead, field, number);
    return true;
  }

  private boolean setPlace(Sandbox.Chunk chunk, int row, int ahead, int field, TextRows rows) {
    int place = chunk.code(first, row);
    if (place < 0) {
      return false;
    }
    rows.set(ahead, field, list, place);
    return true;
  }
}
