package org.althing.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.statistics.ColumnStatistics;
import org.althing.statistics.Moments;
import org.althing.statistics.Quantile;
import org.althing.statistics.StatisticsFindings;
import org.althing.table.Domain;

/**
 * What a statistics study released, as steps of cleaning: a number is clipped to three deviations
 * around its mean, within its declared range, and the mean stands for what is not known.
 */
record ReleasedStatistics(StatisticsFindings statistics, Contract contract) {
  private static final double DEVIATIONS = 3;
  private static final int DIGITS = 4;

  /** Steps for those of {@code wanted} that are numbers with a released mean and deviation. */
  List<String> steps(List<String> wanted, boolean bins) {
    List<String> steps = new ArrayList<>();
    for (ColumnStatistics column : statistics.columns()) {
      Optional<ContractColumn> declared = contract.column(column.column());
      Optional<Moments> moments = column.moments().filter(m -> m.spread().isPresent());
      if (wanted.contains(column.column())
          && moments.isPresent()
          && declared.isPresent()
          && declared.get().column().domain() instanceof Domain.Numbers range) {
        add(steps, column, moments.get(), range, bins);
      }
    }
    return steps;
  }

  private static void add(
      List<String> steps,
      ColumnStatistics column,
      Moments moments,
      Domain.Numbers range,
      boolean bins) {
    double mean = moments.mean().value();
    double reach = DEVIATIONS * moments.spread().orElseThrow().standardDeviation().value();
    double least = Math.max(range.minimum(), rounded(mean - reach, range, RoundingMode.FLOOR));
    double most = Math.min(range.maximum(), rounded(mean + reach, range, RoundingMode.CEILING));
    if (!(least < most)) {
      return;
    }
    String name = quoted(column.column());
    steps.add("clip: {column: %s, to: [%s, %s]}".formatted(name, plain(least), plain(most)));
    List<Double> edges = bins ? edges(column.quantiles(), range, least, most) : List.of();
    if (!edges.isEmpty()) {
      String cuts = edges.stream().map(ReleasedStatistics::plain).collect(Collectors.joining(", "));
      steps.add("bins: {column: %s, edges: [%s]}".formatted(name, cuts));
    }
    double fill = Math.max(least, Math.min(most, rounded(mean, range, RoundingMode.HALF_EVEN)));
    steps.add("impute: {column: %s, with: %s}".formatted(name, plain(fill)));
  }

  /** The quantiles strictly inside the range, each once, ascending. */
  private static List<Double> edges(
      List<Quantile> quantiles, Domain.Numbers range, double least, double most) {
    List<Double> edges = new ArrayList<>();
    for (Quantile quantile : quantiles) {
      double edge = rounded(quantile.value(), range, RoundingMode.HALF_EVEN);
      double before = edges.isEmpty() ? least : edges.get(edges.size() - 1);
      if (edge > before && edge < most) {
        edges.add(edge);
      }
    }
    return edges;
  }

  /** To whole numbers where the column has only such, else to four digits. */
  private static double rounded(double value, Domain.Numbers range, RoundingMode mode) {
    BigDecimal exact = new BigDecimal(value);
    return range.whole()
        ? exact.setScale(0, mode).doubleValue()
        : exact.round(new MathContext(DIGITS, mode)).doubleValue();
  }

  private static String plain(double value) {
    return Domain.Numbers.plain(value);
  }

  /** As YAML and JSON write a text. */
  private static String quoted(String name) {
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
