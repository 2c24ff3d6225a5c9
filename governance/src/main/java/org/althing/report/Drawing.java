package org.althing.report;

/** An SVG drawing of fixed size, scaled by the page; its parts are added in pixels. */
public final class Drawing {
  private final int width;
  private final int height;
  private final Markup parts = new Markup();

  Drawing(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Where a label's text is anchored. */
  enum Anchor {
    START("start"),
    MIDDLE("middle"),
    END("end");

    private final String word;

    Anchor(String word) {
      this.word = word;
    }
  }

  Drawing line(double x1, double y1, double x2, double y2, String stroke, String strokeWidth) {
    parts.shape(
        "line",
        "x1",
        Decimal.pixels(x1),
        "y1",
        Decimal.pixels(y1),
        "x2",
        Decimal.pixels(x2),
        "y2",
        Decimal.pixels(y2),
        "stroke",
        stroke,
        "stroke-width",
        strokeWidth);
    return this;
  }

  Drawing rectangle(double x, double y, double w, double h, String fill) {
    parts.shape(
        "rect",
        "x",
        Decimal.pixels(x),
        "y",
        Decimal.pixels(y),
        "width",
        Decimal.pixels(Math.max(0, w)),
        "height",
        Decimal.pixels(h),
        "fill",
        fill);
    return this;
  }

  Drawing circle(double x, double y, double radius, String fill) {
    parts.shape(
        "circle",
        "cx",
        Decimal.pixels(x),
        "cy",
        Decimal.pixels(y),
        "r",
        Decimal.pixels(radius),
        "fill",
        fill);
    return this;
  }

  Drawing polygon(String points, String fill) {
    parts.shape("polygon", "points", points, "fill", fill);
    return this;
  }

  Drawing polyline(String points, String stroke, String dashes) {
    parts.shape(
        "polyline",
        "points",
        points,
        "fill",
        "none",
        "stroke",
        stroke,
        "stroke-width",
        "2",
        "stroke-dasharray",
        dashes);
    return this;
  }

  Drawing label(double x, double y, Anchor anchor, String text) {
    return label(x, y, anchor, text, Palette.INK);
  }

  Drawing label(double x, double y, Anchor anchor, String text, String fill) {
    parts.leaf(
        "text",
        text,
        "x",
        Decimal.pixels(x),
        "y",
        Decimal.pixels(y),
        "text-anchor",
        anchor.word,
        "fill",
        fill);
    return this;
  }

  /** A label shortened to {@code most} characters, with the whole of it as a tooltip. */
  Drawing shortLabel(double x, double y, Anchor anchor, String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return label(x, y, anchor, text);
    }
    String head = text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    parts
        .open(
            "text",
            "x",
            Decimal.pixels(x),
            "y",
            Decimal.pixels(y),
            "text-anchor",
            anchor.word,
            "fill",
            Palette.INK)
        .leaf("title", text)
        .text(head)
        .close();
    return this;
  }

  /** A horizontal error bar from {@code x1} to {@code x2} with end ticks. */
  Drawing errorBar(double x1, double x2, double y) {
    line(x1, y, x2, y, Palette.INK, "1.5");
    line(x1, y - 4, x1, y + 4, Palette.INK, "1.5");
    return line(x2, y - 4, x2, y + 4, Palette.INK, "1.5");
  }

  Markup toMarkup(String id, String title, String description) {
    String box = "0 0 " + width + " " + height;
    return new Markup()
        .open(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "viewBox",
            box,
            "width",
            Integer.toString(width),
            "height",
            Integer.toString(height),
            "role",
            "img",
            "aria-labelledby",
            id + "-t " + id + "-d",
            "font-family",
            "system-ui, sans-serif",
            "font-size",
            "13")
        .leaf("title", title, "id", id + "-t")
        .leaf("desc", description, "id", id + "-d")
        .add(parts)
        .close();
  }
}
