package org.althing.export;

import java.util.ArrayList;
import java.util.List;
import org.althing.cleaning.ColumnCleaner;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.contract.Repair;
import org.althing.model.features.Field;
import org.althing.report.ModelFile;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/** What one column adds to a model's log-odds, or to the score of a class. */
sealed interface Term {
  Column column();

  /** What is added for a value that is missing or not of the declared domain. */
  double other();

  /** One weight per declared category. */
  record OfCategories(Column column, List<Weighted> values, double other) implements Term {
    public OfCategories {
      values = List.copyOf(values);
    }
  }

  record Weighted(String value, double weight) {}

  /** One weight per bin of a number. */
  record OfBins(Column column, KnownNumbers known, List<Double> weights, double other)
      implements Term {
    public OfBins {
      weights = List.copyOf(weights);
    }
  }

  /**
   * A number on its declared range, mapped on -1 to 1 and rounded to whole steps.
   *
   * @param weight at 1
   * @param square the weight of the square less 1; 0 where the number stands without it
   */
  record OfNumber(
      Column column,
      KnownNumbers known,
      long stepsPerUnit,
      double weight,
      double square,
      double other)
      implements Term {}

  /**
   * Which numbers are values.
   *
   * @param unknown those within the range that mean "not known"
   */
  record KnownNumbers(Domain.Numbers range, List<Double> unknown) {
    public KnownNumbers {
      unknown = List.copyOf(unknown);
    }
  }

  /** The features that neither ONNX nor PMML can read. */
  static List<String> unsayable(ModelFile file) {
    return file.model().features().fields().stream()
        .map(Field::column)
        .filter(
            c -> !(c.domain() instanceof Domain.Categories || c.domain() instanceof Domain.Numbers))
        .map(Column::name)
        .toList();
  }

  /** The features whose values the study's cleaning changed. */
  static List<String> repaired(ModelFile file) {
    List<String> features = file.model().features().columns();
    return file.columns().stream()
        .filter(c -> !c.repair().equals(Repair.NONE) && features.contains(c.column().name()))
        .map(c -> c.column().name())
        .toList();
  }

  /** Of each of the model's sums, one per feature, in the order of the coordinates. */
  static List<List<Term>> of(ModelFile file) {
    return file.model().weightsByScore().stream().map(weights -> of(file, weights)).toList();
  }

  private static List<Term> of(ModelFile file, double[] weights) {
    List<Term> terms = new ArrayList<>();
    int start = 0;
    for (Field field : file.model().features().fields()) {
      List<Double> own = new ArrayList<>();
      for (int i = start; i < start + field.size(); i++) {
        own.add(weights[i]);
      }
      start += field.size();
      terms.add(of(field, described(file, field), own, file.model().features().stepsPerUnit()));
    }
    return terms;
  }

  private static ContractColumn described(ModelFile file, Field field) {
    return file.columns().stream()
        .filter(c -> c.column().equals(field.column()))
        .findFirst()
        .orElseThrow();
  }

  private static Term of(
      Field field, ContractColumn described, List<Double> weights, long stepsPerUnit) {
    Column column = described.column();
    int cells = weights.size() - 1;
    double other = weights.get(cells);
    ColumnCleaner cleaner = new ColumnCleaner(described, BoundColumn.same(column.name()));
    if (column.domain() instanceof Domain.Categories categories) {
      List<Weighted> values = new ArrayList<>();
      for (String value : categories.values()) {
        // A declared code for "not known" comes before a category of the same text.
        if (cleaner.read(value) == Verdict.OK) {
          values.add(new Weighted(value, weights.get(cleaner.cell())));
        }
      }
      return new OfCategories(column, values, other);
    }
    Domain.Numbers range = (Domain.Numbers) column.domain();
    KnownNumbers known = new KnownNumbers(range, unknown(described, range));
    if (field instanceof Field.Squared) {
      return new OfNumber(column, known, Field.Squared.GRID, weights.get(0), weights.get(1), other);
    }
    return range.cells() > 0
        ? new OfBins(column, known, weights.subList(0, cells), other)
        : new OfNumber(column, known, stepsPerUnit, weights.get(0), 0, other);
  }

  private static List<Double> unknown(ContractColumn described, Domain.Numbers range) {
    List<Double> unknown = new ArrayList<>();
    for (String code : described.missingCodes()) {
      ColumnCleaner.numberOf(code)
          .ifPresent(
              n -> {
                if (n >= range.minimum() && n <= range.maximum()) {
                  unknown.add(n);
                }
              });
    }
    return unknown;
  }
}
