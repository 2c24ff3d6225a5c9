package org.althing.scoring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.althing.cleaning.ColumnCleaner;
import org.althing.cleaning.DecimalText;
import org.althing.cleaning.KnownTexts;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/** Reads one column's fields as bytes; remembers what texts mean. Not safe for concurrent use. */
final class FieldReader {
  static final int[] NO_WORDS = {};

  /** What is made of a value. */
  interface Meaning {
    double of(Verdict verdict, int cell, double number);
  }

  private final int slot;
  private final ColumnCleaner cleaner;
  private final Meaning meaning;
  private final boolean words;
  private final boolean numbers;
  private final ShortTexts shortTexts = new ShortTexts();
  private final KnownTexts known = new KnownTexts();
  private double[] values = new double[16];
  private final double empty;

  private FieldReader(
      int slot, ContractColumn column, BoundColumn bound, boolean words, Meaning m) {
    this.slot = slot;
    this.cleaner = new ColumnCleaner(column, bound);
    this.meaning = m;
    this.words = words;
    this.numbers = column.column().domain() instanceof Domain.Numbers && !bound.decimalComma();
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

  int[] words(byte[] utf8, int from, int to) {
    cleaner.readField(text(utf8, from, to));
    return cleaner.words();
  }

  double value(byte[] utf8, int from, int to) {
    if (from == to) {
      return empty;
    }
    int place = shortTexts.find(utf8, from, to);
    return place >= 0 ? shortTexts.value(place) : shortTexts.keep(read(utf8, from, to));
  }

  private double read(byte[] utf8, int from, int to) {
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
        return meaning.of(cleaner.readDecimal(number), cleaner.cell(), cleaner.number());
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
