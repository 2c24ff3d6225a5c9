package org.althing.node.source;

import org.althing.cleaning.DecimalText;
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

  /** In the place of a text that the list does not have, where texts do not come beside places. */
  static final int UNLISTED = 255;

  enum Form {
    TEXT,
    NUMBER,
    WHOLE,
    PLACE
  }

  /**
   * Sets the field of some rows.
   *
   * @param from the first of these rows in {@code chunk}
   * @param count at most {@link RowLimits#MOST_AHEAD}
   * @param rows has room for them
   * @return whether all of them are there; false where a text has neither a place nor a column
   */
  boolean take(Sandbox.Chunk chunk, int from, int count, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    switch (form) {
      case TEXT -> takeTexts(chunk, from, count, field, rows, limits);
      case NUMBER -> takeNumbers(chunk, from, count, field, rows);
      case WHOLE -> takeWhole(chunk, from, count, field, rows, limits);
      case PLACE -> {
        return takePlaces(chunk, from, count, field, rows, limits);
      }
    }
    return true;
  }

  private void takeTexts(
      Sandbox.Chunk chunk, int from, int count, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    for (int ahead = 0; ahead < count; ahead++) {
      takeText(chunk, from + ahead, ahead, field, rows, limits);
    }
  }

  private void takeText(
      Sandbox.Chunk chunk, int row, int ahead, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    if (text != NONE && !chunk.isNull(text, row)) {
      set(chunk.text(text, row), ahead, field, rows, limits);
    }
  }

  private static void set(String value, int ahead, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    limits.check(ahead, value);
    rows.set(ahead, field, value);
  }

  private void takeNumbers(Sandbox.Chunk chunk, int from, int count, int field, TextRows rows) {
    double[] numbers = chunk.numbers(first, from, count);
    rows.set(field, numbers, count);
    for (int ahead = 0; ahead < count; ahead++) {
      double number = numbers[ahead];
      if (!Double.isFinite(number) && !chunk.isNull(first, from + ahead)) {
        rows.set(ahead, field, DecimalText.of(number));
      }
    }
  }

  private void takeWhole(
      Sandbox.Chunk chunk, int from, int count, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    double[] numbers = chunk.wholeNumbers(first, from, count);
    rows.set(field, numbers, count);
    for (int ahead = 0; ahead < count; ahead++) {
      if (Double.isNaN(numbers[ahead]) && !chunk.isNull(first, from + ahead)) {
        set(Long.toString(chunk.whole(first, from + ahead)), ahead, field, rows, limits);
      }
    }
  }

  private boolean takePlaces(
      Sandbox.Chunk chunk, int from, int count, int field, TextRows rows, RowLimits limits)
      throws SourceProblem {
    int[] places = chunk.codes(first, from, count);
    rows.set(field, list, places, count);
    boolean all = true;
    for (int ahead = 0; ahead < count; ahead++) {
      if (places[ahead] < 0) {
        takeText(chunk, from + ahead, ahead, field, rows, limits);
      }
      all &= places[ahead] != UNLISTED;
    }
    return all;
  }
}
