package org.althing.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.statistics.CellCount;
import org.althing.statistics.ColumnStatistics;
import org.althing.statistics.Correlations;
import org.althing.statistics.CrossTable;
import org.althing.statistics.Interval;
import org.althing.statistics.Moments;
import org.althing.statistics.PrincipalComponents;
import org.althing.statistics.Quantile;
import org.althing.statistics.StatisticsFindings;

/** The field {@code statistics} of {@code result.json}; numbers that are not known are left out. */
final class StatisticsNode {
  private StatisticsNode() {}

  static void write(ObjectNode node, StatisticsFindings statistics) {
    count(node.putObject("rows"), statistics.rows());
    ArrayNode columns = node.putArray("columns");
    statistics.columns().forEach(column -> column(columns.addObject(), column));
    statistics.correlations().ifPresent(c -> correlations(node.putObject("correlations"), c));
    statistics.components().ifPresent(c -> components(node.putObject("components"), c));
    ArrayNode tables = node.putArray("tables");
    statistics.tables().forEach(table -> table(tables.addObject(), table));
  }

  private static void column(ObjectNode node, ColumnStatistics column) {
    node.put("column", column.column());
    count(node.putObject("valid"), column.validity().valid());
    count(node.putObject("missing"), column.validity().missing());
    count(node.putObject("invalid"), column.validity().invalid());
    ArrayNode values = node.putArray("values");
    for (CellCount cell : column.cells()) {
      count(values.addObject().put("value", cell.cell()).putObject("rows"), cell.count());
    }
    column.moments().ifPresent(moments -> moments(node, moments));
    ArrayNode quantiles = node.putArray("quantiles");
    for (Quantile quantile : column.quantiles()) {
      ObjectNode each = quantiles.addObject();
      each.set("level", Json.number(quantile.level()));
      each.set("value", Json.number(quantile.value()));
      interval(each.putArray("noise_interval"), quantile.noise());
      interval(each.putArray("interval"), quantile.total());
    }
  }

  private static void moments(ObjectNode node, Moments moments) {
    ObjectNode mean = node.putObject("mean");
    ResultFile.measure(mean, moments.mean());
    interval(mean.putArray("interval"), Interval.of(moments.mean()));
    if (moments.spread().isPresent()) {
      Moments.Spread spread = moments.spread().get();
      ResultFile.estimate(node.putObject("variance"), spread.variance());
      ObjectNode deviation = node.putObject("standard_deviation");
      ResultFile.estimate(deviation, spread.standardDeviation());
      spread
          .samplingDeviation()
          .ifPresent(sampling -> deviation.set("sampling_deviation", Json.number(sampling)));
      spread.interval().ifPresent(i -> interval(deviation.putArray("interval"), i));
    }
  }

  private static void correlations(ObjectNode node, Correlations correlations) {
    count(node.putObject("rows"), correlations.complete());
    ArrayNode pairs = node.putArray("pairs");
    List<String> names = correlations.columns();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        ObjectNode pair = pairs.addObject();
        pair.putArray("columns").add(names.get(i)).add(names.get(j));
        Optional<Correlations.Entry> entry = correlations.entries().get(i).get(j);
        if (entry.isPresent()) {
          Measure correlation = entry.get().correlation();
          ResultFile.measure(pair.putObject("correlation"), correlation);
          interval(pair.putArray("interval"), entry.get().total());
        }
      }
    }
  }

  private static void components(ObjectNode node, PrincipalComponents found) {
    found.columns().forEach(node.putArray("columns")::add);
    node.put("above_chance", found.above());
    ArrayNode components = node.putArray("components");
    for (PrincipalComponents.Component component : found.components()) {
      ObjectNode each = components.addObject();
      ResultFile.measure(each.putObject("eigenvalue"), component.eigenvalue());
      ResultFile.measure(each.putObject("share"), component.share());
      interval(each.putArray("interval"), component.total());
      each.set("share_by_chance", Json.number(component.byChance()));
      ArrayNode loadings = each.putArray("loadings");
      component.loadings().forEach(loading -> ResultFile.measure(loadings.addObject(), loading));
    }
  }

  private static void table(ObjectNode node, CrossTable table) {
    node.put("rows", table.rows()).put("columns", table.columns());
    ArrayNode cells = node.putArray("cells");
    for (int r = 0; r < table.rowNames().size(); r++) {
      for (int c = 0; c < table.columnNames().size(); c++) {
        ObjectNode cell = cells.addObject();
        cell.put("row", table.rowNames().get(r)).put("column", table.columnNames().get(c));
        count(cell.putObject("rows"), table.counts().get(r).get(c));
      }
    }
  }

  /** A count says whether it is told from none. */
  private static void count(ObjectNode node, Estimate count) {
    ResultFile.estimate(node, count);
    node.put("below_noise", !CellCount.isDistinct(count));
  }

  private static void interval(ArrayNode node, Interval interval) {
    node.add(Json.number(interval.low())).add(Json.number(interval.high()));
  }
}
