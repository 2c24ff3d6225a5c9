package org.althing.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.althing.cleaning.ColumnCleaner;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.contract.Repair;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
import org.althing.report.ModelFile;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/**
 * What one column adds to a model's log-odds, or to the score of a class: 0 where the model reads
 * it beside another alone.
 */
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

  /**
   * @param cell its place among the declared ones
   */
  record Weighted(String value, int cell, double weight) {}

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
   * What two columns with cells add together.
   *
   * @param first the columns' own terms, of categories or bins
   * @param weights by the place of a value among the first's, then among the second's
   * @param other what is added where either is missing or not of the declared domain
   */
  record Pair(Term first, Term second, List<List<Double>> weights, double other) {
    public Pair {
      weights = weights.stream().map(List::copyOf).toList();
    }
  }

  /**
   * One of a model's sums.
   *
   * @param terms one per column read
   * @param pairs one per interaction
   */
  record Sum(List<Term> terms, List<Pair> pairs) {
    public Sum {
      terms = List.copyOf(terms);
      pairs = List.copyOf(pairs);
    }
  }

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
        .flatMap(field -> field.columns().stream())
        .filter(
            c -> !(c.domain() instanceof Domain.Categories || c.domain() instanceof Domain.Numbers))
        .map(Column::name)
        .distinct()
        .toList();
  }

  /** The features whose values the study's cleaning changed. */
  static List<String> repaired(ModelFile file) {
    List<String> features = file.model().features().columnsRead();
    return file.columns().stream()
        .filter(c -> !c.repair().equals(Repair.NONE) && features.contains(c.column().name()))
        .map(c -> c.column().name())
        .toList();
  }

  /** Of each of the model's sums what it consists of, in the order of the coordinates. */
  static List<Sum> of(ModelFile file) {
    return file.model().weightsByScore().stream().map(weights -> of(file, weights)).toList();
  }

  private static Sum of(ModelFile file, double[] weights) {
    FeatureSpace space = file.model().features();
    Map<String, Term> terms = new LinkedHashMap<>();
    List<Pair> pairs = new ArrayList<>();
    int start = 0;
    for (Field field : space.fields()) {
      List<Double> own = new ArrayList<>();
      for (int i = start; i < start + field.size(); i++) {
        own.add(weights[i]);
      }
      start += field.size();
      if (field instanceof Field.Product product) {
        Term first =
            terms.computeIfAbsent(nameOf(product.first()), n -> none(file, product.first()));
        Term second =
            terms.computeIfAbsent(nameOf(product.second()), n -> none(file, product.second()));
        pairs.add(pair(product, first, second, own));
      } else {
        terms.put(nameOf(field), of(field, described(file, field), own, space.stepsPerUnit()));
      }
    }
    return new Sum(List.copyOf(terms.values()), pairs);
  }

  /** Of a field that is one column. */
  private static String nameOf(Field field) {
    return field.columns().get(0).name();
  }

  /** Of a column that adds nothing by itself. */
  private static Term none(ModelFile file, Field.OneHot field) {
    return of(field, described(file, field), Collections.nCopies(field.size(), 0.0), 1);
  }

  private static Pair pair(Field.Product product, Term first, Term second, List<Double> own) {
    List<List<Double>> weights = new ArrayList<>();
    for (int ofFirst : cells(first)) {
      weights.add(cells(second).stream().map(c -> own.get(product.place(ofFirst, c))).toList());
    }
    return new Pair(first, second, weights, own.get(own.size() - 1));
  }

  private static List<Integer> cells(Term term) {
    if (term instanceof OfCategories categories) {
      return categories.values().stream().map(Weighted::cell).toList();
    }
    return IntStream.range(0, ((OfBins) term).weights().size()).boxed().toList();
  }

  private static ContractColumn described(ModelFile file, Field field) {
    return file.columns().stream()
        .filter(c -> c.column().equals(field.columns().get(0)))
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
          values.add(new Weighted(value, cleaner.cell(), weights.get(cleaner.cell())));
        }
      }
      return new OfCategories(column, values, other);
    }
    Domain.Numbers range = (Domain.Numbers) column.domain();
    KnownNumbers known = new KnownNumbers(range, unknown(described, range));
    if (field instanceof Field.Squared) {
      return new OfNumber(column, known, Field.Squared.GRID, weights.get(0), weights.get(1), other);
    }
    return field instanceof Field.Bounded
        ? new OfNumber(column, known, stepsPerUnit, weights.get(0), 0, other)
        : new OfBins(column, known, weights.subList(0, cells), other);
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
