package org.althing.simulation.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.althing.simulation.bench.LogLogPlot.Series;

/** Drawings of the rounds in a table: time over N and over d, each beside its bound. */
final class RoundPlots {
  private static final Pattern NAME =
      Pattern.compile("(node|coordinator), N=(\\d+), d=10\\^(\\d), (\\d+) lost");

  private static final Pattern WHOLE = Pattern.compile("N=(\\d+), d=10\\^(\\d): " + EndToEnd.ROUND);
  private static final String CPU = "ms of CPU time";
  private static final String ELAPSED = "ms elapsed";

  private RoundPlots() {}

  /** A row that is a round. */
  private record Point(String party, int nodes, int digits, boolean lossless, Row row) {
    double length() {
      return Math.pow(10, digits);
    }
  }

  /** File names and their SVG; none for rows without rounds. */
  static Map<String, String> of(List<Row> rows) {
    Map<String, String> drawings = new LinkedHashMap<>();
    List<Point> whole = wholeRounds(rows);
    if (!whole.isEmpty()) {
      drawings.put(
          "end-to-end-over-n.svg",
          drawn("A round over loopback mTLS", "nodes", ELAPSED, byDigits(whole), Point::nodes));
    }
    List<Point> points = points(rows);
    if (points.isEmpty()) {
      return drawings;
    }
    drawings.put("node-over-n.svg", overNodes("Node, nobody lost", points, p -> isOf(p, "node")));
    drawings.put(
        "coordinator-over-n.svg",
        overNodes("Coordinator, nobody lost", points, p -> isOf(p, "coordinator")));
    drawings.put(
        "coordinator-losses-over-n.svg",
        overNodes(
            "Coordinator, one in ten nodes lost",
            points,
            p -> p.party().equals("coordinator") && !p.lossless()));
    int most = points.stream().mapToInt(Point::nodes).max().orElseThrow();
    drawings.put("rounds-over-d.svg", overLength(most, points));
    return drawings;
  }

  private static boolean isOf(Point point, String party) {
    return point.party().equals(party) && point.lossless();
  }

  private static List<Point> points(List<Row> rows) {
    List<Point> points = new ArrayList<>();
    for (Row row : rows) {
      Matcher name = NAME.matcher(row.name());
      if (row.section().equals(Rounds.SECTION) && name.matches()) {
        points.add(
            new Point(
                name.group(1),
                Integer.parseInt(name.group(2)),
                Integer.parseInt(name.group(3)),
                name.group(4).equals("0"),
                row));
      }
    }
    return points;
  }

  private static List<Point> wholeRounds(List<Row> rows) {
    List<Point> points = new ArrayList<>();
    for (Row row : rows) {
      Matcher name = WHOLE.matcher(row.name());
      if (row.section().equals(EndToEnd.SECTION) && name.matches()) {
        points.add(
            new Point(
                EndToEnd.SECTION,
                Integer.parseInt(name.group(1)),
                Integer.parseInt(name.group(2)),
                true,
                row));
      }
    }
    return points;
  }

  private static String overNodes(String title, List<Point> points, Predicate<Point> of) {
    List<Point> chosen = points.stream().filter(of).toList();
    return drawn(title, "nodes", CPU, byDigits(chosen), Point::nodes);
  }

  private static Map<String, List<Point>> byDigits(List<Point> points) {
    Map<String, List<Point>> byLength = new TreeMap<>();
    points.forEach(
        p -> byLength.computeIfAbsent("d=10^" + p.digits(), d -> new ArrayList<>()).add(p));
    return byLength;
  }

  private static String overLength(int nodes, List<Point> points) {
    Map<String, List<Point>> byParty = new TreeMap<>();
    points.stream()
        .filter(p -> p.nodes() == nodes && p.lossless())
        .forEach(p -> byParty.computeIfAbsent(p.party(), party -> new ArrayList<>()).add(p));
    return drawn("N=" + nodes + ", nobody lost", "coordinates", CPU, byParty, Point::length);
  }

  private static String drawn(
      String title,
      String xName,
      String yName,
      Map<String, List<Point>> lines,
      ToDoubleFunction<Point> x) {
    List<Series> series = new ArrayList<>();
    lines.forEach(
        (name, points) -> {
          List<Double> at = points.stream().map(x::applyAsDouble).toList();
          series.add(
              new Series(name, at, points.stream().map(p -> p.row().figure()).toList(), false));
          series.add(
              new Series(
                  name + " bound",
                  at,
                  points.stream().map(p -> p.row().baseline().orElseThrow().figure()).toList(),
                  true));
        });
    return LogLogPlot.svg(title, xName, yName, series);
  }
}
