package org.althing.report;

/**
 * A drawing with what it shows in one sentence and the numbers it was drawn from: whoever cannot
 * see the drawing misses nothing.
 *
 * @param id unique in its page
 * @param drawing made by {@link Drawing}
 */
public record Figure(String id, String title, String finding, Drawing drawing, Table table) {
  /** A table of more columns or characters than these does not fit beside its drawing. */
  private static final int MOST_COLUMNS_BESIDE = 4;

  private static final int MOST_WIDTH_BESIDE = 50;

  public Markup toMarkup() {
    Markup out = new Markup();
    out.open("figure", "id", id);
    out.open("figcaption").leaf("strong", title + ". ").text(finding).close();
    boolean fits = table.columns() <= MOST_COLUMNS_BESIDE && table.width() <= MOST_WIDTH_BESIDE;
    out.open("div", "class", fits ? "pair" : "below");
    out.open("div", "class", "drawing").add(drawing.toMarkup(id, title, finding)).close();
    out.add(table.toMarkup()).close();
    return out.close().line();
  }
}
