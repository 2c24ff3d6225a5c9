package org.althing.scoring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.althing.table.RecordBatch;

/**
 * Scores rows of texts with a model: the verdicts of {@code cleaning}, the probabilities of {@code
 * model.features}, bit for bit, without keeping a row or making objects for its fields.
 *
 * <p>A row is its fields, in any order, then {@link #endRow}; a field that does not come is
 * missing. Not safe for concurrent use.
 */
public final class RowScorer {
  /** A row without a known label. */
  public static final int UNLABELLED = -1;

  private static final FieldReader[] NONE = {};
  private static final byte[] EMPTY = {};

  /** One, or one for each class. */
  private final FieldwiseScorer[] scorers;

  private final FieldReader[][] byPosition;
  private final double[] absent;
  private final double[] terms;
  private final int[][] words;
  private final int[] wordSlots;
  private final int labelSlot;

  /** The slot of the first two columns that interact; behind the label stand their sides. */
  private final int products;

  private final double[] own;
  private final double[] scores;
  private int outcome = UNLABELLED;

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
    this.absent = new double[labelSlot + 1 + 2 * (labelSlot - products)];
    this.words = new int[labelSlot][];
    Arrays.fill(words, FieldReader.NO_WORDS);
    this.wordSlots = IntStream.range(0, labelSlot).filter(scorers[0]::isWords).toArray();
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
      absent[slot] = reader.value(EMPTY, 0, 0);
    }
    this.terms = absent.clone();
    this.own = new double[labelSlot];
    this.scores = new double[scorers.length];
  }

  private static FieldwiseScorer[] scorers(Classifier model) {
    return model instanceof SoftmaxModel classes
        ? classes.fieldwise().toArray(new FieldwiseScorer[0])
        : new FieldwiseScorer[] {((LinearModel) model).fieldwise()};
  }

  /**
   * The scores of records that were cleaned elsewhere, as {@link #scores(double[], int)} has them
   * of rows: those of one record, then those of the next.
   */
  public static double[] scores(Classifier model, RecordBatch batch) {
    FieldwiseScorer[] scorers = scorers(model);
    if (scorers.length == 1) {
      return scorers[0].logits(batch);
    }
    double[] scores = new double[scorers.length * batch.rows()];
    for (int k = 0; k < scorers.length; k++) {
      double[] own = scorers[k].logits(batch);
      for (int row = 0; row < own.length; row++) {
        scores[row * scorers.length + k] = own[row];
      }
    }
    return scores;
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
    FieldwiseScorer first = scorers[0];
    return scorers.length == 1
        ? (verdict, cell, number) -> first.term(slot, verdict, cell, number)
        : (verdict, cell, number) -> first.place(slot, verdict, cell, number);
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

  /** Takes a field of the row: UTF-8, with or without blanks around it. */
  public void field(int position, byte[] utf8, int from, int to) {
    for (FieldReader reader : byPosition[position]) {
      if (reader.isWords()) {
        words[reader.slot()] = reader.words(utf8, from, to);
      } else {
        terms[reader.slot()] = reader.value(utf8, from, to);
      }
    }
  }

  /** As the other, of a text. */
  public void field(int position, String text) {
    if (byPosition[position].length > 0) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      field(position, utf8, 0, utf8.length);
    }
  }

  /** Ends the row; {@link #logit}, {@link #scores} and {@link #outcome} then speak of it. */
  public void endRow() {
    for (int slot = products; slot < labelSlot; slot++) {
      int sides = labelSlot + 1 + 2 * (slot - products);
      double place = scorers[0].meeting(slot, terms[sides], terms[sides + 1]);
      terms[slot] = scorers.length == 1 ? scorers[0].termAt(slot, place) : place;
    }
    if (scorers.length == 1) {
      scores[0] = scorers[0].logit(terms, words);
    } else {
      for (int k = 0; k < scores.length; k++) {
        scores[k] = score(scorers[k]);
      }
    }
    outcome = (int) terms[labelSlot];
    System.arraycopy(absent, 0, terms, 0, terms.length);
    for (int slot : wordSlots) {
      words[slot] = FieldReader.NO_WORDS;
    }
  }

  /** The score of one class, out of the places of the row's values. */
  private double score(FieldwiseScorer scorer) {
    for (int slot = 0; slot < labelSlot; slot++) {
      own[slot] = scorer.isWords(slot) ? 0 : scorer.termAt(slot, terms[slot]);
    }
    return scorer.logit(own, words);
  }

  /** The log-odds that the row is positive, where the label is a yes or a no. */
  public double logit() {
    return scores[0];
  }

  /** How many scores a row has: one for each class, of a yes or a no the log-odds alone. */
  public int width() {
    return scores.length;
  }

  /** The row's scores, {@link #width} of them. */
  public double[] scores() {
    return scores.clone();
  }

  /** Puts the row's scores into {@code all} from {@code at} on. */
  public void scores(double[] all, int at) {
    System.arraycopy(scores, 0, all, at, scores.length);
  }

  /**
   * 1 of a positive row, 0 of a negative one, or the place of the row's class; {@value #UNLABELLED}
   * where the label is not known.
   */
  public int outcome() {
    return outcome;
  }
}
