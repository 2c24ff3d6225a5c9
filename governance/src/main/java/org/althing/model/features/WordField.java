package org.althing.model.features;

import java.util.Arrays;
import java.util.List;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;

/**
 * A free text as its different words: each of the k coordinates that they fall in is set to 1/√k,
 * rounded down, so that the squares sum to at most 1 however long the text is. Where words count by
 * public weights g, it is g/√Σg² over the text's words, rounded down: whole g keep the same bound
 * by the same integers. A text without a word that counts sets one more coordinate to 1.
 */
final class WordField implements Field {
  private static final String NONE = "no word";

  private final Column column;
  private final List<String> names;
  private final int[] vocabulary;

  /** By coordinate; empty where all words count alike. */
  private final int[] weights;

  private final int buckets;

  /**
   * @param buckets over how many coordinates words are spread by their hashes; ignored where the
   *     column declares its words
   */
  WordField(Column column, int buckets) {
    if (!(column.domain() instanceof Domain.Words declared)) {
      throw new IllegalArgumentException("column %s is no free text".formatted(column.name()));
    }
    this.column = column;
    this.names = declared.vocabularyByHash();
    this.vocabulary = declared.vocabularyHashes();
    this.weights = declared.weightsByHash();
    this.buckets = vocabulary.length > 0 ? vocabulary.length : buckets;
  }

  @Override
  public List<Column> columns() {
    return List.of(column);
  }

  @Override
  public int size() {
    return buckets + 1;
  }

  @Override
  public String coordinateName(int coordinate) {
    if (coordinate == buckets) {
      return Field.named(column, NONE);
    }
    return Field.named(
        column, names.isEmpty() ? "words of bucket " + coordinate : names.get(coordinate));
  }

  /** Whether coordinates are words; else they are buckets, of which nobody knows the words. */
  boolean isDeclared() {
    return !names.isEmpty();
  }

  @Override
  public int mostEntries() {
    return Math.min(buckets, Domain.Words.MOST_WORDS);
  }

  @Override
  public int entries(RecordBatch batch, int[] at, int row) {
    return Math.max(1, batch.words(at[0], row).length);
  }

  @Override
  public void encode(RecordBatch batch, int[] at, int first, SparseBlock out) {
    for (int r = 0; r < out.records(); r++) {
      int[] coordinates = coordinates(batch.words(at[0], first + r));
      if (coordinates.length == 0) {
        out.set(r, noWord(), out.stepsPerUnit());
        continue;
      }
      Steps steps = stepsOf(coordinates, out.stepsPerUnit());
      for (int coordinate : coordinates) {
        out.set(r, coordinate, steps.at(coordinate));
      }
    }
  }

  /** The coordinate of a text without a word that counts. */
  int noWord() {
    return buckets;
  }

  /** What the coordinates of one text are set to. */
  interface Steps {
    long at(int coordinate);
  }

  /**
   * @param coordinates of a text, at least one
   */
  Steps stepsOf(int[] coordinates, long stepsPerUnit) {
    long unit = stepsPerUnit * stepsPerUnit;
    if (weights.length == 0) {
      long each = rootDown(unit / coordinates.length);
      return coordinate -> each;
    }
    long squares = 0;
    for (int coordinate : coordinates) {
      squares += (long) weights[coordinate] * weights[coordinate];
    }
    long all = squares;
    // At most 2³² · 2¹⁶: exact.
    return coordinate -> rootDown(unit * weights[coordinate] * weights[coordinate] / all);
  }

  /** The different coordinates of the words that count, ascending. */
  int[] coordinates(int[] hashes) {
    int[] all = new int[hashes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = coordinate(hashes[i]);
    }
    Arrays.sort(all);
    int different = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] >= 0 && (different == 0 || all[i] != all[different - 1])) {
        all[different++] = all[i];
      }
    }
    return Arrays.copyOf(all, different);
  }

  /** Negative where the word is not declared. */
  private int coordinate(int hash) {
    return vocabulary.length == 0
        ? Integer.remainderUnsigned(hash, buckets)
        : Arrays.binarySearch(vocabulary, hash);
  }

  /** ⌊√n⌋ of a number below 2⁵². */
  private static long rootDown(long n) {
    long root = (long) StrictMath.sqrt((double) n);
    return root * root > n ? root - 1 : root;
  }
}
