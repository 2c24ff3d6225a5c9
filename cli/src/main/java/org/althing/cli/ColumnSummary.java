package org.althing.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.althing.table.Domain;

/**
 * What a proposal knows of one column of some files: its few values, or its range. Bounded memory,
 * however many values are added.
 */
final class ColumnSummary {
  /** More different texts than this are no list of categories. */
  private static final int MOST_VALUES = 64;

  /** More than this are categories only where they repeat so often that they are no names. */
  private static final int MOST_SELDOM = 20;

  private static final int MANY_REPEATS = 50;

  /** More different whole numbers than this are a quantity, not codes. */
  private static final int MOST_CODES = 12;

  /** Below so many rows for each value, values that repeat are as likely names as categories. */
  private static final int LEAST_REPEATS = 3;

  private static final int MOST_SAMPLED = 1 << 14;
  private static final int BINS = 8;
  private static final int LEAST_EDGES = 3;

  /** How far an edge may be moved to be rounder, of the way to the nearest other. */
  private static final double REACH = 0.45;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]{1,17})?([eE][+-]?[0-9]{1,2})?");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]+");

  /** In lower case. */
  private static final Set<String> NOT_KNOWN =
      Set.of(
          "?",
          "-",
          "--",
          ".",
          "na",
          "n/a",
          "n.a.",
          "#n/a",
          "<na>",
          "nan",
          "null",
          "unknown",
          "k.a.",
          "k. a.",
          "keine angabe",
          "unbekannt",
          "不详",
          "未知",
          "不明",
          "缺失",
          "未填",
          "9999-12-31",
          "31.12.9999");

  /** More different words than this beside numbers or days are no codes for "not known". */
  private static final int MOST_WORDS = 3;

  /** Of the texts with digits in a column of numbers, how many for each that is no number. */
  private static final int LEAST_NUMBERS = 9;

  /** Longer texts are no codes. */
  private static final int MOST_CODE = 40;

  /** Below so many rows whole numbers may all differ by chance. */
  private static final int LEAST_NUMBERED = 50;

  /** After so many different values the rest is taken to differ too. */
  private static final int MOST_COMPARED = 1 << 16;

  /** Not eight digits, which may be any number. */
  private static final List<String> WRITTEN_DAYS =
      Domain.Dates.FORMATS.stream().filter(f -> !f.equals("yyyyMMdd")).toList();

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]{1,15},[0-9]{1,17}");

  private static final Pattern THOUSANDS = Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+");

  /** A number with marks between its thousands. */
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?[0-9]{1,3}([.,' \u00a0\u202f][0-9]{3})+([.,][0-9]+)?");

  /** What stands for "not known" where it is far from all other numbers. */
  private static final Pattern NINES = Pattern.compile("9{2,9}(\\.0+)?");

  /** Widths of the other numbers between them and nines that are none of them. */
  private static final BigDecimal FAR = new BigDecimal(3);

  /** One nine among more rows than this is a mistake, and no code. */
  private static final int MOST_ROWS_A_CODE = 1000;

  /** How the last word of an identifier's name ends, in lower case. */
  private static final Pattern NAMED_IDENTIFIER =
      Pattern.compile(
          ".*(^|[^a-z])(id|ids|nr|no|uuid|guid|ssn|iban|mrn|zip|plz|phone|email)"
              + "|.*(nummer|kennung|kennzeichen|postcode|postleitzahl|telefon)"
              + "|.*(^|[^a-z])(key|number|code)"
              + "|.*(编号|号码|证号|学号|工号|病历号|电话|手机|邮编)");

  private static final Pattern TIME =
      Pattern.compile("[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}[T ][0-9]{1,2}:[0-9]{2}.*");

  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern SPACE = Pattern.compile("\\s");

  /** What stands for "not known" in columns that have no other number below 0. */
  private static final Set<String> CODES = Set.of("-9", "-99", "-999", "-9999");

  private final boolean named;
  private final boolean comma;
  private final Map<String, Integer> values = new TreeMap<>();
  private final SortedSet<String> notKnown = new TreeSet<>();
  private final SortedSet<String> codes = new TreeSet<>();
  private boolean tooMany;
  private long known;

  /** Texts without a digit, among numbers or days, as long as they are few. */
  private final SortedSet<String> words = new TreeSet<>();

  private long wordy;
  private long numbers;
  private boolean codelike = true;
  private boolean whole = true;

  /** Nines, which may be codes: how many rows have each, and how they are written. */
  private final NavigableMap<BigDecimal, Integer> nines = new TreeMap<>();

  private final Map<String, BigDecimal> ninesWritten = new TreeMap<>();

  /** Of the numbers that are no nines. */
  private long others;

  private BigDecimal least = BigDecimal.ZERO;
  private BigDecimal most = BigDecimal.ZERO;

  /** Values of the file at hand, as long as each of them is there but once. */
  private final Set<String> different = new HashSet<>();

  private boolean repeated;
  private boolean anyEmpty;
  private boolean times = true;
  private boolean grouped;
  private boolean anyComma;
  private boolean commas = true;
  private boolean thousands = true;

  /** The ways of writing days in which all values so far are days. */
  private final List<Days> days = new ArrayList<>(WRITTEN_DAYS.stream().map(Days::new).toList());

  /** Days, all of them written in one way. */
  private static final class Days {
    private final String format;
    private final DateTimeFormatter reader;
    private LocalDate first = LocalDate.MAX;
    private LocalDate last = LocalDate.MIN;

    Days(String format) {
      this.format = format;
      this.reader = Domain.Dates.reader(format);
    }

    boolean add(String value) {
      try {
        LocalDate day = LocalDate.parse(value, reader);
        first = day.isBefore(first) ? day : first;
        last = day.isAfter(last) ? day : last;
        return true;
      } catch (DateTimeException e) {
        return false;
      }
    }
  }

  /** Every {@code stride}-th number. */
  private double[] sample = new double[64];

  private int sampled;
  private long stride = 1;

  /** What a column is proposed to be. */
  enum Kind {
    EMPTY,
    CATEGORIES,
    NUMBERS,
    DAYS,
    IDENTIFIER,
    OTHER
  }

  /**
   * @param name the column's, which may tell an identifier
   * @param comma whether numbers have a comma before their fraction, and no point
   */
  ColumnSummary(String name, boolean comma) {
    String apart = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    this.named = NAMED_IDENTIFIER.matcher(apart).matches();
    this.comma = comma;
  }

  /** What follows is another organisation's; both may number their rows from 1. */
  void nextFile() {
    different.clear();
  }

  void add(String field) {
    String value = field.strip();
    if (NOT_KNOWN.contains(value.toLowerCase(Locale.ROOT))) {
      notKnown.add(value);
      return;
    }
    if (CODES.contains(value)) {
      codes.add(value);
      return;
    }
    if (value.isEmpty()) {
      anyEmpty = true;
      return;
    }
    addToValues(value);
    codelike &= value.length() <= MOST_CODE && !SPACE.matcher(value).find();
    known++;
    if (!DIGIT.matcher(value).find()) {
      wordy++;
      if (words.size() <= MOST_WORDS) {
        words.add(value);
      }
      return;
    }
    String number = comma ? withPoint(value) : value;
    if (isNumber(number)) {
      addNumber(number, value);
    } else {
      grouped |= GROUPED.matcher(value).matches();
    }
    times = times && TIME.matcher(value).matches();
    anyComma |= comma(value);
    commas = commas && (comma(value) || WHOLE_NUMBER.matcher(value).matches());
    thousands &= !comma(value) || THOUSANDS.matcher(value).matches();
    days.removeIf(each -> !each.add(value));
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private static boolean comma(String value) {
    return DECIMAL_COMMA.matcher(value).matches() || THOUSANDS.matcher(value).matches();
  }

  /** Nothing where there is a point, which may part thousands. */
  private static String withPoint(String value) {
    return value.indexOf('.') >= 0 ? "" : value.replace(',', '.');
  }

  private void addToValues(String value) {
    if (!tooMany) {
      values.merge(value, 1, Integer::sum);
      tooMany = values.size() > MOST_VALUES;
    }
    if (!repeated && different.size() < MOST_COMPARED) {
      repeated = !different.add(value);
    }
  }

  private void addNumber(String text, String written) {
    BigDecimal number = new BigDecimal(text);
    whole = whole && WHOLE_NUMBER.matcher(text).matches();
    if (NINES.matcher(text).matches()) {
      BigDecimal nine = number.setScale(0, RoundingMode.UNNECESSARY);
      nines.merge(nine, 1, Integer::sum);
      ninesWritten.put(written, nine);
    } else {
      least = others == 0 ? number : least.min(number);
      most = others == 0 ? number : most.max(number);
      others++;
    }
    if (numbers % stride == 0) {
      if (sampled == sample.length) {
        sample = Arrays.copyOf(sample, 2 * sampled);
      }
      sample[sampled++] = number.doubleValue();
      if (sampled == MOST_SAMPLED) {
        thin();
      }
    }
    numbers++;
  }

  /** Nines too far from all other numbers to be one of them, and too frequent for a mistake. */
  private Set<BigDecimal> notKnownNines() {
    Set<BigDecimal> found = new HashSet<>();
    BigDecimal width = most.subtract(least);
    if (width.signum() == 0) {
      return found;
    }
    BigDecimal top = most;
    for (Map.Entry<BigDecimal, Integer> nine : nines.entrySet()) {
      boolean far = nine.getKey().subtract(top).compareTo(FAR.multiply(width)) > 0;
      if (far && nine.getValue() > 1 && nine.getValue() >= known / MOST_ROWS_A_CODE) {
        found.add(nine.getKey());
      } else {
        top = top.max(nine.getKey());
      }
    }
    return found;
  }

  private List<String> codesOfNines() {
    Set<BigDecimal> found = notKnownNines();
    return ninesWritten.keySet().stream()
        .filter(text -> found.contains(ninesWritten.get(text)))
        .toList();
  }

  /** The least and the greatest number that is no code. */
  private Range ends() {
    Set<BigDecimal> codes = notKnownNines();
    BigDecimal low = others == 0 ? nines.firstKey() : least;
    BigDecimal high = others == 0 ? nines.firstKey() : most;
    for (BigDecimal nine : nines.keySet()) {
      if (!codes.contains(nine)) {
        low = low.min(nine);
        high = high.max(nine);
      }
    }
    return new Range(low, high);
  }

  private void thin() {
    for (int i = 0; i < sampled / 2; i++) {
      sample[i] = sample[2 * i];
    }
    sampled /= 2;
    stride *= 2;
  }

  Kind kind() {
    if (known == 0) {
      return Kind.EMPTY;
    }
    if (isMostly(known - wordy) && !days.isEmpty()) {
      return Kind.DAYS;
    }
    int repeats = values.size() > MOST_SELDOM ? MANY_REPEATS : LEAST_REPEATS;
    boolean few = !tooMany && known >= (long) repeats * values.size();
    if (few && !isQuantity()) {
      return Kind.CATEGORIES;
    }
    boolean unlike = !repeated && known >= LEAST_NUMBERED;
    if (isNumeric()) {
      return whole && (unlike || named) ? Kind.IDENTIFIER : Kind.NUMBERS;
    }
    boolean numbersInside = hasCommas() || hasGroups();
    return codelike && !numbersInside && (unlike || named) ? Kind.IDENTIFIER : Kind.OTHER;
  }

  /** Whether some rows are most of the known ones, and beside them there are but few words. */
  private boolean isMostly(long rows) {
    return rows > 0 && words.size() <= MOST_WORDS && 2 * wordy <= known;
  }

  /** Whether all numbers have commas or are whole, which this reading does not take. */
  private boolean hasCommas() {
    return commas && anyComma && isMostly(known - wordy);
  }

  private boolean hasGroups() {
    return grouped && isMostly(numbers);
  }

  /** Numbers, with few words for "not known" and few faults among them. */
  private boolean isNumeric() {
    return isMostly(numbers) && !grouped && numbers >= LEAST_NUMBERS * strangers();
  }

  /** More different ones than codes have, or none that are whole. */
  private boolean isQuantity() {
    return isNumeric()
        && !named
        && (!whole
            || values.keySet().stream().filter(v -> isNumber(comma ? withPoint(v) : v)).count()
                > MOST_CODES);
  }

  /** Of a column of numbers: texts with digits that are no numbers, and count as faults. */
  long strangers() {
    return known - wordy - numbers;
  }

  /** Whether it has one value in all rows, so that not even whether it is known tells something. */
  boolean isConstant() {
    if (anyEmpty || !notKnown().isEmpty()) {
      return false;
    }
    return switch (kind()) {
      case CATEGORIES -> categories().size() == 1;
      case NUMBERS -> ends().low().compareTo(ends().high()) == 0;
      case DAYS, EMPTY, IDENTIFIER, OTHER -> false;
    };
  }

  /** Whether the same value stands in several rows of a file. */
  boolean isRepeated() {
    return repeated;
  }

  /** Why a proposal leaves the column out; empty where it does not. */
  String whyNotRead() {
    return switch (kind()) {
      case EMPTY -> "has no value in any row";
      case IDENTIFIER ->
          !repeated
              ? "holds %s that never repeat, like an identifier"
                  .formatted(isNumeric() ? "whole numbers" : "single words")
              : "is named like an identifier, and holds too many values for a list";
      case OTHER -> whyOther();
      case CATEGORIES, NUMBERS, DAYS -> "";
    };
  }

  private String whyOther() {
    if (hasCommas()) {
      return thousands
          ? "holds numbers with commas between thousands: export them without"
          : "holds numbers with a comma before their fraction: give --decimal-comma";
    }
    if (hasGroups()) {
      return "holds numbers with marks between thousands: export them without";
    }
    if (times && wordy < known) {
      return "holds days with the time of day: export days, in the time zone that they are meant in";
    }
    return codelike
        ? "holds single words, %s different ones: list them as althing.categories if models shall read them"
            .formatted(tooMany ? "more than " + MOST_VALUES : values.size())
        : "is neither numbers, days nor a short list of values: declare free text by --text";
  }

  /** Of categories: numbers by their size, other texts by their letters. */
  List<String> categories() {
    List<String> sorted = new ArrayList<>(values.keySet());
    sorted.removeAll(codesOfNines());
    if (hasNegatives()) {
      sorted.addAll(codes);
    }
    if (numbers == known) {
      sorted.sort(Comparator.comparing(BigDecimal::new));
    }
    return sorted;
  }

  /** Of categories: the rows with this value. */
  int rowsWith(String value) {
    return values.getOrDefault(value, 0);
  }

  SortedSet<String> notKnown() {
    SortedSet<String> all = new TreeSet<>(notKnown);
    if (!hasNegatives()) {
      all.addAll(codes);
    }
    if (kind() == Kind.NUMBERS || kind() == Kind.DAYS) {
      all.addAll(words);
    }
    if (kind() == Kind.NUMBERS || kind() == Kind.CATEGORIES) {
      all.addAll(codesOfNines());
    }
    return all;
  }

  private boolean hasNegatives() {
    return numbers > 0 && least.signum() < 0;
  }

  boolean isWhole() {
    return whole;
  }

  /**
   * Of numbers: the range rounded outwards, to one digit of its width, but not across 0; its ends
   * differ.
   */
  Range range() {
    Range ends = ends();
    BigDecimal least = ends.low();
    BigDecimal most = ends.high();
    BigDecimal first =
        hasNegatives() ? codes.stream().map(BigDecimal::new).reduce(least, BigDecimal::min) : least;
    BigDecimal step = step(most.subtract(first));
    BigDecimal low = first.divide(step, 0, RoundingMode.FLOOR).multiply(step);
    BigDecimal high = most.divide(step, 0, RoundingMode.CEILING).multiply(step);
    return new Range(low, high.compareTo(low) == 0 ? high.add(step) : high);
  }

  /** The ends of a range. */
  record Range(BigDecimal low, BigDecimal high) {}

  /** The power of ten below the width: what is left of an end is one digit. */
  private BigDecimal step(BigDecimal width) {
    if (width.signum() == 0) {
      return BigDecimal.ONE;
    }
    int power = width.precision() - width.scale() - 1;
    return BigDecimal.ONE.scaleByPowerOfTen(whole ? Math.max(0, power) : power);
  }

  /**
   * Of numbers: the inner edges of up to 8 bins, near octiles, as round as lies less than half the
   * way to the next; where few values are common, octiles of the different values.
   */
  List<BigDecimal> edges() {
    Range ends = ends();
    if (ends.low().compareTo(ends.high()) == 0) {
      return List.of();
    }
    double most = ends.high().doubleValue();
    double[] within = Arrays.stream(sample, 0, sampled).filter(n -> n <= most).toArray();
    List<BigDecimal> edges = rounded(quantiles(Arrays.stream(within)));
    return edges.size() >= LEAST_EDGES
        ? edges
        : rounded(quantiles(Arrays.stream(within).distinct()));
  }

  private static double[] quantiles(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    double[] cuts = new double[BINS - 1];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = sorted[(int) ((long) (i + 1) * (sorted.length - 1) / BINS)];
    }
    return Arrays.stream(cuts).distinct().toArray();
  }

  private List<BigDecimal> rounded(double[] cuts) {
    Range range = range();
    List<BigDecimal> edges = new ArrayList<>();
    for (int i = 0; i < cuts.length; i++) {
      double before = i == 0 ? range.low().doubleValue() : cuts[i - 1];
      double after = i == cuts.length - 1 ? range.high().doubleValue() : cuts[i + 1];
      double gap = Math.min(cuts[i] - before, after - cuts[i]);
      if (gap > 0) {
        BigDecimal edge = roundest(cuts[i], REACH * gap);
        boolean ascends = edges.isEmpty() || edges.get(edges.size() - 1).compareTo(edge) < 0;
        if (ascends && range.low().compareTo(edge) < 0 && edge.compareTo(range.high()) < 0) {
          edges.add(edge);
        }
      }
    }
    return edges;
  }

  /** The multiple of the largest 1, 2 or 5 times a power of ten within {@code reach} of a value. */
  private BigDecimal roundest(double value, double reach) {
    int power = (int) Math.ceil(Math.log10(Math.max(Math.abs(value), reach))) + 1;
    int lowest = whole ? 0 : (int) Math.floor(Math.log10(reach)) - 1;
    for (; power >= lowest; power--) {
      for (int digit : new int[] {5, 2, 1}) {
        BigDecimal step = new BigDecimal(digit).scaleByPowerOfTen(power);
        BigDecimal multiple =
            new BigDecimal(value).divide(step, 0, RoundingMode.HALF_EVEN).multiply(step);
        if (Math.abs(multiple.doubleValue() - value) <= reach) {
          return multiple;
        }
      }
    }
    return new BigDecimal(value);
  }

  /** Of days: from the first of January of the first year. */
  LocalDate firstDay() {
    return days.get(0).first.withDayOfYear(1);
  }

  /** Of days: to the last of December of the last year. */
  LocalDate lastDay() {
    return LocalDate.of(days.get(0).last.getYear(), 12, 31);
  }

  /** Of days: how they are written, in the first way of the contract's in which all can be read. */
  String dayFormat() {
    return days.get(0).format;
  }
}
