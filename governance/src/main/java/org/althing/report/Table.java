package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of text whose first column names its rows; columns whose heading ends in {@code >} are
 * numbers and stand to the right.
 */
public final class Table {
  private final String caption;
  private final List<String> headings;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String mark, List<String> cells) {}

  public Table(String caption, String... headings) {
    this.caption = caption;
    this.headings = List.of(headings);
  }

  public Table row(String... cells) {
    return markedRow("", cells);
  }

  /**
   * A row that the style sheet sets off.
   *
   * @param mark class of the row; empty for none
   */
  public Table markedRow(String mark, String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "table %s has %d columns, got %d cells"
              .formatted(caption, headings.size(), cells.length));
    }
    rows.add(new Row(mark, List.of(cells)));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  public Markup toMarkup() {
    Markup out = new Markup();
    out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    out.open("table").leaf("caption", caption);
    if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
      head(out);
    }
    out.open("tbody");
    for (Row row : rows) {
      out.line();
      if (row.mark().isEmpty()) {
        out.open("tr");
      } else {
        out.open("tr", "class", row.mark());
      }
      out.leaf("th", row.cells().get(0), "scope", "row");
      for (int c = 1; c < row.cells().size(); c++) {
        out.leaf("td", row.cells().get(c), "class", isNumber(c) ? "n" : "t");
      }
      out.close();
    }
    return out.close().close().close().line();
  }

  /** The characters of its longest cells side by side; headings wrap. */
  int width() {
    return IntStream.range(0, headings.size())
        .map(c -> rows.stream().mapToInt(row -> row.cells().get(c).length()).max().orElse(0))
        .sum();
  }

  int columns() {
    return headings.size();
  }

  private void head(Markup out) {
    out.open("thead").open("tr");
    for (int c = 0; c < headings.size(); c++) {
      String heading = headings.get(c);
      String shown = isNumber(c) ? heading.substring(0, heading.length() - 1) : heading;
      out.leaf("th", shown, "scope", "col", "class", isNumber(c) ? "n" : "t");
    }
    out.close().close();
  }

  private boolean isNumber(int column) {
    return headings.get(column).endsWith(">");
  }
}
