package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.althing.contract.ContractColumn;
import org.althing.model.kmeans.Clusters;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/** The sizes of clusters, their centres by column, and how much of the spread they leave. */
record ClustersSection(Findings findings, Clusters clusters) {
  private static final String NONE = "\u2013";
  private static final String BELOW_NOISE = "below noise";

  /** More columns cannot be read in a drawing. */
  private static final int MOST_ACROSS = 10;

  Markup body() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "%s records have a value of every column and are in one cluster each. A cluster of less than twice its noise is not told from none. %s"
            .formatted(Wording.count(clusters.records()), spread()));
    out.add(sizes().toMarkup());
    if (told().isEmpty()) {
      return out;
    }
    Table table = centres();
    out.add(
        clusters.columns().size() <= MOST_ACROSS
            ? new Figure("centres", "Centres", finding(), heat(), table).toMarkup()
            : table.toMarkup());
    return out.leaf(
        "p",
        "Errors of centres are one deviation, of the noise and of sampling together, with the borders between clusters taken as they are. The clusters are what %d rounds came to; other beginnings may come to others. Which cluster a record is in follows from its distances to the centres, each column on the scale of its declared range."
            .formatted(findings.releases().size()));
  }

  private String spread() {
    Estimate total = clusters.total();
    return total.standsAbove(2)
        ? "The clusters leave %s %% of the squared distances that the records have from their common mean."
            .formatted(Wording.percent(Estimate.ratio(clusters.within(), total, 0)))
        : "The spread of the records does not stand above the noise.";
  }

  private Figure sizes() {
    Table table = new Table("Sizes of clusters", "Cluster", "Records>", "% of records>");
    List<Charts.Bar> bars = new ArrayList<>();
    for (int i = 0; i < clusters.clusters().size(); i++) {
      Clusters.Cluster cluster = clusters.clusters().get(i);
      Estimate size = cluster.size();
      String count = cluster.isDistinct() ? Wording.count(size) : BELOW_NOISE;
      double share = size.value() / Math.max(1, clusters.records().value());
      table.row(name(i), count, cluster.isDistinct() ? Decimal.percent(share, 1) : NONE);
      double drawn = cluster.isDistinct() ? size.value() : 0;
      bars.add(new Charts.Bar(name(i), drawn, size.noiseDeviation(), count));
    }
    String finding =
        "%d of %d clusters stand above the noise."
            .formatted(told().size(), clusters.clusters().size());
    return new Figure("sizes", "Sizes", finding, Charts.bars(bars, "records"), table);
  }

  private static String name(int index) {
    return "cluster " + (index + 1);
  }

  private List<Integer> told() {
    return IntStream.range(0, clusters.clusters().size())
        .filter(i -> clusters.clusters().get(i).isDistinct())
        .boxed()
        .toList();
  }

  private Table centres() {
    String[] headings = new String[told().size() + 1];
    headings[0] = "Column";
    for (int i = 1; i < headings.length; i++) {
      headings[i] = name(told().get(i - 1)) + ">";
    }
    Table table = new Table("Centres", headings);
    for (int c = 0; c < clusters.columns().size(); c++) {
      String[] row = new String[headings.length];
      row[0] = named(clusters.columns().get(c));
      for (int i = 1; i < row.length; i++) {
        Measure place = centre(told().get(i - 1), c);
        row[i] = number(place.value()) + " " + error(place);
      }
      table.row(row);
    }
    return table;
  }

  private Measure centre(int cluster, int column) {
    return clusters.clusters().get(cluster).centre().get(column);
  }

  private String named(String column) {
    return findings
        .contract()
        .column(column)
        .flatMap(ContractColumn::unitOfMeasure)
        .map(unit -> column + " (" + unit + ")")
        .orElse(column);
  }

  /** The column in which the centres of the two largest clusters lie furthest apart. */
  private String finding() {
    if (told().size() < 2) {
      return "One cluster stands above the noise.";
    }
    int widest = 0;
    double most = -1;
    for (int c = 0; c < clusters.columns().size(); c++) {
      Measure one = centre(told().get(0), c);
      Measure other = centre(told().get(1), c);
      double noise = one.totalDeviation() + other.totalDeviation();
      double apart = Math.abs(one.value() - other.value()) / Math.max(noise, Double.MIN_NORMAL);
      if (apart > most) {
        most = apart;
        widest = c;
      }
    }
    return "The two largest clusters are told apart best by %s: %s and %s. Darker is higher within its column."
        .formatted(
            clusters.columns().get(widest),
            number(centre(told().get(0), widest).value()),
            number(centre(told().get(1), widest).value()));
  }

  private Drawing heat() {
    List<List<Charts.Cell>> rows = new ArrayList<>();
    for (int cluster : told()) {
      List<Charts.Cell> row = new ArrayList<>();
      for (int c = 0; c < clusters.columns().size(); c++) {
        Measure place = centre(cluster, c);
        row.add(new Charts.Cell(shade(place.value(), c), number(place.value()), error(place)));
      }
      rows.add(row);
    }
    return Charts.heat(
        clusters.columns(), told().stream().map(ClustersSection::name).toList(), rows);
  }

  /** From the lowest centre of a column to the highest. */
  private double shade(double value, int column) {
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (int cluster : told()) {
      low = Math.min(low, centre(cluster, column).value());
      high = Math.max(high, centre(cluster, column).value());
    }
    return high > low ? (value - low) / (high - low) : 0.5;
  }

  private static String number(double value) {
    return Decimal.significant(value, 4);
  }

  private static String error(Measure place) {
    return "\u00b1 " + Decimal.significant(place.totalDeviation(), 2);
  }
}
