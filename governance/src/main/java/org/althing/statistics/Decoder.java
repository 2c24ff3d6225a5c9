package org.althing.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.release.Estimate;
import org.althing.table.Domain;

/** The findings from the noisy blocks of a layout: all of it computed from what is public. */
final class Decoder {
  private final Layout layout;
  private final Map<Part, NoisyBlock> blocks = new HashMap<>();
  private final Totals totals;
  private final Map<String, Distribution> distributions = new HashMap<>();

  /**
   * @param blocks one for each part of the layout
   */
  Decoder(Layout layout, List<NoisyBlock> blocks) {
    this.layout = layout;
    for (int b = 0; b < layout.parts().size(); b++) {
      this.blocks.put(layout.parts().get(b), blocks.get(b));
    }
    this.totals = new Totals(layout.histograms(), blocks.get(0));
    int offset = 0;
    for (int c = 0; c < layout.trees().columns().size(); c++) {
      Leaves leaves = layout.trees().columns().get(c);
      LeafTree tree = layout.trees().trees().get(c);
      NoisyBlock trees = block(layout.trees());
      int end = offset + tree.nodes();
      double[] nodes = Arrays.copyOfRange(trees.values(), offset, end);
      Distribution.of(leaves, tree, new NoisyBlock(nodes, trees.deviation()))
          .ifPresent(d -> distributions.put(leaves.range().column().name(), d));
      offset = end;
    }
  }

  StatisticsFindings findings() {
    List<ColumnStatistics> columns =
        IntStream.range(0, layout.histograms().columns().size()).mapToObj(this::column).toList();
    Optional<CorrelationDecoder> products =
        Optional.of(layout.products())
            .filter(part -> !part.columns().isEmpty())
            .map(part -> new CorrelationDecoder(part, block(part)));
    return new StatisticsFindings(
        totals.rows(),
        columns,
        products.map(CorrelationDecoder::correlations),
        products.flatMap(CorrelationDecoder::components),
        tables());
  }

  private NoisyBlock block(Part part) {
    return Optional.ofNullable(blocks.get(part)).orElseThrow();
  }

  private ColumnStatistics column(int index) {
    Cells cells = layout.histograms().columns().get(index);
    String name = cells.column().name();
    Optional<Distribution> distribution = Optional.ofNullable(distributions.get(name));
    return new ColumnStatistics(
        name,
        new ColumnStatistics.Validity(
            totals.missing(index), totals.invalid(index), totals.valid(index)),
        counts(index, cells, distribution),
        moments(name, totals.valid(index), distribution),
        distribution.map(Distribution::quantiles).orElse(List.of()));
  }

  private List<CellCount> counts(int index, Cells cells, Optional<Distribution> distribution) {
    Domain domain = cells.column().domain();
    if (domain.cells() == 0) {
      return distribution.map(Distribution::ranges).orElse(List.of());
    }
    int first = totals.offset(index) + Cells.FIRST_VALUE;
    NoisyBlock block = block(layout.histograms());
    return IntStream.range(0, domain.cells())
        .mapToObj(cell -> new CellCount(cells.valueName(cell), block.estimate(first + cell)))
        .toList();
  }

  private Optional<Moments> moments(
      String name, Estimate valid, Optional<Distribution> distribution) {
    List<Range> numbers = layout.powers().columns();
    for (int c = 0; c < numbers.size(); c++) {
      if (numbers.get(c).column().name().equals(name)) {
        NoisyBlock block = block(layout.powers());
        return new MomentDecoder(
                numbers.get(c), block.estimate(2 * c), block.estimate(2 * c + 1), valid)
            .moments(distribution);
      }
    }
    return Optional.empty();
  }

  private List<CrossTable> tables() {
    List<CrossTable> tables = new ArrayList<>();
    int offset = 0;
    for (Part.Crossing crossing : layout.tables().crossings()) {
      List<List<Estimate>> counts = new ArrayList<>();
      for (int row = 0; row <= crossing.rows().valueCells(); row++) {
        int start = offset + row * crossing.width();
        counts.add(
            IntStream.range(start, start + crossing.width())
                .mapToObj(block(layout.tables())::estimate)
                .toList());
      }
      tables.add(
          new CrossTable(
              crossing.rows().column().name(),
              crossing.columns().column().name(),
              names(crossing.rows()),
              names(crossing.columns()),
              counts));
      offset += crossing.size();
    }
    return tables;
  }

  private static List<String> names(Cells column) {
    List<String> names = new ArrayList<>();
    for (int cell = 0; cell < column.valueCells(); cell++) {
      names.add(column.valueName(cell));
    }
    names.add(CrossTable.OTHER);
    return names;
  }
}
