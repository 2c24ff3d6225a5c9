package org.althing.statistics;

import java.util.ArrayList;
import java.util.List;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;

/** The columns a request names, as the parts of its vector; parts without a column are absent. */
record Layout(
    Part.Histograms histograms,
    Part.Powers powers,
    Part.Trees trees,
    Part.Tables tables,
    Part.Products products) {
  /** The square of a wider range is no finite number. */
  private static final double WIDEST_HALF = 1e100;

  /**
   * @throws IllegalArgumentException where the schema lacks a column or it is of the wrong kind
   */
  static Layout of(Schema schema, Request request) {
    List<String> names =
        request.columns().isEmpty()
            ? schema.columns().stream().map(Column::name).toList()
            : request.columns();
    List<Cells> cells = new ArrayList<>();
    List<Range> numbers = new ArrayList<>();
    for (String name : names) {
      Cells column = cells(schema, name);
      cells.add(column);
      if (column.column().domain() instanceof Domain.Numbers) {
        numbers.add(range(schema, name));
      }
    }
    return new Layout(
        new Part.Histograms(cells),
        new Part.Powers(numbers.stream().filter(n -> n.half() <= WIDEST_HALF).toList()),
        Part.Trees.of(
            request.quantiles().stream().map(name -> Leaves.of(range(schema, name))).toList()),
        new Part.Tables(request.tables().stream().map(pair -> crossing(schema, pair)).toList()),
        new Part.Products(
            request.correlations().stream().map(name -> range(schema, name)).toList()));
  }

  /** In the order of the release's blocks; the histograms come first. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>(List.of(histograms));
    if (!powers.columns().isEmpty()) {
      parts.add(powers);
    }
    if (!trees.columns().isEmpty()) {
      parts.add(trees);
    }
    if (!tables.crossings().isEmpty()) {
      parts.add(tables);
    }
    if (!products.columns().isEmpty()) {
      parts.add(products);
    }
    return parts;
  }

  private static Cells cells(Schema schema, String name) {
    return new Cells(schema.column(name), schema.indexOf(name));
  }

  private static Range range(Schema schema, String name) {
    return new Range(schema.column(name), schema.indexOf(name));
  }

  private static Part.Crossing crossing(Schema schema, Request.Pair pair) {
    for (String name : List.of(pair.rows(), pair.columns())) {
      if (schema.column(name).domain().cells() == 0) {
        throw new IllegalArgumentException(
            "column %s has no cells to count in a table: declare bins in the contract"
                .formatted(name));
      }
    }
    return new Part.Crossing(cells(schema, pair.rows()), cells(schema, pair.columns()));
  }
}
