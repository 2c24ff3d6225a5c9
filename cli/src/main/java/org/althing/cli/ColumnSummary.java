package org.althing.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

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

  private final Map<String, Integer> values = new TreeMap<>();
  private final SortedSet<String> notKnown = new TreeSet<>();
  private boolean tooMany;
  private long known;

  private boolean numbers = true;
  private boolean whole = true;
  private BigDecimal least = BigDecimal.ZERO;
  private BigDecimal most = BigDecimal.ZERO;

  private boolean days = true;
  private LocalDate first = LocalDate.MAX;
  private LocalDate last = LocalDate.MIN;

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
    OTHER
  }

  void add(String field) {
    String value = field.strip();
    if (NOT_KNOWN.contains(value)) {
      notKnown.add(value);
      return;
    }
    if (value.isEmpty()) {
      return;
    }
    addToValues(value);
    if (numbers && NUMBER.matcher(value).matches()) {
      addNumber(value);
    } else {
      numbers = false;
    }
    addDay(value);
    known++;
  }

  private void addToValues(String value) {
    if (!tooMany) {
      values.merge(value, 1, Integer::sum);
      tooMany = values.size() > MOST_VALUES;
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

  private void addDay(String value) {
    Optional<LocalDate> day = days ? day(value) : Optional.empty();
    days = day.isPresent();
    day.ifPresent(
        d -> {
          first = d.isBefore(first) ? d : first;
          last = d.isAfter(last) ? d : last;
        });
  }

  private static Optional<LocalDate> day(String value) {
    try {
      return value.length() == 10 ? Optional.of(LocalDate.parse(value)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Kind kind() {
    if (known == 0) {
      return Kind.EMPTY;
    }
    if (days) {
      return Kind.DAYS;
    }
    int repeats = values.size() > MOST_SELDOM ? MANY_REPEATS : LEAST_REPEATS;
    boolean few = !tooMany && known >= (long) repeats * values.size();
    boolean codes = whole && values.size() <= MOST_CODES;
    if (few && (!numbers || codes)) {
      return Kind.CATEGORIES;
    }
    return numbers ? Kind.NUMBERS : Kind.OTHER;
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
    return notKnown;
  }

  boolean isWhole() {
    return whole;
  }

  /**
   * Of numbers: the range rounded outwards, to one digit of its width, but not across 0; its ends
   * differ.
   */
  Range range() {
    BigDecimal step = step(most.subtract(least));
    BigDecimal low = least.divide(step, 0, RoundingMode.FLOOR).multiply(step);
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
    return first.withDayOfYear(1);
  }

  /** Of days: to the last of December of the last year. */
  LocalDate lastDay() {
    return LocalDate.of(last.getYear(), 12, 31);
  }
}
