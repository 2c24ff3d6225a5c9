package org.althing.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Test fixture: the heart disease data of four hospitals under the public bins and ranges of the
 * shipped contract, complete cases split as FLamby does; skipped where the data are not on the
 * machine.
 */
public final class Heart {
  private static final List<String> HOSPITALS =
      List.of("cleveland", "hungarian", "switzerland", "va");

  /** The numbers among the features. */
  public static final List<String> NUMBERS =
      List.of("age", "trestbps", "chol", "thalach", "oldpeak");

  private static final Schema SCHEMA =
      new Schema(
          List.of(
              number("age", 0, 120, 40, 45, 50, 55, 60, 65, 70),
              categories("sex", "0", "1"),
              categories("cp", "1", "2", "3", "4"),
              number("trestbps", 60, 260, 110, 120, 130, 140, 150, 160),
              number("chol", 50, 700, 180, 200, 220, 240, 260, 300),
              categories("fbs", "0", "1"),
              categories("restecg", "0", "1", "2"),
              number("thalach", 40, 250, 100, 115, 130, 145, 160, 175),
              categories("exang", "0", "1"),
              number("oldpeak", -5, 10, 0, 0.1, 0.5, 1, 1.5, 2, 3),
              categories("num", "0", "1", "2", "3", "4")));

  private final List<RecordBatch> train;
  private final List<RecordBatch> test;

  private Heart(List<RecordBatch> train, List<RecordBatch> test) {
    this.train = train;
    this.test = test;
  }

  private static Column number(String name, double least, double most, double... edges) {
    List<Double> all = Arrays.stream(edges).boxed().toList();
    return new Column(name, new Domain.Numbers(least, most, false, all));
  }

  private static Column categories(String name, String... values) {
    return new Column(name, new Domain.Categories(List.of(values)));
  }

  public static Heart load() {
    Path folder = Path.of(System.getProperty("althing.shared", "."), "data/heart");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "no heart data under althing.shared: skipped");
    List<String> split = lines(folder.resolve("heart_flamby_split.csv"));
    return new Heart(batches(folder, split, "train"), batches(folder, split, "test"));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RecordBatch> batches(Path folder, List<String> split, String set) {
    List<RecordBatch> batches = new ArrayList<>();
    long unit = 0;
    for (String hospital : HOSPITALS) {
      List<String> file = lines(folder.resolve("by_hospital").resolve(hospital + ".csv"));
      List<String> names = List.of(file.get(0).split(",", -1));
      List<List<String>> rows = new ArrayList<>();
      for (String line : split) {
        String[] chosen = line.split(",", -1);
        if (chosen[0].equals(hospital) && chosen[2].equals(set)) {
          rows.add(row(names, file.get(1 + Integer.parseInt(chosen[1])).split(",", -1)));
        }
      }
      batches.add(Batches.of(SCHEMA, unit, rows));
      unit += rows.size();
    }
    return batches;
  }

  /** The hospitals write the same number as 63.0, 63 and .7. */
  private static List<String> row(List<String> names, String[] values) {
    return SCHEMA.columns().stream()
        .map(column -> values[names.indexOf(column.name())])
        .map(v -> v.equals("?") ? v : Domain.Numbers.plain(Double.parseDouble(v)))
        .toList();
  }

  /** All ten, with those of {@code squared} taken with their squares. */
  public FeatureSpace features(List<String> squared) {
    List<String> names =
        SCHEMA.columns().stream().map(Column::name).filter(name -> !name.equals("num")).toList();
    return new FeatureSpace(SCHEMA, names, FeatureSpace.DEFAULT_BUCKETS, squared);
  }

  public Label label() {
    return new Label(SCHEMA, "num", Set.of("1", "2", "3", "4"));
  }

  /** How far the disease has gone, 0 to 4. */
  public Label stages() {
    return new Label(SCHEMA, "num", Set.of());
  }

  /** The training records of the four hospitals. */
  public List<RecordBatch> train() {
    return train;
  }

  /** The test records of the four hospitals. */
  public List<RecordBatch> test() {
    return test;
  }

  /** Accuracy at probability one half and the exact area under the curve, on the test records. */
  public Scores score(LinearModel model) {
    return Scores.of(model, test);
  }
}
