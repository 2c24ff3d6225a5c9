package org.althing.report;

/**
 * A drawing with what it shows in one sentence and the numbers it was drawn from: whoever cannot
 * see the drawing misses nothing.
 *
 * @param id unique in its page
 * @param drawing made by {@link Drawing}
 */
record Figure(String id, String title, String finding, Drawing drawing, Table table) {
  Markup toMarkup() {
    Markup out = new Markup();
    out.open("figure", "id", id);
    out.open("figcaption").leaf("strong", title + ". ").text(finding).close();
    out.open("div", "class", "pair");
    out.open("div", "class", "drawing").add(drawing.toMarkup(id, title, finding)).close();
    out.add(table.toMarkup()).close();
    return out.close().line();
  }
}
