package org.althing.scoring;

/** One column of some rows whose texts lie in an array of UTF-8. */
final class TextColumn {
  private final byte[] utf8;
  private final int[] starts;
  private final int[] ends;
  private final int first;
  private final int width;
  private final int rows;

  /**
   * @param starts row by row, where each of its fields begins
   * @param first the column's field in the first row
   * @param width how many fields a row has
   */
  TextColumn(byte[] utf8, int[] starts, int[] ends, int first, int width, int rows) {
    this.utf8 = utf8;
    this.starts = starts;
    this.ends = ends;
    this.first = first;
    this.width = width;
    this.rows = rows;
  }

  byte[] utf8() {
    return utf8;
  }

  int rows() {
    return rows;
  }

  int start(int row) {
    return starts[first + row * width];
  }

  int end(int row) {
    return ends[first + row * width];
  }
}
