package org.althing.scoring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.model.features.Classifier;
import org.althing.model.features.FieldwiseScorer;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.ModelFile;
import org.althing.table.Verdict;

/**
 * Scores rows of texts with a model: the verdicts of {@code cleaning}, the probabilities of {@code
 * model.features}, bit for bit, without keeping a row or making objects for its fields.
 *
 * <p>Takes up to {@value #MOST_ROWS} rows at a time, and column after column of them: what reads a
 * column then stays at hand from row to row, and so do the rows. Not safe for concurrent use.
 */
public final class RowScorer {
  /** A row without a known label. */
  public static final int UNLABELLED = -1;

  /** Rows that are scored together. */
  public static final int MOST_ROWS = 64;

  private static final FieldReader[] NONE = {};
  private static final byte[] EMPTY = {};

  /** One, or one for each class. */
  private final FieldwiseScorer[] scorers;

  private final FieldReader[][] byPosition;

  /** By slot, of each row: what is made of its value. */
  private final double[][] terms;

  /** By slot of a free text, of each row: its words. */
  private final int[][][] words;

  private final int labelSlot;

  /** The slot of the first two columns that interact; behind the label stand their sides. */
  private final int products;

  /** By slot, of each row: what it adds to the score of one class of several. */
  private final double[][] own;

  /** By class, of each row. */
  private final double[][] scores;

  private int rows;

  /**
   * @param binding says of each of the model's columns by which of {@code names} it goes, if any
   * @param names of a row's fields, by position
   */
  public RowScorer(ModelFile file, Binding binding, List<String> names) {
    this.scorers = scorers(file.model());
    this.labelSlot = scorers[0].fields();
    this.byPosition = new FieldReader[names.size()][];
    Arrays.fill(byPosition, NONE);
    this.products = file.model().features().columns().size();
    this.terms = new double[labelSlot + 1 + 2 * (labelSlot - products)][MOST_ROWS];
    this.words = new int[labelSlot][MOST_ROWS][];
    for (int[][] each : words) {
      Arrays.fill(each, FieldReader.NO_WORDS);
    }
    List<String> slots = slots(file.model());
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slot >= products && slot < labelSlot) {
        continue;
      }
      String column = slots.get(slot);
      ContractColumn described = described(file, column);
      BoundColumn bound = bound(binding, column);
      FieldReader reader =
          slot < labelSlot && scorers[0].isWords(slot)
              ? FieldReader.ofWords(slot, described, bound)
              : FieldReader.of(slot, described, bound, meaning(file.model().label(), slot));
      Optional<String> local = bound.localName();
      int position = local.map(names::indexOf).orElse(-1);
      if (position >= 0) {
        byPosition[position] = plus(byPosition[position], reader);
      }
      // Of a column that rows do not have it stays so.
      byte[] text = bound.constant().map(c -> c.getBytes(StandardCharsets.UTF_8)).orElse(EMPTY);
      Arrays.fill(terms[slot], reader.value(text, 0, text.length));
    }
    this.own = new double[scorers.length == 1 ? 0 : labelSlot][MOST_ROWS];
    this.scores = new double[scorers.length][MOST_ROWS];
  }

  private static FieldwiseScorer[] scorers(Classifier model) {
    return model instanceof SoftmaxModel classes
        ? classes.fieldwise().toArray(new FieldwiseScorer[0])
        : new FieldwiseScorer[] {((LinearModel) model).fieldwise()};
  }

  /**
   * Of each slot its column: those of the fields, where an interaction has none of its own, the
   * label's, then of each interaction both.
   */
  private static List<String> slots(Classifier model) {
    List<String> slots = new ArrayList<>(model.features().columns());
    model.features().interactions().forEach(pair -> slots.add(pair.inWords()));
    slots.add(model.label().column());
    for (Interaction pair : model.features().interactions()) {
      slots.add(pair.first());
      slots.add(pair.second());
    }
    return slots;
  }

  private FieldReader.Meaning meaning(Label label, int slot) {
    if (slot > labelSlot) {
      int side = slot - labelSlot - 1;
      int field = products + side / 2;
      return (verdict, cell, number) -> scorers[0].side(field, side % 2 == 0, verdict, cell);
    }
    if (slot == labelSlot) {
      Label.Reader reader = label.reader();
      return (verdict, cell, number) -> reader.outcome(verdict, cell).orElse(UNLABELLED);
    }
    return new OfField(scorers[0], slot, scorers.length == 1);
  }

  /**
   * What a value of a field adds, or its place, which all classes take.
   *
   * @param adds the one or the other
   */
  private record OfField(FieldwiseScorer scorer, int field, boolean adds)
      implements FieldReader.Meaning {
    @Override
    public double of(Verdict verdict, int cell, double number) {
      return adds
          ? scorer.term(field, verdict, cell, number)
          : scorer.place(field, verdict, cell, number);
    }

    @Override
    public boolean takesNumbers() {
      return scorer.isOneNumber(field);
    }

    @Override
    public void ofNumbers(double[] numbers, int count) {
      if (adds) {
        scorer.termsOf(field, numbers, count);
      } else {
        scorer.placesOf(field, numbers, count);
      }
    }
  }

  private static FieldReader[] plus(FieldReader[] readers, FieldReader one) {
    List<FieldReader> all = new ArrayList<>(List.of(readers));
    all.add(one);
    return all.toArray(NONE);
  }

  /** How the contract describes one of the model's columns. */
  static ContractColumn described(ModelFile file, String column) {
    return file.columns().stream()
        .filter(c -> c.column().name().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static BoundColumn bound(Binding binding, String column) {
    return binding.columns().stream()
        .filter(c -> c.column().equals(column))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the binding says nothing of column " + column));
  }

  /**
   * Scores rows whose texts lie in an array of UTF-8, with or without blanks around them; {@link
   * #scores} and {@link #outcome} then speak of them.
   *
   * @param starts row by row, where each of its fields begins
   * @param ends where each ends
   * @param count of rows, up to {@value #MOST_ROWS}
   */
  public void score(byte[] utf8, int[] starts, int[] ends, int count) {
    int width = byPosition.length;
    for (int position = 0; position < width; position++) {
      for (FieldReader reader : byPosition[position]) {
        TextColumn texts = new TextColumn(utf8, starts, ends, position, width, count);
        if (reader.isWords()) {
          reader.words(texts, words[reader.slot()]);
        } else {
          reader.values(texts, terms[reader.slot()]);
        }
      }
    }
    end(count);
  }

  /**
   * As the other, of fields that may have been given as numbers.
   *
   * @param first the first of the rows to score
   */
  public void score(TextRows texts, int first, int count) {
    for (int position = 0; position < byPosition.length; position++) {
      for (FieldReader reader : byPosition[position]) {
        if (reader.isWords()) {
          int[][] into = words[reader.slot()];
          for (int row = 0; row < count; row++) {
            into[row] = reader.words(texts, first + row, position);
          }
        } else {
          reader.values(texts, position, first, count, terms[reader.slot()]);
        }
      }
    }
    end(count);
  }

  private void end(int count) {
    rows = count;
    for (int slot = products; slot < labelSlot; slot++) {
      meet(slot);
    }
    if (scorers.length == 1) {
      scorers[0].logits(terms, words, rows, scores[0]);
      return;
    }
    for (int k = 0; k < scorers.length; k++) {
      for (int slot = 0; slot < labelSlot; slot++) {
        if (!scorers[k].isWords(slot)) {
          scorers[k].termsAt(slot, terms[slot], rows, own[slot]);
        }
      }
      scorers[k].logits(own, words, rows, scores[k]);
    }
  }

  /** Two columns that interact, out of the places of both. */
  private void meet(int slot) {
    int sides = labelSlot + 1 + 2 * (slot - products);
    for (int row = 0; row < rows; row++) {
      double place = scorers[0].meeting(slot, terms[sides][row], terms[sides + 1][row]);
      terms[slot][row] = scorers.length == 1 ? scorers[0].termAt(slot, place) : place;
    }
  }

  /** How many scores a row has: one for each class, of a yes or a no the log-odds alone. */
  public int width() {
    return scores.length;
  }

  /** The scores of one of the rows, {@link #width} of them. */
  public double[] scores(int row) {
    return Arrays.stream(scores).mapToDouble(each -> each[row]).toArray();
  }

  /** Puts the scores of all the rows, one row after the other, into {@code all}. */
  public void scores(double[] all, int at) {
    int width = scores.length;
    for (int k = 0; k < width; k++) {
      for (int row = 0; row < rows; row++) {
        all[at + row * width + k] = scores[k][row];
      }
    }
  }

  /**
   * Of one of the rows: 1 if it is positive, 0 if negative, or the place of its class; {@value
   * #UNLABELLED} where the label is not known.
   */
  public int outcome(int row) {
    return (int) terms[labelSlot][row];
  }
}
