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

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
