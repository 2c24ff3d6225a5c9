package org.althing.report;

import java.util.List;
import java.util.Optional;
import org.althing.report.Drawing.Anchor;

/** The drawings that reports use, each from plain numbers. */
public final class Charts {
  private static final int WIDTH = 640;
  private static final int LABELS = 170;

  /** Characters of a label that fit before the drawing. */
  private static final int MOST_LABEL = 21;

  /** Where labels are longer, as those of two columns are: half of the drawing. */
  private static final int MOST_LONG_LABEL = 40;

  /** Across the whole drawing. */
  private static final int MOST_HEADING = 80;

  private static final int ROW = 26;
  private static final int TOP = 10;
  private static final int AXIS = 34;

  private Charts() {}

  /**
   * One bar with its error.
   *
   * @param low where the error bar begins; {@code high} where it ends; alike for none
   * @param text the number as printed at the end of the row
   */
  public record Bar(String label, double value, double low, double high, String text) {
    /**
     * With an error bar to both sides alike.
     *
     * @param error half the length of the error bar; 0 for none
     */
    public Bar(String label, double value, double error, String text) {
      this(label, value, value - error, value + error, text);
    }
  }

  /**
   * Bars under a heading.
   *
   * @param heading empty for none
   */
  record BarGroup(String heading, List<Bar> bars) {
    int rows() {
      return bars.size() + (heading.isEmpty() ? 0 : 1);
    }
  }

  /** Horizontal bars from zero to either side, each with an error bar and its number. */
  public static Drawing bars(List<Bar> bars, String unit) {
    return groupedBars(List.of(new BarGroup("", bars)), unit);
  }

  /** As {@link #bars}, group by group on one axis. */
  static Drawing groupedBars(List<BarGroup> groups, String unit) {
    List<Bar> all = groups.stream().flatMap(group -> group.bars().stream()).toList();
    double low = all.stream().mapToDouble(bar -> Math.min(bar.low(), bar.value())).min().orElse(0);
    double high =
        all.stream().mapToDouble(bar -> Math.max(bar.high(), bar.value())).max().orElse(0);
    int bottom = TOP + ROW * groups.stream().mapToInt(BarGroup::rows).sum();
    int most = mostCharacters(all.stream().map(Bar::label).toList());
    Scale x = Scale.around(Math.min(0, low), Math.max(0, high), widthOf(most), WIDTH - 110);
    Drawing drawing = new Drawing(WIDTH, bottom + AXIS);
    xAxis(drawing, x, TOP, bottom, unit);
    int top = TOP;
    for (BarGroup group : groups) {
      if (!group.heading().isEmpty()) {
        drawing.rectangle(0, top, WIDTH, ROW, Palette.PAPER);
        drawing.shortLabel(0, top + ROW - 7, Anchor.START, group.heading(), MOST_HEADING);
        top += ROW;
      }
      for (Bar bar : group.bars()) {
        bar(drawing, x, bar, top + ROW / 2.0, most);
        top += ROW;
      }
    }
    return drawing.line(x.at(0), TOP, x.at(0), bottom, Palette.FAINT_INK, "1");
  }

  private static void bar(Drawing drawing, Scale x, Bar bar, double middle, int most) {
    double start = x.at(Math.min(0, bar.value()));
    double end = x.at(Math.max(0, bar.value()));
    String fill = bar.value() < 0 ? Palette.ORANGE : Palette.BLUE;
    drawing.rectangle(start, middle - 8, end - start, 16, fill);
    if (bar.low() < bar.high()) {
      drawing.errorBar(x.at(bar.low()), x.at(bar.high()), middle);
    }
    drawing.shortLabel(widthOf(most) - 10, middle + 4.5, Anchor.END, bar.label(), most);
    drawing.label(WIDTH, middle + 4.5, Anchor.END, bar.text());
  }

  private static int mostCharacters(List<String> labels) {
    int longest = labels.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(MOST_LABEL, Math.min(MOST_LONG_LABEL, longest));
  }

  /** The room before the drawing for so many characters. */
  private static int widthOf(int characters) {
    return LABELS + 8 * (characters - MOST_LABEL);
  }

  /**
   * One cell of a heat map.
   *
   * @param share 0 to 1, how dark
   * @param upper the number
   * @param lower its error
   */
  record Cell(double share, String upper, String lower) {}

  /** One row of cells per name; every cell prints its number, so the shade only guides the eye. */
  static Drawing heat(List<String> columns, List<String> names, List<List<Cell>> rows) {
    int mostOfNames = mostCharacters(names);
    int labels = widthOf(mostOfNames);
    int cellWidth = (WIDTH - labels) / columns.size();
    int height = 40;
    int top = 30;
    Drawing drawing = new Drawing(WIDTH, top + height * names.size() + 4);
    for (int c = 0; c < columns.size(); c++) {
      double centre = labels + cellWidth * (c + 0.5);
      // So wide is a character on average.
      int most = cellWidth / 8;
      if (columns.get(c).length() <= most) {
        drawing.label(centre, 18, Anchor.MIDDLE, columns.get(c), Palette.FAINT_INK);
      } else {
        drawing.shortLabel(centre, 18, Anchor.MIDDLE, columns.get(c), most);
      }
    }
    for (int r = 0; r < names.size(); r++) {
      int y = top + height * r;
      drawing.shortLabel(labels - 10, y + 24, Anchor.END, names.get(r), mostOfNames);
      for (int c = 0; c < columns.size(); c++) {
        Cell cell = rows.get(r).get(c);
        double x = labels + cellWidth * c;
        String ground = Palette.heat(cell.share());
        String ink = Palette.inkOn(ground);
        drawing.rectangle(x + 1, y + 1, cellWidth - 2, height - 2, ground);
        drawing.label(x + cellWidth / 2.0, y + 17, Anchor.MIDDLE, cell.upper(), ink);
        drawing.label(x + cellWidth / 2.0, y + 32, Anchor.MIDDLE, cell.lower(), ink);
      }
    }
    return drawing;
  }

  /**
   * A stretch of an axis.
   *
   * @param from where it begins; it ends where the next begins
   */
  record Zone(String name, double from) {}

  /**
   * A dot in one row.
   *
   * @param isChosen whether it is the one to look at
   * @param text the number as printed at the end of the row
   */
  record Mark(String label, double value, boolean isChosen, String text) {}

  /** One dot a row on a logarithmic axis that is divided into zones, the first from 0. */
  static Drawing zones(List<Zone> zones, List<Mark> marks, String unit) {
    int top = 30;
    int bottom = top + ROW * marks.size();
    double least = zones.get(1).from() / 8;
    double most = zones.get(zones.size() - 1).from() * 8;
    Scale x = new Scale(StrictMath.log(least), StrictMath.log(most), LABELS, WIDTH - 60);
    Drawing drawing = new Drawing(WIDTH, bottom + AXIS);
    for (int z = 0; z < zones.size(); z++) {
      double from = z == 0 ? x.from() : x.at(StrictMath.log(zones.get(z).from()));
      double to = z + 1 < zones.size() ? x.at(StrictMath.log(zones.get(z + 1).from())) : x.to();
      drawing.rectangle(from, top, to - from, bottom - top, Palette.heat(0.18 * z));
      drawing.label((from + to) / 2, 18, Anchor.MIDDLE, zones.get(z).name(), Palette.FAINT_INK);
      if (z > 0) {
        String text = Decimal.significant(zones.get(z).from(), 2);
        drawing.label(from, bottom + 18, Anchor.MIDDLE, text, Palette.FAINT_INK);
      }
    }
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      double middle = top + ROW * (i + 0.5);
      double at = x.at(StrictMath.log(mark.value()));
      drawing.circle(at, middle, mark.isChosen() ? 8 : 5, Palette.PAPER);
      drawing.circle(
          at, middle, mark.isChosen() ? 6.5 : 3.5, mark.isChosen() ? Palette.ORANGE : Palette.INK);
      drawing.shortLabel(LABELS - 10, middle + 4.5, Anchor.END, mark.label(), MOST_LABEL);
      drawing.label(WIDTH, middle + 4.5, Anchor.END, mark.text());
    }
    return drawing.label(WIDTH, bottom + 18, Anchor.END, unit, Palette.FAINT_INK);
  }

  /** A share with its interval, each 0 to 1. */
  record Dot(double value, double low, double high) {}

  /** One row per name, and in it one dot on an axis of 0 to 1 for each column that has one. */
  static Drawing dots(List<String> columns, List<String> names, List<List<Optional<Dot>>> rows) {
    double width = (double) (WIDTH - LABELS) / columns.size();
    int top = 30;
    int bottom = top + ROW * names.size();
    Drawing drawing = new Drawing(WIDTH, bottom + AXIS);
    for (int c = 0; c < columns.size(); c++) {
      Scale x = new Scale(0, 1, LABELS + width * c + 16, LABELS + width * (c + 1) - 16);
      drawing.label((x.from() + x.to()) / 2, 18, Anchor.MIDDLE, columns.get(c));
      for (double tick : new double[] {0, 0.5, 1}) {
        drawing.line(x.at(tick), top, x.at(tick), bottom, Palette.GRID, "1");
        String text = Decimal.fixed(tick, 1);
        drawing.label(x.at(tick), bottom + 18, Anchor.MIDDLE, text, Palette.FAINT_INK);
      }
      for (int r = 0; r < names.size(); r++) {
        double middle = top + ROW * (r + 0.5);
        rows.get(r)
            .get(c)
            .ifPresent(
                dot ->
                    drawing
                        .errorBar(x.at(dot.low()), x.at(dot.high()), middle)
                        .circle(x.at(dot.value()), middle, 4.5, Palette.BLUE));
      }
    }
    for (int r = 0; r < names.size(); r++) {
      drawing.shortLabel(
          LABELS - 10, top + ROW * (r + 0.5) + 4.5, Anchor.END, names.get(r), MOST_LABEL);
    }
    return drawing;
  }

  /** A point of a curve in the unit square with the band around it. */
  record CurvePoint(double x, double y, double low, double high) {}

  /**
   * A curve in the unit square with a band, over the line of chance.
   *
   * @param chanceAtZero where that line begins, at x = 0
   * @param chanceAtOne where it ends, at x = 1
   */
  static Drawing curve(
      List<CurvePoint> points,
      double chanceAtZero,
      double chanceAtOne,
      String xName,
      String yName) {
    Scale x = new Scale(0, 1, 60, 460);
    Scale y = new Scale(0, 1, 428, 28);
    Drawing drawing = square(x, y, xName, yName);
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (CurvePoint p : points) {
      append(band, x.pixel(p.x()), y.pixel(p.high()));
      append(line, x.pixel(p.x()), y.pixel(p.y()));
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      append(band, x.pixel(points.get(i).x()), y.pixel(points.get(i).low()));
    }
    drawing.polygon(band.toString(), Palette.BAND);
    dashed(drawing, x, y, chanceAtZero, chanceAtOne);
    return drawing.polyline(line.toString(), Palette.BLUE, "none");
  }

  /** Points with vertical error bars in the unit square, over the diagonal of perfect agreement. */
  static Drawing points(List<CurvePoint> points, String xName, String yName) {
    Scale x = new Scale(0, 1, 60, 460);
    Scale y = new Scale(0, 1, 428, 28);
    Drawing drawing = square(x, y, xName, yName);
    dashed(drawing, x, y, 0, 1);
    for (CurvePoint p : points) {
      double centre = x.at(p.x());
      drawing.line(centre, y.at(p.low()), centre, y.at(p.high()), Palette.INK, "1.5");
      drawing.line(centre - 4, y.at(p.low()), centre + 4, y.at(p.low()), Palette.INK, "1.5");
      drawing.line(centre - 4, y.at(p.high()), centre + 4, y.at(p.high()), Palette.INK, "1.5");
      drawing.circle(centre, y.at(p.y()), 4.5, Palette.BLUE);
    }
    return drawing;
  }

  private static Drawing square(Scale x, Scale y, String xName, String yName) {
    Drawing drawing = new Drawing(480, 478);
    for (double tick : x.ticks()) {
      drawing.line(x.at(tick), y.to(), x.at(tick), y.from(), Palette.GRID, "1");
      drawing.line(x.from(), y.at(tick), x.to(), y.at(tick), Palette.GRID, "1");
      String text = Decimal.fixed(tick, 1);
      drawing.label(x.at(tick), y.from() + 18, Anchor.MIDDLE, text, Palette.FAINT_INK);
      drawing.label(x.from() - 8, y.at(tick) + 4.5, Anchor.END, text, Palette.FAINT_INK);
    }
    drawing.label((x.from() + x.to()) / 2, y.from() + 40, Anchor.MIDDLE, xName);
    // Above the square: within it a band would cover the name.
    return drawing.label(x.from(), y.to() - 10, Anchor.START, "\u2191 " + yName);
  }

  private static void dashed(Drawing drawing, Scale x, Scale y, double from, double to) {
    StringBuilder line = new StringBuilder();
    append(line, x.pixel(0), y.pixel(from));
    append(line, x.pixel(1), y.pixel(to));
    drawing.polyline(line.toString(), Palette.FAINT_INK, "4 4");
  }

  private static void append(StringBuilder points, String x, String y) {
    points.append(points.isEmpty() ? "" : " ").append(x).append(',').append(y);
  }

  private static void xAxis(Drawing drawing, Scale x, int top, int bottom, String unit) {
    for (double tick : x.ticks()) {
      drawing.line(x.at(tick), top, x.at(tick), bottom, Palette.GRID, "1");
      String text = Decimal.fixed(tick, x.tickDigits());
      drawing.label(x.at(tick), bottom + 18, Anchor.MIDDLE, text, Palette.FAINT_INK);
    }
    drawing.label(WIDTH, bottom + 18, Anchor.END, unit, Palette.FAINT_INK);
  }
}
