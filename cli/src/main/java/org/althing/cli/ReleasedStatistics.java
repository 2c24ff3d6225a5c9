package org.althing.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.encoding.Bytes;
import org.althing.report.ResultFile;
import org.althing.table.Domain;

/**
 * What a statistics study released, as steps of cleaning: a number is clipped to three deviations
 * around its mean, within its declared range, and the mean stands for what is not known.
 *
 * @param columns of the file's field {@code statistics.columns}
 */
record ReleasedStatistics(String study, String plan, List<JsonNode> columns) {
  private static final double DEVIATIONS = 3;
  private static final int DIGITS = 4;

  ReleasedStatistics {
    columns = List.copyOf(columns);
  }

  /**
   * @param files of an output folder that was verified
   */
  static ReleasedStatistics of(SortedMap<String, Bytes> files, String folder) {
    Bytes bytes = Optional.ofNullable(files.get(ResultFile.NAME)).orElse(Bytes.of(new byte[0]));
    try {
      JsonNode root = JsonMapper.builder().build().readTree(bytes.toArray());
      List<JsonNode> columns = new ArrayList<>();
      root.path("statistics").path("columns").forEach(columns::add);
      if (columns.isEmpty()) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT, folder + " holds no statistics: give a finished statistics study");
      }
      return new ReleasedStatistics(
          root.path("study").path("id").asText(),
          root.path("plan").path("digest").asText(),
          columns);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, folder + " has no result to read", e);
    }
  }

  /** Steps for those of {@code wanted} that are numbers with a released mean and deviation. */
  List<String> steps(Contract contract, List<String> wanted, boolean bins) {
    List<String> steps = new ArrayList<>();
    for (JsonNode column : columns) {
      String name = column.path("column").asText();
      Optional<Domain> domain =
          contract.column(name).map(ContractColumn::column).map(c -> c.domain());
      if (wanted.contains(name)
          && domain.isPresent()
          && domain.get() instanceof Domain.Numbers range
          && column.has("mean")
          && column.has("standard_deviation")) {
        add(steps, column, range, bins);
      }
    }
    return steps;
  }

  private static void add(List<String> steps, JsonNode column, Domain.Numbers range, boolean bins) {
    double mean = column.path("mean").path("value").asDouble();
    double reach = DEVIATIONS * column.path("standard_deviation").path("value").asDouble();
    double least = Math.max(range.minimum(), rounded(mean - reach, range, RoundingMode.FLOOR));
    double most = Math.min(range.maximum(), rounded(mean + reach, range, RoundingMode.CEILING));
    if (!(least < most)) {
      return;
    }
    String name = quoted(column.path("column").asText());
    steps.add("clip: {column: %s, to: [%s, %s]}".formatted(name, plain(least), plain(most)));
    if (bins) {
      List<Double> edges = edges(column, range, least, most);
      if (!edges.isEmpty()) {
        String cuts =
            edges.stream().map(ReleasedStatistics::plain).collect(Collectors.joining(", "));
        steps.add("bins: {column: %s, edges: [%s]}".formatted(name, cuts));
      }
    }
    double fill = Math.max(least, Math.min(most, rounded(mean, range, RoundingMode.HALF_EVEN)));
    steps.add("impute: {column: %s, with: %s}".formatted(name, plain(fill)));
  }

  /** The quantiles strictly inside the range, each once, ascending. */
  private static List<Double> edges(
      JsonNode column, Domain.Numbers range, double least, double most) {
    List<Double> edges = new ArrayList<>();
    for (JsonNode quantile : column.path("quantiles")) {
      double edge = rounded(quantile.path("value").asDouble(), range, RoundingMode.HALF_EVEN);
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

  private static String quoted(String name) {
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
