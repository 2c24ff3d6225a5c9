package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnSummaryTest {
  private static ColumnSummary of(Stream<String> values) {
    ColumnSummary column = new ColumnSummary("a", false);
    values.forEach(column::add);
    return column;
  }

  @Test
  void fewCodesAreCategoriesByTheirSizeAndMoreAreNumbers() {
    ColumnSummary codes = of(IntStream.range(0, 120).mapToObj(i -> "" + i % 12));
    assertThat(codes.kind()).isEqualTo(ColumnSummary.Kind.CATEGORIES);
    assertThat(codes.categories())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    ColumnSummary pixels = of(IntStream.range(0, 170).mapToObj(i -> "" + i % 17));
    assertThat(pixels.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    assertThat(pixels.isWhole()).isTrue();
  }

  @Test
  void whatOftenRepeatsIsACategoryAndWhatDoesNotIsNotProposedToLeave() {
    assertThat(of(IntStream.range(0, 60).mapToObj(i -> "ward " + i % 20)).kind())
        .isEqualTo(ColumnSummary.Kind.CATEGORIES);
    assertThat(of(IntStream.range(0, 40).mapToObj(i -> "person " + i % 20)).kind())
        .isEqualTo(ColumnSummary.Kind.OTHER);
    assertThat(of(IntStream.range(0, 840).mapToObj(i -> "street " + i % 42)).kind())
        .isEqualTo(ColumnSummary.Kind.OTHER);
    assertThat(of(IntStream.range(0, 2100).mapToObj(i -> "country " + i % 42)).kind())
        .isEqualTo(ColumnSummary.Kind.CATEGORIES);
    assertThat(of(Stream.of("?", "", "NA")).kind()).isEqualTo(ColumnSummary.Kind.EMPTY);
  }

  /** Rows that each organisation numbers from 1; a quantity repeats sooner or later. */
  @Test
  void wholeNumbersThatNeverRepeatWithinAFileAreIdentifiers() {
    ColumnSummary numbered = of(IntStream.range(0, 50).mapToObj(i -> "" + i));
    numbered.nextFile();
    IntStream.range(0, 50).forEach(i -> numbered.add("" + i));
    assertThat(numbered.kind()).isEqualTo(ColumnSummary.Kind.IDENTIFIER);
    numbered.add("7");
    assertThat(numbered.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
  }

  /** One -9 would else stretch a range of 90 to 180 down to -100, and count as a value. */
  @Test
  void aCodeBelowZeroBesideNoOtherNegativeNumberStandsForNotKnown() {
    ColumnSummary pressure =
        of(IntStream.range(0, 400).mapToObj(i -> i % 50 == 0 ? "-9" : 90 + i % 91 + ".5"));
    assertThat(pressure.notKnown()).containsExactly("-9");
    assertThat(pressure.range().low()).isEqualByComparingTo("90");
    ColumnSummary degrees = of(IntStream.range(0, 400).mapToObj(i -> "" + (i % 40 - 9)));
    assertThat(degrees.notKnown()).isEmpty();
    assertThat(degrees.range().low()).isEqualByComparingTo("-10");
  }

  /** As banks and clinics write it: some words or 9999 among what is otherwise a quantity. */
  @Test
  void fewWordsAndFarNinesAmongNumbersStandForNotKnown() {
    ColumnSummary income =
        of(IntStream.range(0, 900).mapToObj(i -> i % 9 == 0 ? "k.A." : 1000 + i + ".5"));
    assertThat(income.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    assertThat(income.notKnown()).containsExactly("k.A.");
    ColumnSummary pay =
        of(IntStream.range(0, 900).mapToObj(i -> i % 9 == 0 ? "verweigert" : "" + (1000 + i)));
    assertThat(pay.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    assertThat(pay.notKnown()).containsExactly("verweigert");
    ColumnSummary age =
        of(IntStream.range(0, 900).mapToObj(i -> i % 9 == 0 ? "9999" : "" + i % 70));
    assertThat(age.notKnown()).containsExactly("9999");
    assertThat(age.range().high()).isEqualByComparingTo("70");
    assertThat(age.edges()).allMatch(edge -> edge.intValue() < 70);
    ColumnSummary children =
        of(IntStream.range(0, 90).mapToObj(i -> i % 9 == 0 ? "99" : "" + i % 4));
    assertThat(children.categories()).containsExactly("0", "1", "2", "3");
    assertThat(children.notKnown()).containsExactly("99");
  }

  /** The largest value of a quantity, and one slip of the hand, are no codes. */
  @Test
  void ninesThatMayBeNumbersAreNumbers() {
    ColumnSummary percent = of(IntStream.range(0, 900).mapToObj(i -> "" + i % 100));
    assertThat(percent.notKnown()).isEmpty();
    assertThat(percent.range().high()).isEqualByComparingTo("100");
    ColumnSummary slip = of(IntStream.range(0, 900).mapToObj(i -> i == 5 ? "999" : "" + i % 70));
    assertThat(slip.notKnown()).isEmpty();
    assertThat(slip.range().high()).isEqualByComparingTo("1000");
  }

  @Test
  void wordsThatMeanNotKnownAreNoCategories() {
    ColumnSummary school =
        of(IntStream.range(0, 90).mapToObj(i -> List.of("小学", "未知", "高中").get(i % 3)));
    assertThat(school.categories()).containsExactly("小学", "高中");
    assertThat(school.notKnown()).containsExactly("未知");
    ColumnSummary stage =
        of(IntStream.range(0, 90).mapToObj(i -> List.of("1", "2", "3+").get(i % 3)));
    assertThat(stage.categories()).containsExactly("1", "2", "3+");
    ColumnSummary ended =
        of(
            IntStream.range(0, 90)
                .mapToObj(i -> i % 5 == 0 ? "9999-12-31" : "2024-01-%02d".formatted(1 + i % 28)));
    assertThat(ended.kind()).isEqualTo(ColumnSummary.Kind.DAYS);
    assertThat(ended.lastDay()).hasToString("2024-12-31");
  }

  /** As laboratories write what is below the limit of detection. */
  @Test
  void aFewTextsThatAreNoNumbersAreFaultsOfAColumnOfNumbers() {
    ColumnSummary crp =
        of(IntStream.range(0, 900).mapToObj(i -> i % 30 == 0 ? "<0.6" : 1 + i + ".5"));
    assertThat(crp.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    assertThat(crp.strangers()).isEqualTo(30);
    assertThat(crp.notKnown()).isEmpty();
    assertThat(of(IntStream.range(0, 90).mapToObj(i -> i % 3 == 0 ? "<0.6" : 1 + i + ".5")).kind())
        .isNotEqualTo(ColumnSummary.Kind.NUMBERS);
  }

  @Test
  void identifiersAreToldByTheirFormOrTheirName() {
    assertThat(of(IntStream.range(0, 90).mapToObj(i -> "V" + (1000 + i))).kind())
        .isEqualTo(ColumnSummary.Kind.IDENTIFIER);
    assertThat(of(IntStream.range(0, 90).mapToObj(i -> "a text, the " + i + "th")).whyNotRead())
        .contains("declare free text by --text");
    assertThat(of(IntStream.range(0, 900).mapToObj(i -> "F" + i % 200)).whyNotRead())
        .contains("more than 64 different ones: list them");
    assertThat(
            of(IntStream.range(0, 900)
                    .mapToObj(i -> "2024-01-%02d 10:%02d:00".formatted(1 + i % 28, i % 60)))
                .whyNotRead())
        .contains("days with the time of day");
    for (String name : List.of("Kunden_ID", "patientId", "Vertragsnummer", "病历编号", "zip code")) {
      ColumnSummary column = new ColumnSummary(name, false);
      IntStream.range(0, 900).forEach(i -> column.add("" + (7000 + i % 300)));
      assertThat(column.kind()).as(name).isEqualTo(ColumnSummary.Kind.IDENTIFIER);
      assertThat(column.isRepeated()).isTrue();
    }
    for (String name : List.of("valid", "keyhole", "number of visits", "编程分数")) {
      ColumnSummary column = new ColumnSummary(name, false);
      IntStream.range(0, 900).forEach(i -> column.add("" + (7000 + i % 300)));
      assertThat(column.kind()).as(name).isEqualTo(ColumnSummary.Kind.NUMBERS);
    }
  }

  @Test
  void commasAreToldApartWhereTheyCanBe() {
    assertThat(of(IntStream.range(0, 90).mapToObj(i -> i + "," + i % 10)).whyNotRead())
        .contains("give --decimal-comma");
    assertThat(of(IntStream.range(0, 900).mapToObj(i -> "%,d".formatted(37 * i))).whyNotRead())
        .contains("commas between thousands: export them without");
    ColumnSummary comma = new ColumnSummary("a", true);
    IntStream.range(0, 90).mapToObj(i -> i + "," + i % 10).forEach(comma::add);
    assertThat(comma.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    comma.add("1.234,5");
    assertThat(comma.kind()).isEqualTo(ColumnSummary.Kind.OTHER);
  }

  @Test
  void daysAreRecognisedInTheWaysThatAContractKnows() {
    ColumnSummary american = of(IntStream.range(1, 29).mapToObj(i -> "2/" + i + "/2024"));
    assertThat(american.kind()).isEqualTo(ColumnSummary.Kind.DAYS);
    assertThat(american.dayFormat()).isEqualTo("M/d/yyyy");
    assertThat(of(Stream.of("01.02.2024", "31.12.2024")).dayFormat()).isEqualTo("dd.MM.yyyy");
    assertThat(of(IntStream.range(1, 60).mapToObj(i -> "202401" + i)).kind())
        .isNotEqualTo(ColumnSummary.Kind.DAYS);
  }

  @Test
  void numbersWithExponentsAreNumbers() {
    ColumnSummary small = of(IntStream.range(1, 90).mapToObj(i -> i + "e-05"));
    assertThat(small.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    assertThat(small.isWhole()).isFalse();
    assertThat(small.range().high()).isEqualByComparingTo("0.0009");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void binsAscendWithinTheRangeAndHoldRowsWhateverTheNumbersAre(long seed) {
    Random random = new Random(seed);
    double scale = Math.pow(10, random.nextInt(9) - 4);
    double shift = random.nextBoolean() ? 0 : scale * (random.nextInt(200) - 100);
    double skew = 1 + random.nextInt(4);
    double[] numbers =
        random
            .doubles(40_000)
            .map(x -> shift + scale * Math.pow(x, skew))
            .map(x -> Math.round(x * 1e6) / 1e6)
            .toArray();
    ColumnSummary column = new ColumnSummary("a", false);
    for (double number : numbers) {
      column.add(BigDecimal.valueOf(number).toPlainString());
    }
    ColumnSummary.Range range = column.range();
    List<BigDecimal> edges = column.edges();
    assertThat(edges).hasSizeBetween(3, 7).isSorted().doesNotHaveDuplicates();
    assertThat(edges.get(0)).isGreaterThan(range.low());
    assertThat(edges.get(edges.size() - 1)).isLessThan(range.high());
    for (int i = 0; i <= edges.size(); i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : edges.get(i - 1).doubleValue();
      double to = i == edges.size() ? Double.POSITIVE_INFINITY : edges.get(i).doubleValue();
      long inside = Arrays.stream(numbers).filter(x -> from <= x && x < to).count();
      assertThat(inside).as("rows from %s to %s", from, to).isGreaterThan(400);
    }
  }

  @Test
  void whereMostAreTheSameBinsAreAmongTheOthers() {
    ColumnSummary gains =
        of(IntStream.range(0, 10_000).mapToObj(i -> i % 12 == 0 ? "" + (i / 12 * 37) : "0"));
    assertThat(gains.edges()).hasSizeGreaterThan(3);
  }

  @Test
  void oneNumberAloneHasARangeAndNoBins() {
    ColumnSummary constant = of(IntStream.range(0, 50).mapToObj(i -> "3.5"));
    assertThat(constant.kind()).isEqualTo(ColumnSummary.Kind.NUMBERS);
    assertThat(constant.range().low()).isLessThan(constant.range().high());
    assertThat(constant.edges()).isEmpty();
    assertThat(constant.isConstant()).isTrue();
    assertThat(of(IntStream.range(0, 50).mapToObj(i -> "ward")).isConstant()).isTrue();
    // Whether it is known may tell something.
    assertThat(of(IntStream.range(0, 50).mapToObj(i -> i % 2 == 0 ? "NA" : "x")).isConstant())
        .isFalse();
    assertThat(of(IntStream.range(0, 50).mapToObj(i -> i % 2 == 0 ? "" : "x")).isConstant())
        .isFalse();
  }
}
