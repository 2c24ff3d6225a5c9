package org.althing.node.source;

import java.util.Arrays;
import org.althing.node.source.SourceProblem.Kind;

/** Refuses rows that a delimited text file could not have either. */
final class RowLimits {
  /** Rows that may be looked at before they are counted. */
  static final int MOST_AHEAD = 32;

  private final String where;

  /** Of each row to come, so far. */
  private final long[] characters = new long[MOST_AHEAD];

  private long rows;

  /**
   * For one reading.
   *
   * @param where a file or table, for messages
   */
  RowLimits(String where) {
    this(where, 0);
  }

  /**
   * For a reading of what follows so many rows.
   *
   * @param where a file or table, for messages
   */
  RowLimits(String where, long before) {
    this.where = where;
    this.rows = before;
  }

  void check(String[] row) throws SourceProblem {
    for (String text : row) {
      check(0, text);
    }
    endRows(1);
  }

  /**
   * Looks at one text.
   *
   * @param ahead in which of the rows to come it is, counted from 0
   */
  void check(int ahead, String text) throws SourceProblem {
    characters[ahead] += text.length();
    if (text.indexOf('\0') >= 0) {
      throw new SourceProblem(
          Kind.NUL,
          where + ", row " + (rows + ahead + 1),
          "a NUL character → export the texts again");
    }
    if (characters[ahead] > CsvReader.MOST_CHARACTERS_PER_ROW) {
      throw new SourceProblem(
          Kind.ROW_TOO_LONG,
          where + ", row " + (rows + ahead + 1),
          "expected at most %d characters → bind fewer or shorter columns"
              .formatted(CsvReader.MOST_CHARACTERS_PER_ROW));
    }
  }

  /** So many rows have come. */
  void endRows(int count) throws SourceProblem {
    rows += count;
    if (rows > RecordSource.MOST_ROWS) {
      throw new SourceProblem(
          Kind.TOO_MANY_ROWS, where, "expected at most %d rows".formatted(RecordSource.MOST_ROWS));
    }
    Arrays.fill(characters, 0, count, 0);
  }
}
