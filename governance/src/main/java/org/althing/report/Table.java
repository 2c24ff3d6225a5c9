package org.althing.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of text whose first column names its rows; columns whose heading ends in {@code >} are
 * numbers and stand to the right.
 */
final class Table {
  private final String caption;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String caption, String... headings) {
    this.caption = caption;
    this.headings = List.of(headings);
  }

  Table row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "table %s has %d columns, got %d cells"
              .formatted(caption, headings.size(), cells.length));
    }
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Markup toMarkup() {
    Markup out = new Markup();
    out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    out.open("table").leaf("caption", caption);
    if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
      head(out);
    }
    out.open("tbody");
    for (List<String> row : rows) {
      out.line().open("tr").leaf("th", row.get(0), "scope", "row");
      for (int c = 1; c < row.size(); c++) {
        out.leaf("td", row.get(c), "class", isNumber(c) ? "n" : "t");
      }
      out.close();
    }
    return out.close().close().close().line();
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
