package org.althing.model.features;

import java.util.Arrays;
import java.util.List;
import org.althing.table.Verdict;

/**
 * Scores records that come field by field and are not kept, with the same bits as {@link
 * LinearModel.Scorer}.
 *
 * <p>Every field but a free text adds one term to the log-odds, which depends on that field alone,
 * so that a reader may remember what a text adds. Two columns that interact add one by the places
 * of both.
 */
public final class FieldwiseScorer {
  private final Field[] fields;
  private final int[] offsets;
  private final double[] weights;
  private final long stepsPerUnit;

  /** Of a field with cells, what each of its coordinates adds; of others nothing. */
  private final double[][] byCoordinate;

  /** Of a field of numbers without cells, where they fall. */
  private final Field.Grid[] grids;

  FieldwiseScorer(FeatureSpace features, double[] weights) {
    List<Field> all = features.fields();
    this.fields = all.toArray(new Field[0]);
    this.offsets = new int[fields.length];
    for (int f = 1; f < fields.length; f++) {
      offsets[f] = offsets[f - 1] + fields[f - 1].size();
    }
    this.weights = weights;
    this.stepsPerUnit = features.stepsPerUnit();
    this.byCoordinate = new double[fields.length][];
    this.grids = new Field.Grid[fields.length];
    for (int f = 0; f < fields.length; f++) {
      grids[f] = grid(fields[f], stepsPerUnit);
      byCoordinate[f] = new double[fields[f].isOneHot() ? fields[f].size() : 0];
      for (int i = 0; i < byCoordinate[f].length; i++) {
        byCoordinate[f][i] = product(f, i, stepsPerUnit);
      }
    }
  }

  private static Field.Grid grid(Field field, long stepsPerUnit) {
    if (field instanceof Field.Squared squared) {
      return squared.grid();
    }
    return field instanceof Field.Bounded bounded ? bounded.grid(stepsPerUnit) : Field.Grid.NONE;
  }

  public int fields() {
    return fields.length;
  }

  /** Whether a field is a free text, whose words {@link #logits} takes. */
  public boolean isWords(int field) {
    return fields[field] instanceof WordField;
  }

  /** The place of a value in one column of a product: of the first of its columns, or not. */
  public double side(int field, boolean first, Verdict verdict, int cell) {
    Field.Product product = (Field.Product) fields[field];
    return (first ? product.first() : product.second()).place(verdict, cell);
  }

  /** What {@link #termAt} takes of a product, out of the places of its two sides. */
  public double meeting(int field, double first, double second) {
    return ((Field.Product) fields[field]).place((int) first, (int) second);
  }

  /**
   * What a field of one column that is no free text adds.
   *
   * @param cell the value's cell; ignored for numbers without bins
   * @param number the value of numbers without cells; ignored for all else
   */
  public double term(int field, Verdict verdict, int cell, double number) {
    return termAt(field, place(field, verdict, cell, number));
  }

  /**
   * What {@link #termAt} takes of a value: the same for the scorers of all classes, so that a value
   * is read once for all.
   */
  public double place(int field, Verdict verdict, int cell, double number) {
    double[] terms = byCoordinate[field];
    if (terms.length > 0) {
      int other = terms.length - 1;
      return verdict == Verdict.OK && cell >= 0 && cell < other ? cell : other;
    }
    if (verdict != Verdict.OK || Double.isNaN(number)) {
      return Double.NaN;
    }
    return grids[field].stepsOf(number);
  }

  /** As {@link #term}, of a value's place. */
  public double termAt(int field, double place) {
    double[] terms = byCoordinate[field];
    if (terms.length > 0) {
      return terms[(int) place];
    }
    if (Double.isNaN(place)) {
      return product(field, fields[field].size() - 1, stepsPerUnit);
    }
    long steps = (long) place;
    if (fields[field] instanceof Field.Squared) {
      return product(field, 0, Field.Squared.GRID * steps)
          + product(field, 1, steps * steps - Field.Squared.STEPS);
    }
    return product(field, 0, steps);
  }

  /** Whether a field is one number on its range, whose terms {@link #termsOf} gives. */
  public boolean isOneNumber(int field) {
    return byCoordinate[field].length == 0 && fields[field] instanceof Field.Bounded;
  }

  /** Of valid numbers of such a field, in their place, what {@link #term} is; of NaN NaN. */
  public void termsOf(int field, double[] numbers, int count) {
    grids[field].roundToSteps(numbers, count);
    double weight = weights[offsets[field]];
    for (int i = 0; i < count; i++) {
      numbers[i] = weight * numbers[i];
    }
  }

  /** As the other, what {@link #place} is. */
  public void placesOf(int field, double[] numbers, int count) {
    grids[field].roundToSteps(numbers, count);
  }

  private double product(int field, int coordinate, long steps) {
    return weights[offsets[field] + coordinate] * steps;
  }

  /** As {@link #termAt}, of the places that a field has in some records. */
  public void termsAt(int field, double[] places, int records, double[] into) {
    for (int r = 0; r < records; r++) {
      into[r] = termAt(field, places[r]);
    }
  }

  /**
   * The log-odds that each of some records is positive, field by field: of each record the same
   * additions in the same order.
   *
   * @param terms by field: what it adds to each record; that of a free text is ignored
   * @param words by field: of a free text each record's word hashes; of other fields anything
   * @param records how many
   */
  public void logits(double[][] terms, int[][][] words, int records, double[] into) {
    Arrays.fill(into, 0, records, 0);
    for (int f = 0; f < fields.length; f++) {
      if (fields[f] instanceof WordField text) {
        for (int r = 0; r < records; r++) {
          into[r] = plus(into[r], f, text, words[f][r]);
        }
      } else {
        add(terms[f], records, into);
      }
    }
    for (int r = 0; r < records; r++) {
      into[r] = ended(into[r]);
    }
  }

  private static void add(double[] terms, int records, double[] into) {
    for (int r = 0; r < records; r++) {
      into[r] += terms[r];
    }
  }

  private double ended(double sum) {
    return (sum + weights[weights.length - 1] * stepsPerUnit) / stepsPerUnit;
  }

  /** One addition after the other, in the order of the coordinates, as elsewhere. */
  private double plus(double before, int field, WordField text, int[] words) {
    int[] coordinates = text.coordinates(words);
    if (coordinates.length == 0) {
      return before + product(field, text.noWord(), stepsPerUnit);
    }
    WordField.Steps steps = text.stepsOf(coordinates, stepsPerUnit);
    double sum = before;
    for (int coordinate : coordinates) {
      sum += product(field, coordinate, steps.at(coordinate));
    }
    return sum;
  }
}
