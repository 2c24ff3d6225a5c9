package org.althing.cleaning;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.contract.Excerpt;
import org.althing.contract.Repair;
import org.althing.table.Domain;
import org.althing.table.Script;
import org.althing.table.Verdict;

/**
 * Gives each text of one column a verdict, and a cell or number where that is {@link Verdict#OK}. A
 * function of that one text, the contract and the binding. Not safe for concurrent use.
 */
public final class ColumnCleaner {
  private static final int[] NO_WORDS = {};
  private static final int FEW_EDGES = 16;

  private final Domain domain;
  private final BoundColumn bound;
  private final CodeList missing;
  private final CodeList categories;

  /** Of the bins of a column of numbers, as primitives; none without bins. */
  private final double[] edges;

  private final Optional<WordSplitter> splitter;
  private final Optional<DateTimeFormatter> days;

  private final boolean clips;
  private final Optional<ColumnCleaner> fill;
  private final boolean fillsFaulty;

  /** What a value is found to be where the source has no such column. */
  private final Reading absent;

  /** What is known of short texts, by their numbers. */
  private final KnownTexts known = new KnownTexts();

  private final List<Reading> readings = new ArrayList<>();

  /** The list met last, and what its texts are. */
  private TextList list = new TextList(List.of());

  private List<Reading> listReadings = List.of();

  private int cell = CodeList.ABSENT;
  private int[] words = NO_WORDS;
  private double number;

  /** What one text was found to be. */
  private static final class Reading {
    private final Verdict verdict;
    private final int cell;
    private final double number;
    private final int[] words;

    Reading(Verdict verdict, int cell, double number, int[] words) {
      this.verdict = verdict;
      this.cell = cell;
      this.number = number;
      this.words = words;
    }
  }

  public ColumnCleaner(ContractColumn column, BoundColumn bound) {
    this.domain = column.column().domain();
    this.edges =
        domain instanceof Domain.Numbers numbers
            ? numbers.edges().stream().mapToDouble(Double::doubleValue).toArray()
            : new double[0];
    this.bound = bound;
    List<String> codes = new ArrayList<>(column.missingCodes());
    codes.addAll(bound.missingCodes());
    if (domain instanceof Domain.Dates dates && bound.dayFormat().isEmpty()) {
      codes.addAll(writtenAsAgreed(bound.missingCodes(), dates));
    }
    this.missing = CodeList.of(codes);
    this.days =
        domain instanceof Domain.Dates dates
            ? Optional.of(bound.dayFormat().map(Domain.Dates::reader).orElseGet(dates::reader))
            : Optional.empty();
    this.categories =
        domain instanceof Domain.Categories declared
            ? categories(declared, bound.codes())
            : CodeList.of(List.of());
    this.splitter =
        domain instanceof Domain.Words declared
            ? Optional.of(new WordSplitter(declared))
            : Optional.empty();
    Repair repair = column.repair();
    this.clips = repair.clips();
    this.fill = repair.fill().map(value -> filled(column, value));
    this.fillsFaulty = repair.fillsFaulty();
    Verdict verdict = read(bound.constant().orElse(""));
    this.absent = new Reading(verdict, cell, number, words);
  }

  /**
   * Those of the texts that are days of ISO 8601, as the contract writes them: so a file's own days
   * come ({@link org.althing.contract.Binding#writtenDays}), whatever way a binding names one.
   */
  private static List<String> writtenAsAgreed(List<String> texts, Domain.Dates dates) {
    DateTimeFormatter iso = Domain.Dates.reader(Domain.Dates.ISO);
    return texts.stream()
        .flatMap(text -> PlainText.day(text, iso).stream())
        .map(dates.reader()::format)
        .toList();
  }

  /**
   * A cleaner that has read the value that stands for missing ones, as the contract writes it.
   *
   * @throws IllegalArgumentException where it is no value of the column
   */
  private static ColumnCleaner filled(ContractColumn column, String value) {
    ContractColumn plain = column.with(column.column().domain(), Repair.NONE);
    ColumnCleaner reader = new ColumnCleaner(plain, BoundColumn.same(column.column().name()));
    if (reader.read(PlainText.trimmed(value)) != Verdict.OK) {
      throw new IllegalArgumentException(
          "column %s cannot be filled with %s, which is no value of it"
              .formatted(column.column().name(), Excerpt.of(value)));
    }
    return reader;
  }

  private static CodeList categories(Domain.Categories declared, Map<String, String> codes) {
    if (codes.isEmpty()) {
      return CodeList.of(declared.values());
    }
    CodeList list = new CodeList();
    codes.forEach((local, category) -> list.add(local, declared.cellOf(category)));
    return list;
  }

  /** The number that a field's text is; nothing for any other text. */
  public static OptionalDouble numberOf(String field) {
    return PlainText.number(PlainText.trimmed(field));
  }

  /** As {@link #read}, of a text that may have blanks around it. */
  public Verdict readField(String field) {
    return read(PlainText.trimmed(field));
  }

  /**
   * As {@link #read}, of any text that is a decimal number of this value; only of a column of
   * numbers.
   */
  public Verdict readDecimal(double value) {
    if (!(domain instanceof Domain.Numbers numbers)) {
      throw new IllegalArgumentException("only a column of numbers reads numbers");
    }
    cell = CodeList.ABSENT;
    number = 0;
    return repaired(missing.hasNumber(value) ? Verdict.SENTINEL : place(value, numbers));
  }

  /** Whether {@link #keepPlain} may be asked: of numbers without bins that are read as they are. */
  public boolean readsPlainly() {
    return domain instanceof Domain.Numbers numbers
        && !numbers.whole()
        && edges.length == 0
        && !bound.converts();
  }

  /**
   * Of each value what {@link #number} would be after {@link #readDecimal}, where that says OK by
   * the value alone; NaN for all others, which are still to be read.
   */
  public void keepPlain(double[] values, int count) {
    Domain.Numbers numbers = (Domain.Numbers) domain;
    double least = numbers.minimum();
    double most = numbers.maximum();
    for (int i = 0; i < count; i++) {
      double value = values[i];
      values[i] = value >= least && value <= most ? value + 0.0 : Double.NaN;
    }
    missing.takeNumbers(values, count);
  }

  /**
   * As the other, of a field of a row.
   *
   * @param rows trimmed
   * @param field -1 for one that the source does not have
   */
  Verdict read(TextRows rows, int row, int field) {
    if (field < 0) {
      return take(absent);
    }
    if (domain instanceof Domain.Numbers) {
      double value = rows.number(row, field);
      if (!Double.isNaN(value)) {
        return readDecimal(value);
      }
    }
    int place = rows.place(row, field);
    if (place >= 0) {
      return take(ofList(rows.list(field)).get(place));
    }
    int start = rows.start(row, field);
    return read(rows.bytes(), start, rows.end(row, field));
  }

  /** What every text of a list is found to be; worked out when the list is first met. */
  private List<Reading> ofList(TextList texts) {
    if (texts != list) {
      List<Reading> found = new ArrayList<>();
      for (int place = 0; place < texts.size(); place++) {
        Verdict verdict = read(PlainText.trimmed(texts.text(place)));
        found.add(new Reading(verdict, cell, number, words));
      }
      list = texts;
      listReadings = found;
    }
    return listReadings;
  }

  private Verdict take(Reading reading) {
    cell = reading.cell;
    number = reading.number;
    words = reading.words;
    return reading.verdict;
  }

  private Verdict read(byte[] utf8, int from, int to) {
    if (from == to) {
      return read("");
    }
    if (domain instanceof Domain.Numbers && !bound.decimalComma()) {
      double value = DecimalText.valueOf(utf8, from, to);
      if (!Double.isNaN(value)) {
        return readDecimal(value);
      }
    }
    int found = known.find(utf8, from, to);
    if (found != KnownTexts.NOT_FOUND) {
      return take(readings.get(found));
    }
    Verdict verdict = read(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    if (known.add(utf8, from, to) != KnownTexts.NOT_FOUND) {
      readings.add(new Reading(verdict, cell, number, words));
    }
    return verdict;
  }

  /** Reads a trimmed text; {@link #cell} and {@link #number} then speak of it. */
  public Verdict read(String text) {
    return repaired(plain(text));
  }

  /** The value that stands for it, where the column has one and the finding asks for it. */
  private Verdict repaired(Verdict found) {
    boolean unknown = found == Verdict.MISSING || found == Verdict.SENTINEL;
    if (fill.isEmpty() || found == Verdict.OK || !(unknown || fillsFaulty)) {
      return found;
    }
    cell = fill.get().cell;
    number = fill.get().number;
    return Verdict.OK;
  }

  /** What the text says by itself; a number out of range is clipped where the column is. */
  private Verdict plain(String text) {
    cell = CodeList.ABSENT;
    number = 0;
    words = NO_WORDS;
    if (text.isEmpty()) {
      return Verdict.MISSING;
    }
    if (missing.find(text) != CodeList.ABSENT) {
      return Verdict.SENTINEL;
    }
    if (domain instanceof Domain.Numbers numbers) {
      return bound.decimalComma() ? readComma(text, numbers) : readNumber(text, numbers);
    }
    if (domain instanceof Domain.Dates dates) {
      return readDay(text, dates);
    }
    if (domain instanceof Domain.Text) {
      return Verdict.OK;
    }
    if (domain instanceof Domain.Formed formed) {
      return formed.verdict(text);
    }
    if (splitter.isPresent()) {
      SortedSet<String> found = splitter.get().words(text);
      words = splitter.get().hashes(found);
      number = splitter.get().count();
      cell = Script.of(text).map(Script::place).orElse(CodeList.ABSENT);
      return found.isEmpty() ? Verdict.UNPARSABLE : Verdict.OK;
    }
    cell = categories.find(text);
    return cell == CodeList.ABSENT ? Verdict.NOT_IN_SET : Verdict.OK;
  }

  private Verdict readDay(String text, Domain.Dates dates) {
    Optional<LocalDate> day = PlainText.day(text, days.orElseThrow());
    if (day.isEmpty()) {
      return Verdict.UNPARSABLE;
    }
    long value = day.get().toEpochDay();
    if (!(value >= dates.days().minimum() && value <= dates.days().maximum())) {
      return Verdict.OUT_OF_RANGE;
    }
    number = value;
    cell = dates.cells() == 0 ? CodeList.ABSENT : dates.days().cellOf((double) value);
    return Verdict.OK;
  }

  private Verdict readComma(String text, Domain.Numbers numbers) {
    if (text.indexOf('.') >= 0) {
      return Verdict.UNPARSABLE;
    }
    String point = text.replace(',', '.');
    return missing.find(point) == CodeList.ABSENT ? readNumber(point, numbers) : Verdict.SENTINEL;
  }

  private Verdict readNumber(String text, Domain.Numbers numbers) {
    OptionalDouble parsed = PlainText.number(text);
    return parsed.isPresent() ? place(parsed.getAsDouble(), numbers) : Verdict.UNPARSABLE;
  }

  private Verdict place(double local, Domain.Numbers numbers) {
    double value = local;
    if (bound.converts()) {
      value = value * bound.factor() + bound.offset();
      value = numbers.whole() ? Math.rint(value) : value;
    }
    if (!(value >= numbers.minimum() && value <= numbers.maximum())) {
      if (!clips) {
        return Verdict.OUT_OF_RANGE;
      }
      value = value > numbers.maximum() ? numbers.maximum() : numbers.minimum();
    }
    if (numbers.whole() && value != Math.rint(value)) {
      return Verdict.UNPARSABLE;
    }
    number = value == 0 ? 0 : value;
    if (edges.length > 0) {
      cell = edgesUpTo(number);
    }
    return Verdict.OK;
  }

  /** Of few edges all are compared, which takes less time than to guess which. */
  private int edgesUpTo(double value) {
    if (edges.length <= FEW_EDGES) {
      int count = 0;
      for (double edge : edges) {
        count += edge <= value ? 1 : 0;
      }
      return count;
    }
    int edge = Arrays.binarySearch(edges, value);
    return edge < 0 ? -edge - 1 : edge + 1;
  }

  /**
   * The cell of the text just read, or of a free text its script's place; -1 unless it is OK and
   * has one.
   */
  public int cell() {
    return cell;
  }

  /** The number or day just read, or of a free text how many words it has; 0 unless it is OK. */
  public double number() {
    return number;
  }

  /** The word hashes of the text just read; none unless it is OK and a free text. */
  public int[] words() {
    return words;
  }
}
