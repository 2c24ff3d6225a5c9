package org.althing.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Assumptions;

/**
 * Test fixture: the Adult data over its four natural sectors, with public bins chosen without
 * looking at the data; skipped where the data are not on the machine.
 */
public final class Adult {
  private static final List<String> SECTORS =
      List.of("government", "private", "self_employed", "unknown_or_unpaid");

  private static final Map<String, double[]> BINS =
      Map.of(
          "age", new double[] {20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70},
          "education-num",
              new double[] {
                1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5
              },
          "capital-gain", new double[] {1, 3000, 5000, 7000, 10000, 20000, 50000},
          "capital-loss", new double[] {1, 1500, 1800, 1950, 2200, 2500},
          "hours-per-week", new double[] {15, 25, 35, 40, 41, 45, 50, 55, 60, 70});

  private final Schema schema;
  private final List<List<String>> rows;
  private final List<RecordBatch> train;
  private final List<RecordBatch> test;

  private Adult(Schema schema, List<List<List<String>>> train, List<RecordBatch> test) {
    this.schema = schema;
    this.rows = train.stream().flatMap(List::stream).toList();
    this.train = batches(schema, train);
    this.test = test;
  }

  public static Adult load() {
    return load(true);
  }

  /**
   * @param binned whether numbers have bins
   */
  public static Adult load(boolean binned) {
    Path folder = Path.of(System.getProperty("althing.shared", "."), "data/adult/by_sector");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "no Adult data under althing.shared: skipped");
    List<List<List<String>>> train = SECTORS.stream().map(s -> rows(folder, s + "_train")).toList();
    List<List<List<String>>> test = SECTORS.stream().map(s -> rows(folder, s + "_test")).toList();
    List<String> header = rows(folder, SECTORS.get(0) + "_train", 0).get(0);
    Schema schema = schema(header, train, binned);
    return new Adult(schema, train, batches(schema, test));
  }

  private static List<List<String>> rows(Path folder, String name) {
    return rows(folder, name, 1);
  }

  private static List<List<String>> rows(Path folder, String name, int skip) {
    try {
      return Files.readAllLines(folder.resolve(name + ".csv")).stream()
          .skip(skip)
          .filter(line -> !line.isEmpty())
          .map(line -> Arrays.asList(line.split(",", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The category lists are in the data set's public description; here they are read off it. */
  private static Schema schema(
      List<String> header, List<List<List<String>>> train, boolean binned) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < header.size(); c++) {
      int position = c;
      String name = header.get(c);
      if (BINS.containsKey(name) || name.equals("fnlwgt")) {
        List<Double> edges =
            binned && BINS.containsKey(name)
                ? Arrays.stream(BINS.get(name)).boxed().toList()
                : List.of();
        columns.add(new Column(name, new Domain.Numbers(0, most(name), true, edges)));
      } else {
        List<String> values =
            train.stream()
                .flatMap(List::stream)
                .map(row -> row.get(position))
                .filter(value -> !value.equals("?"))
                .distinct()
                .sorted()
                .toList();
        columns.add(new Column(name, new Domain.Categories(values)));
      }
    }
    return new Schema(columns);
  }

  private static double most(String name) {
    return switch (name) {
      case "age", "hours-per-week" -> 100;
      case "education-num" -> 16;
      case "capital-loss" -> 5000;
      case "capital-gain" -> 100_000;
      default -> 2_000_000;
    };
  }

  private static List<RecordBatch> batches(Schema schema, List<List<List<String>>> nodes) {
    List<RecordBatch> batches = new ArrayList<>();
    long unit = 0;
    for (List<List<String>> rows : nodes) {
      batches.add(Batches.of(schema, unit, rows));
      unit += rows.size();
    }
    return batches;
  }

  public FeatureSpace features() {
    List<String> names =
        schema.columns().stream()
            .map(Column::name)
            .filter(name -> !name.equals("fnlwgt") && !name.equals("income"))
            .toList();
    return new FeatureSpace(schema, names);
  }

  /** As the other, without some more columns. */
  public FeatureSpace featuresWithout(String... columns) {
    List<String> left = List.of(columns);
    return new FeatureSpace(
        schema, features().columns().stream().filter(name -> !left.contains(name)).toList());
  }

  /** Every value of a column as a class. */
  public Label classes(String column) {
    return new Label(schema, column, Set.of());
  }

  public Label label() {
    return new Label(schema, "income", Set.of(">50K"));
  }

  /** The training records of the four sectors. */
  public List<RecordBatch> train() {
    return train;
  }

  /** The same records over so many organisations by chance, {@code empty} more having none. */
  public List<RecordBatch> trainOver(int organisations, int empty) {
    List<List<List<String>>> nodes = new ArrayList<>();
    for (int node = 0; node < organisations + empty; node++) {
      nodes.add(new ArrayList<>());
    }
    Random chance = new Random(42);
    rows.forEach(row -> nodes.get(chance.nextInt(organisations)).add(row));
    return batches(schema, nodes);
  }

  /** The official test records by sector. */
  public List<RecordBatch> test() {
    return test;
  }

  /** Accuracy at probability one half and the exact area under the curve, on the test records. */
  public Scores score(LinearModel model) {
    return Scores.of(model, test);
  }
}
