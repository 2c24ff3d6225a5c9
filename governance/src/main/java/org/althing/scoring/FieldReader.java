package org.althing.scoring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.althing.cleaning.ColumnCleaner;
import org.althing.cleaning.DecimalText;
import org.althing.cleaning.KnownTexts;
import org.althing.cleaning.TextList;
import org.althing.cleaning.TextRows;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/** Reads one column's fields as bytes; remembers what texts mean. Not safe for concurrent use. */
final class FieldReader {
  static final int[] NO_WORDS = {};

  private static final int SMALL = 256;
  private static final boolean[] NONE_DONE = new boolean[RowScorer.MOST_ROWS];

  /** What is made of a value. */
  interface Meaning {
    double of(Verdict verdict, int cell, double number);

    /** Whether {@link #ofNumbers} may be asked. */
    default boolean takesNumbers() {
      return false;
    }

    /** Of valid numbers, in their place; NaN stays. */
    default void ofNumbers(double[] numbers, int count) {
      throw new UnsupportedOperationException();
    }
  }

  private final int slot;
  private final ColumnCleaner cleaner;
  private final Meaning meaning;
  private final boolean words;
  private final boolean numbers;
  private final ShortTexts shortTexts = new ShortTexts();
  private final KnownTexts known = new KnownTexts();
  private final int[] missed = new int[RowScorer.MOST_ROWS];

  /** Whether most numbers of the column are read without a look at each. */
  private final boolean plain;

  private final double[] plainly = new double[RowScorer.MOST_ROWS];
  private final boolean[] done = new boolean[RowScorer.MOST_ROWS];
  private double[] values = new double[16];
  private final double empty;

  /** What small whole numbers mean, of a column of whole numbers; and which were met. */
  private final double[] smallNumbers;

  private final boolean[] metSmall;

  /** The list met last, and what its texts mean. */
  private TextList list = new TextList(List.of());

  private double[] listValues = {};
  private int[][] listWords = {};

  private FieldReader(
      int slot, ContractColumn column, BoundColumn bound, boolean words, Meaning m) {
    this.slot = slot;
    this.cleaner = new ColumnCleaner(column, bound);
    this.meaning = m;
    this.words = words;
    this.numbers = column.column().domain() instanceof Domain.Numbers && !bound.decimalComma();
    int small = column.column().domain() instanceof Domain.Numbers n && n.whole() ? SMALL : 0;
    this.smallNumbers = new double[small];
    this.metSmall = new boolean[small];
    this.plain = numbers && cleaner.readsPlainly() && m.takesNumbers();
    this.empty = words ? 0 : ask("");
  }

  static FieldReader of(int slot, ContractColumn column, BoundColumn bound, Meaning meaning) {
    return new FieldReader(slot, column, bound, false, meaning);
  }

  static FieldReader ofWords(int slot, ContractColumn column, BoundColumn bound) {
    return new FieldReader(slot, column, bound, true, (verdict, cell, number) -> 0);
  }

  int slot() {
    return slot;
  }

  boolean isWords() {
    return words;
  }

  /** The words of the texts of a column, row by row. */
  void words(TextColumn texts, int[][] into) {
    for (int row = 0; row < texts.rows(); row++) {
      into[row] = words(texts.utf8(), texts.start(row), texts.end(row));
    }
  }

  private int[] words(byte[] utf8, int from, int to) {
    cleaner.readField(text(utf8, from, to));
    return cleaner.words();
  }

  int[] words(TextRows rows, int row, int field) {
    int place = rows.place(row, field);
    if (place >= 0) {
      meet(rows.list(field));
      return listWords[place];
    }
    int start = rows.start(row, field);
    return words(rows.bytes(), start, rows.end(row, field));
  }

  /** What the texts of a column mean, row by row. */
  void values(TextColumn texts, double[] into) {
    byte[] utf8 = texts.utf8();
    if (shortTexts.worthIt()) {
      int misses = shortTexts.find(texts, into, missed);
      for (int i = 0; i < misses; i++) {
        int row = missed[i];
        into[row] = value(utf8, texts.start(row), texts.end(row));
        shortTexts.keep(utf8, texts.start(row), texts.end(row), into[row]);
      }
    } else if (numbers) {
      decimals(texts, into);
    } else {
      for (int row = 0; row < texts.rows(); row++) {
        into[row] = value(utf8, texts.start(row), texts.end(row));
      }
    }
  }

  /** Most texts are decimals: those first that are, without a look for anything else. */
  private void decimals(TextColumn texts, double[] into) {
    byte[] utf8 = texts.utf8();
    int rows = texts.rows();
    for (int row = 0; row < rows; row++) {
      int start = texts.start(row);
      int end = texts.end(row);
      into[row] = start < end ? DecimalText.valueOf(utf8, start, end) : Double.NaN;
    }
    boolean[] done = ofPlain(into, rows);
    for (int row = 0; row < rows; row++) {
      if (!done[row]) {
        into[row] =
            Double.isNaN(into[row])
                ? value(utf8, texts.start(row), texts.end(row))
                : ofNumber(into[row]);
      }
    }
  }

  /**
   * As the other, of fields that may have been given as numbers or as places in a list.
   *
   * @param first the first of the rows
   */
  void values(TextRows rows, int field, int first, int count, double[] into) {
    meet(rows.list(field));
    if (numbers) {
      for (int i = 0; i < count; i++) {
        into[i] = rows.number(first + i, field);
      }
      boolean[] done = ofPlain(into, count);
      for (int i = 0; i < count; i++) {
        if (!done[i]) {
          into[i] = Double.isNaN(into[i]) ? value(rows, first + i, field) : ofNumber(into[i]);
        }
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int place = rows.place(first + i, field);
      into[i] = place >= 0 ? listValues[place] : value(rows, first + i, field);
    }
  }

  /**
   * What those numbers mean that are valid at a glance, in their place; NaN is no number.
   *
   * @return which they are; the others are as they were
   */
  private boolean[] ofPlain(double[] values, int count) {
    if (!plain) {
      return NONE_DONE;
    }
    System.arraycopy(values, 0, plainly, 0, count);
    cleaner.keepPlain(plainly, count);
    meaning.ofNumbers(plainly, count);
    for (int i = 0; i < count; i++) {
      done[i] = !Double.isNaN(plainly[i]);
      values[i] = done[i] ? plainly[i] : values[i];
    }
    return done;
  }

  private double value(TextRows rows, int row, int field) {
    int place = rows.place(row, field);
    if (place >= 0) {
      return listValues[place];
    }
    if (rows.size() == 0 && Double.isNaN(rows.number(row, field))) {
      return empty;
    }
    int start = rows.start(row, field);
    return value(rows.bytes(), start, rows.end(row, field));
  }

  private double ofNumber(double number) {
    int whole = (int) number;
    if (whole != number || whole < 0 || whole >= smallNumbers.length) {
      return meaning.of(cleaner.readDecimal(number), cleaner.cell(), cleaner.number());
    }
    if (!metSmall[whole]) {
      metSmall[whole] = true;
      smallNumbers[whole] =
          meaning.of(cleaner.readDecimal(number), cleaner.cell(), cleaner.number());
    }
    return smallNumbers[whole];
  }

  /** Works out what every text of a list means, when the list is first met. */
  private void meet(TextList texts) {
    if (texts == list) {
      return;
    }
    list = texts;
    listValues = new double[words ? 0 : texts.size()];
    listWords = new int[words ? texts.size() : 0][];
    for (int place = 0; place < texts.size(); place++) {
      byte[] utf8 = texts.utf8(place);
      if (words) {
        listWords[place] = words(utf8, 0, utf8.length);
      } else {
        listValues[place] = value(utf8, 0, utf8.length);
      }
    }
  }

  double value(byte[] utf8, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(utf8[start])) {
      start++;
    }
    while (end > start && isBlank(utf8[end - 1])) {
      end--;
    }
    if (start == end) {
      return empty;
    }
    if (numbers) {
      double number = DecimalText.valueOf(utf8, start, end);
      if (!Double.isNaN(number)) {
        return ofNumber(number);
      }
    }
    int place = known.find(utf8, start, end);
    if (place >= 0) {
      return values[place];
    }
    double value = ask(text(utf8, start, end));
    int added = known.add(utf8, start, end);
    if (added >= 0) {
      values = added < values.length ? values : Arrays.copyOf(values, 2 * added);
      values[added] = value;
    }
    return value;
  }

  /** The blanks among ASCII; the cleaner trims those of other scripts. */
  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= 9 && b <= 13) || (b >= 28 && b <= 31);
  }

  private double ask(String text) {
    Verdict verdict = cleaner.readField(text);
    return meaning.of(verdict, cleaner.cell(), cleaner.number());
  }

  private static String text(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }
}
