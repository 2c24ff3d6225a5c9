package org.althing.sheet;

import java.util.ArrayList;
import java.util.List;

/** Columns of plain text, aligned; numbers on their right, words on their left. */
public final class TextTable {
  private static final int GAP = 2;
  private final String indent;
  private final List<Integer> rightAligned;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param rightAligned positions of the columns of numbers
   */
  public TextTable(String indent, List<Integer> rightAligned) {
    this.indent = indent;
    this.rightAligned = List.copyOf(rightAligned);
  }

  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** One line per row, each ended by a line feed, without blanks at its end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int c = 0; c < row.size(); c++) {
        String blanks = " ".repeat(width(c) - length(row.get(c)));
        line.append(rightAligned.contains(c) ? blanks + row.get(c) : row.get(c) + blanks);
        line.append(" ".repeat(GAP));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(r -> r.size() > column)
        .mapToInt(r -> length(r.get(column)))
        .max()
        .orElse(0);
  }

  /** How many places of a terminal a text takes: Chinese, Japanese and Korean letters take two. */
  public static int length(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  /** By Unicode Standard Annex 11, without the symbols that are wide in some terminals alone. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF01 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
