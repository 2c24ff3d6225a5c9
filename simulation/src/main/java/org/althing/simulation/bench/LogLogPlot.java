package org.althing.simulation.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Lines over two logarithmic axes, as SVG. */
final class LogLogPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int RIGHT = 500;
  private static final int TOP = 40;
  private static final int BOTTOM = 370;
  private static final int LINE = 15;
  private static final String[] COLOURS = {"#2563a8", "#b3541e", "#1c7a43", "#56606b"};

  private final Axis x;
  private final Axis y;
  private final StringBuilder svg = new StringBuilder();
  private final List<Double> named = new ArrayList<>();

  /** One line; its points ascend. A dashed one has the colour of the line before it. */
  record Series(String name, List<Double> x, List<Double> y, boolean dashed) {}

  /** Powers of ten from {@code low} to {@code high} on pixels {@code from} to {@code to}. */
  private record Axis(int low, int high, int from, int to) {
    static Axis around(DoubleStream values, int from, int to) {
      double[] sorted = values.sorted().toArray();
      int low = (int) Math.floor(Math.log10(sorted[0]));
      int high = (int) Math.ceil(Math.log10(sorted[sorted.length - 1]));
      return new Axis(low, Math.max(high, low + 1), from, to);
    }

    double at(double value) {
      return from + (Math.log10(value) - low) / (high - low) * (to - from);
    }
  }

  private LogLogPlot(List<Series> series) {
    x = Axis.around(all(series, Series::x), LEFT, RIGHT);
    y = Axis.around(all(series, Series::y), BOTTOM, TOP);
  }

  private static DoubleStream all(List<Series> series, Function<Series, List<Double>> values) {
    return series.stream().map(values).flatMap(List::stream).mapToDouble(each -> each);
  }

  static String svg(String title, String xName, String yName, List<Series> series) {
    LogLogPlot plot = new LogLogPlot(series);
    plot.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    plot.add("<title>%s</title>", title);
    plot.add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    plot.label((LEFT + RIGHT) / 2.0, 22, "middle", title);
    plot.label((LEFT + RIGHT) / 2.0, HEIGHT - 10, "middle", xName);
    plot.label(LEFT - 50, 22, "start", yName);
    plot.grid();
    int colour = -1;
    for (Series each : series) {
      colour = each.dashed() ? colour : colour + 1;
      plot.line(each, COLOURS[colour % COLOURS.length]);
    }
    if (series.stream().anyMatch(Series::dashed)) {
      plot.label(RIGHT + 8.0, BOTTOM, "start", "dashed: the bound");
    }
    return plot.add("</svg>").svg.toString();
  }

  private void grid() {
    for (int power = x.low(); power <= x.high(); power++) {
      double at = x.at(Math.pow(10, power));
      rule(at, TOP, at, BOTTOM);
      label(at, BOTTOM + 18, "middle", power(power));
    }
    for (int power = y.low(); power <= y.high(); power++) {
      double at = y.at(Math.pow(10, power));
      rule(LEFT, at, RIGHT, at);
      label(LEFT - 8, at + 4.5, "end", power(power));
    }
  }

  private static String power(int power) {
    return power < 0 ? "0." + "0".repeat(-power - 1) + "1" : "1" + "0".repeat(power);
  }

  private void rule(double x1, double y1, double x2, double y2) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#e6e9ed\"/>",
        x1, y1, x2, y2);
  }

  private void line(Series series, String colour) {
    String points =
        IntStream.range(0, series.x().size())
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT, "%.1f,%.1f", x.at(series.x().get(i)), y.at(series.y().get(i))))
            .collect(Collectors.joining(" "));
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
            + " stroke-dasharray=\"%s\"/>",
        points, colour, series.dashed() ? "5 4" : "none");
    if (!series.dashed()) {
      int last = series.x().size() - 1;
      add(
          "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>",
          RIGHT + 8.0, clear(y.at(series.y().get(last)) + 4.5), colour, series.name());
    }
  }

  /** Moves a name up until it lies on no other. */
  private double clear(double at) {
    double free = at;
    for (int i = 0; i < named.size(); i++) {
      double below = free;
      if (named.stream().anyMatch(other -> Math.abs(other - below) < LINE)) {
        free -= LINE;
      }
    }
    named.add(free);
    return free;
  }

  private void label(double atX, double atY, String anchor, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#1d2329\">%s</text>",
        atX, atY, anchor, text);
  }

  private LogLogPlot add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }
}
