package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.contract.ContractColumn;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.statistics.CellCount;
import org.althing.statistics.ColumnStatistics;
import org.althing.statistics.Correlations;
import org.althing.statistics.CrossTable;
import org.althing.statistics.Interval;
import org.althing.statistics.Moments;
import org.althing.statistics.Quantile;
import org.althing.statistics.StatisticsFindings;

/** The columns one by one, their histograms, how they hang together, and cross tables. */
record StatisticsSection(Findings findings, StatisticsFindings statistics) {
  private static final int MOST_BARS = 40;

  /** More cells across, or down, cannot be read in a drawing. */
  private static final int MOST_ACROSS = 10;

  private static final String NONE = "\u2013";
  private static final String BELOW_NOISE = "below noise";

  Markup body() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "The federation holds %s records. Counts are followed by the standard deviation of the privacy noise; a count of less than twice that is not told from none and is not printed."
            .formatted(Wording.count(statistics.rows())));
    out.leaf("p", intervals());
    out.add(columns().toMarkup()).add(errors()).add(quantiles());
    out.leaf("h3", "How the values are spread");
    for (int i = 0; i < statistics.columns().size(); i++) {
      ColumnStatistics column = statistics.columns().get(i);
      if (!column.cells().isEmpty()) {
        out.add(histogram("values-" + i, column).toMarkup());
      }
    }
    statistics.correlations().ifPresent(c -> out.add(correlations(c)));
    statistics.components().ifPresent(c -> out.add(new ComponentsSection(c).body()));
    for (int i = 0; i < statistics.tables().size(); i++) {
      out.add(crossTable("table-" + i, statistics.tables().get(i)));
    }
    return out;
  }

  private String intervals() {
    String rows =
        findings.contract().unit().maxRows() == 1
            ? ""
            : " One %s may have several records, which makes the true sampling error larger."
                .formatted(findings.contract().unit().name());
    return "Intervals hold with 95 % and cover the noise and the sampling error of records drawn independently from a larger population."
        + rows;
  }

  private Table columns() {
    Table table =
        new Table(
            "Columns",
            "Column",
            "Valid>",
            "Missing>",
            "Invalid>",
            "Mean (95 % interval)>",
            "Standard deviation>",
            "25 %>",
            "Median>",
            "75 %>");
    for (ColumnStatistics column : statistics.columns()) {
      table.row(
          named(column.column()),
          Wording.count(column.validity().valid()),
          count(column.validity().missing()),
          count(column.validity().invalid()),
          column.moments().map(Moments::mean).map(StatisticsSection::mean).orElse(NONE),
          column
              .moments()
              .flatMap(Moments::spread)
              .map(s -> number(s.standardDeviation().value()))
              .orElse(NONE),
          quantile(column, 0.25),
          quantile(column, 0.5),
          quantile(column, 0.75));
    }
    return table;
  }

  private String named(String column) {
    return column
        + findings
            .contract()
            .column(column)
            .flatMap(ContractColumn::unitOfMeasure)
            .map(unit -> " (" + unit + ")")
            .orElse("");
  }

  private static String mean(Measure mean) {
    return number(mean.value()) + " (" + interval(Interval.of(mean)) + ")";
  }

  private static String quantile(ColumnStatistics column, double level) {
    return column.quantiles().stream()
        .filter(q -> q.level() == level)
        .map(q -> number(q.value()))
        .findFirst()
        .orElse(NONE);
  }

  private Markup errors() {
    Table table =
        new Table(
            "Errors of means and standard deviations, one deviation each",
            "Column",
            "Mean>",
            "\u00b1 noise>",
            "\u00b1 sampling>",
            "Standard deviation>",
            "\u00b1 noise>",
            "\u00b1 sampling>");
    for (ColumnStatistics column : statistics.columns()) {
      if (column.moments().isPresent()) {
        Measure mean = column.moments().get().mean();
        Optional<Moments.Spread> spread = column.moments().get().spread();
        table.row(
            named(column.column()),
            number(mean.value()),
            error(mean.noiseDeviation()),
            error(mean.samplingDeviation()),
            spread.map(s -> number(s.standardDeviation().value())).orElse(BELOW_NOISE),
            spread.map(s -> error(s.standardDeviation().noiseDeviation())).orElse(NONE),
            spread
                .flatMap(Moments.Spread::samplingDeviation)
                .map(StatisticsSection::error)
                .orElse(NONE));
      }
    }
    return table.isEmpty() ? new Markup() : table.toMarkup();
  }

  private Markup quantiles() {
    Table table =
        new Table(
            "Quantiles with 95 % intervals",
            "Column", "Share of values>", "At most>", "By noise alone>", "By noise and sampling>");
    for (ColumnStatistics column : statistics.columns()) {
      for (Quantile quantile : column.quantiles()) {
        table.row(
            named(column.column()),
            Decimal.percent(quantile.level(), 1) + " %",
            number(quantile.value()),
            interval(quantile.noise()),
            interval(quantile.total()));
      }
    }
    return table.isEmpty() ? new Markup() : table.toMarkup();
  }

  private Figure histogram(String id, ColumnStatistics column) {
    Table table = new Table(named(column.column()), "Value", "Records>", "% of valid>");
    List<Charts.Bar> bars = new ArrayList<>();
    CellCount largest = column.cells().get(0);
    double valid = Math.max(1, column.validity().valid().value());
    for (CellCount cell : column.cells()) {
      Estimate count = cell.count();
      String share = cell.isDistinct() ? Decimal.percent(count.value() / valid, 1) : NONE;
      table.row(cell.cell(), count(count), share);
      if (bars.size() < MOST_BARS) {
        bars.add(bar(cell));
      }
      if (count.value() > largest.count().value()) {
        largest = cell;
      }
    }
    String more =
        column.cells().size() > MOST_BARS
            ? " The drawing shows the first %d of %d values."
                .formatted(MOST_BARS, column.cells().size())
            : "";
    String finding =
        largest.isDistinct()
            ? "Most records have '%s': %s.%s"
                .formatted(largest.cell(), Wording.count(largest.count()), more)
            : "No value stands above the noise." + more;
    return new Figure(id, named(column.column()), finding, Charts.bars(bars, "records"), table);
  }

  private static Charts.Bar bar(CellCount cell) {
    Estimate count = cell.count();
    // Where the count is below the noise only the noise is drawn.
    return new Charts.Bar(
        cell.cell(), cell.isDistinct() ? count.value() : 0, count.noiseDeviation(), count(count));
  }

  private Markup correlations(Correlations correlations) {
    List<String> names = correlations.columns();
    Table table =
        new Table(
            "Correlations with 95 % intervals",
            "Columns", "Correlation>", "\u00b1 noise>", "\u00b1 sampling>", "95 % interval>");
    String strongest = "No correlation stands above its noise.";
    double most = 0;
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        String pair = names.get(i) + " and " + names.get(j);
        Optional<Correlations.Entry> entry = correlations.entries().get(i).get(j);
        addCorrelation(table, pair, entry);
        double r = entry.map(e -> e.correlation().value()).orElse(0.0);
        if (Math.abs(r) > most) {
          most = Math.abs(r);
          strongest = "The strongest is between %s: %s.".formatted(pair, Decimal.fixed(r, 2));
        }
      }
    }
    Markup out = new Markup().leaf("h3", "How numbers hang together");
    out.leaf(
        "p",
        "Pearson's correlations over the %s records in which all these numbers are valid. Their sampling error is that of normal data."
            .formatted(Wording.count(correlations.complete())));
    String title = "Correlations";
    return out.add(
        names.size() > MOST_ACROSS
            ? table.toMarkup()
            : new Figure("correlations", title, strongest, heat(correlations), table).toMarkup());
  }

  private static void addCorrelation(Table table, String pair, Optional<Correlations.Entry> entry) {
    table.row(
        pair,
        entry.map(e -> Decimal.fixed(e.correlation().value(), 3)).orElse(BELOW_NOISE),
        entry.map(e -> Decimal.fixed(e.correlation().noiseDeviation(), 3)).orElse(NONE),
        entry.map(e -> Decimal.fixed(e.correlation().samplingDeviation(), 3)).orElse(NONE),
        entry
            .map(
                e ->
                    Decimal.fixed(e.total().low(), 3) + " to " + Decimal.fixed(e.total().high(), 3))
            .orElse(NONE));
  }

  private static Drawing heat(Correlations correlations) {
    List<List<Charts.Cell>> rows =
        correlations.entries().stream()
            .map(row -> row.stream().map(StatisticsSection::cell).toList())
            .toList();
    return Charts.heat(correlations.columns(), correlations.columns(), rows);
  }

  private static Charts.Cell cell(Optional<Correlations.Entry> entry) {
    return entry
        .map(Correlations.Entry::correlation)
        .map(
            m ->
                new Charts.Cell(
                    Math.abs(m.value()),
                    Decimal.fixed(m.value(), 2),
                    m.totalDeviation() > 0 ? "\u00b1 " + Decimal.fixed(m.totalDeviation(), 2) : ""))
        .orElse(new Charts.Cell(0, NONE, ""));
  }

  private Markup crossTable(String id, CrossTable cross) {
    String title = cross.rows() + " by " + cross.columns();
    String[] headings = new String[cross.columnNames().size() + 1];
    headings[0] = cross.rows();
    for (int c = 1; c < headings.length; c++) {
      // A cell's own name may end in the mark of a number's column.
      headings[c] = cross.columnNames().get(c - 1) + ">";
    }
    Table table = new Table(title + ", records", headings);
    double most = 1;
    String fullest = "No cell stands above its noise.";
    for (int r = 0; r < cross.rowNames().size(); r++) {
      String[] cells = new String[headings.length];
      cells[0] = cross.rowNames().get(r);
      for (int c = 1; c < headings.length; c++) {
        Estimate count = cross.counts().get(r).get(c - 1);
        cells[c] = count(count);
        if (CellCount.isDistinct(count) && count.value() > most) {
          most = count.value();
          fullest =
              "Most records have '%s' and '%s': %s."
                  .formatted(cells[0], cross.columnNames().get(c - 1), Wording.count(count));
        }
      }
      table.row(cells);
    }
    boolean isDrawn =
        cross.columnNames().size() <= MOST_ACROSS && cross.rowNames().size() <= MOST_BARS;
    return new Markup()
        .leaf("h3", title)
        .add(
            isDrawn
                ? new Figure(id, title, fullest, heat(cross, most), table).toMarkup()
                : table.toMarkup());
  }

  private static Drawing heat(CrossTable cross, double most) {
    List<List<Charts.Cell>> rows = new ArrayList<>();
    for (List<Estimate> counts : cross.counts()) {
      rows.add(
          counts.stream()
              .map(
                  n ->
                      CellCount.isDistinct(n)
                          ? new Charts.Cell(n.value() / most, Decimal.grouped(n.value()), noise(n))
                          : new Charts.Cell(0, NONE, noise(n)))
              .toList());
    }
    return Charts.heat(cross.columnNames(), cross.rowNames(), rows);
  }

  private static String noise(Estimate count) {
    return "\u00b1 " + Decimal.grouped(count.noiseDeviation());
  }

  private static String count(Estimate count) {
    return CellCount.isDistinct(count) ? Wording.count(count) : BELOW_NOISE;
  }

  private static String interval(Interval interval) {
    return number(interval.low()) + " to " + number(interval.high());
  }

  private static String number(double value) {
    return Decimal.significant(value, 4);
  }

  private static String error(double deviation) {
    return Decimal.significant(deviation, 2);
  }
}
