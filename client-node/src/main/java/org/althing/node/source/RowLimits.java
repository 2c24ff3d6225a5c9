package org.althing.node.source;

import org.althing.node.source.SourceProblem.Kind;

/** Refuses rows that a delimited text file could not have either. */
final class RowLimits {
  private final String where;
  private long rows;

  /**
   * For one reading.
   *
   * @param where a file or table, for messages
   */
  RowLimits(String where) {
    this.where = where;
  }

  void check(String[] row) throws SourceProblem {
    if (++rows > RecordSource.MOST_ROWS) {
      throw new SourceProblem(
          Kind.TOO_MANY_ROWS, where, "expected at most %d rows".formatted(RecordSource.MOST_ROWS));
    }
    long characters = 0;
    for (String text : row) {
      characters += text.length();
      if (text.indexOf('\0') >= 0) {
        throw new SourceProblem(
            Kind.NUL, where + ", row " + rows, "a NUL character → export the texts again");
      }
    }
    if (characters > CsvReader.MOST_CHARACTERS_PER_ROW) {
      throw new SourceProblem(
          Kind.ROW_TOO_LONG,
          where + ", row " + rows,
          "expected at most %d characters → bind fewer or shorter columns"
              .formatted(CsvReader.MOST_CHARACTERS_PER_ROW));
    }
  }
}
