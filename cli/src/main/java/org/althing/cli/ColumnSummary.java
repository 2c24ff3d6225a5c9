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
import java.util.Map;
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
  private static final List<String> NOT_KNOWN =
      List.of("?", "-", "NA", "N/A", "NaN", "nan", "NULL", "null");

  /** Below so many rows whole numbers may all differ by chance. */
  private static final int LEAST_NUMBERED = 50;

  /** After so many different values the rest is taken to differ too. */
  private static final int MOST_COMPARED = 1 << 16;

  /** Not eight digits, which may be any number. */
  private static final List<String> WRITTEN_DAYS =
      Domain.Dates.FORMATS.stream().filter(f -> !f.equals("yyyyMMdd")).toList();

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]{1,15},[0-9]{1,17}");

  private static final Pattern THOUSANDS = Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+");

  /** What stands for "not known" in columns that have no other number below 0. */
  private static final Set<String> CODES = Set.of("-9", "-99", "-999", "-9999");

  private final boolean comma;
  private final Map<String, Integer> values = new TreeMap<>();
  private final SortedSet<String> notKnown = new TreeSet<>();
  private final SortedSet<String> codes = new TreeSet<>();
  private boolean tooMany;
  private long known;

  private boolean numbers = true;
  private boolean whole = true;
  private BigDecimal least = BigDecimal.ZERO;
  private BigDecimal most = BigDecimal.ZERO;

  /** Values of the file at hand, as long as each of them is there but once. */
  private final Set<String> different = new HashSet<>();

  private boolean repeated;
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
   * @param comma whether numbers have a comma before their fraction, and no point
   */
  ColumnSummary(boolean comma) {
    this.comma = comma;
  }

  /** What follows is another organisation's; both may number their rows from 1. */
  void nextFile() {
    different.clear();
  }

  void add(String field) {
    String value = field.strip();
    if (NOT_KNOWN.contains(value)) {
      notKnown.add(value);
      return;
    }
    if (CODES.contains(value)) {
      codes.add(value);
      return;
    }
    if (value.isEmpty()) {
      return;
    }
    addToValues(value);
    String number = comma ? withPoint(value) : value;
    if (numbers && NUMBER.matcher(number).matches()) {
      addNumber(number);
    } else {
      numbers = false;
    }
    commas = commas && (comma(value) || WHOLE_NUMBER.matcher(value).matches());
    thousands &= !comma(value) || THOUSANDS.matcher(value).matches();
    days.removeIf(each -> !each.add(value));
    known++;
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

  private void addNumber(String value) {
    BigDecimal number = new BigDecimal(value);
    whole = whole && WHOLE_NUMBER.matcher(value).matches();
    least = known == 0 ? number : least.min(number);
    most = known == 0 ? number : most.max(number);
    if (known % stride == 0) {
      if (sampled == sample.length) {
        sample = Arrays.copyOf(sample, 2 * sampled);
      }
      sample[sampled++] = number.doubleValue();
      if (sampled == MOST_SAMPLED) {
        thin();
      }
    }
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
    if (!days.isEmpty()) {
      return Kind.DAYS;
    }
    int repeats = values.size() > MOST_SELDOM ? MANY_REPEATS : LEAST_REPEATS;
    boolean few = !tooMany && known >= (long) repeats * values.size();
    boolean codes = whole && values.size() <= MOST_CODES;
    if (few && (!numbers || codes)) {
      return Kind.CATEGORIES;
    }
    if (numbers && whole && !repeated && known >= LEAST_NUMBERED) {
      return Kind.IDENTIFIER;
    }
    return numbers ? Kind.NUMBERS : Kind.OTHER;
  }

  /** Why a proposal leaves the column out; empty where it does not. */
  String whyNotRead() {
    return switch (kind()) {
      case EMPTY -> "has no value in any row";
      case IDENTIFIER -> "holds whole numbers that never repeat, like an identifier";
      case OTHER ->
          !commas
              ? "is neither numbers, days nor a short list of values: declare free text by --text"
              : thousands
                  ? "holds numbers with commas between thousands: export them without"
                  : "holds numbers with a comma before their fraction: give --decimal-comma";
      case CATEGORIES, NUMBERS, DAYS -> "";
    };
  }

  /** Of categories: numbers by their size, other texts by their letters. */
  List<String> categories() {
    List<String> sorted = new ArrayList<>(values.keySet());
    if (numbers) {
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
    return all;
  }

  private boolean hasNegatives() {
    return numbers && known > 0 && least.signum() < 0;
  }

  boolean isWhole() {
    return whole;
  }

  /**
   * Of numbers: the range rounded outwards, to one digit of its width, but not across 0; its ends
   * differ.
   */
  Range range() {
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
    if (least.compareTo(most) == 0) {
      return List.of();
    }
    List<BigDecimal> edges = rounded(quantiles(Arrays.stream(sample, 0, sampled)));
    return edges.size() >= LEAST_EDGES
        ? edges
        : rounded(quantiles(Arrays.stream(sample, 0, sampled).distinct()));
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
