package org.althing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.althing.contract.RowPredicate.Compared;
import org.althing.contract.RowPredicate.ComparedColumns;
import org.althing.contract.RowPredicate.Comparison;
import org.althing.contract.RowPredicate.Connective;
import org.althing.contract.RowPredicate.DaysApart;
import org.althing.contract.RowPredicate.IsNull;
import org.althing.contract.RowPredicate.Joined;
import org.althing.contract.RowPredicate.Not;
import org.althing.contract.RowPredicate.OneOf;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowPredicateTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("x", new Domain.Numbers(0, 9, true, List.of())),
              new Column("y", new Domain.Numbers(0, 9, true, List.of())),
              new Column("c", new Domain.Categories(List.of("no", "yes")))));
  private static final Domain DAYS =
      new Domain.Dates(new Domain.Numbers(0, 30_000, true, List.of()), "yyyy-MM-dd");
  private static final Schema STAYS =
      new Schema(List.of(new Column("admitted", DAYS), new Column("discharged", DAYS)));

  /** One row of x, y, c; what is empty, out of range or undeclared is unknown. */
  private static Truth of(RowPredicate predicate, String x, String y, String c) {
    return predicate.on(SCHEMA).of(Batches.of(SCHEMA, 0, List.of(List.of(x, y, c))), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, FALSE, TRUE, FALSE",
    "NOT_EQUAL, TRUE, FALSE, TRUE",
    "LESS, TRUE, FALSE, FALSE",
    "LESS_OR_EQUAL, TRUE, TRUE, FALSE",
    "GREATER, FALSE, FALSE, TRUE",
    "GREATER_OR_EQUAL, FALSE, TRUE, TRUE"
  })
  void comparesNumbersWithAConstantAndWithEachOther(
      Comparison comparison, Truth less, Truth equal, Truth greater) {
    RowPredicate constant = new Compared("x", comparison, 5);
    assertThat(of(constant, "4", "", "")).isEqualTo(less);
    assertThat(of(constant, "5", "", "")).isEqualTo(equal);
    assertThat(of(constant, "6", "", "")).isEqualTo(greater);
    RowPredicate columns = new ComparedColumns("x", comparison, "y");
    assertThat(of(columns, "4", "5", "")).isEqualTo(less);
    assertThat(of(columns, "5", "5", "")).isEqualTo(equal);
    assertThat(of(columns, "6", "5", "")).isEqualTo(greater);
  }

  @ParameterizedTest
  @CsvSource({"''", "?", "10", "-1", "many"})
  void ofAValueThatIsNotValidOnlyItsAbsenceIsKnown(String bad) {
    assertThat(of(new Compared("x", Comparison.NOT_EQUAL, 5), bad, "1", "no"))
        .isEqualTo(Truth.UNKNOWN);
    assertThat(of(new ComparedColumns("x", Comparison.LESS, "y"), bad, "1", "no"))
        .isEqualTo(Truth.UNKNOWN);
    assertThat(of(new ComparedColumns("y", Comparison.LESS, "x"), bad, "1", "no"))
        .isEqualTo(Truth.UNKNOWN);
    assertThat(of(new OneOf("c", List.of("no")), "1", "1", bad)).isEqualTo(Truth.UNKNOWN);
    assertThat(of(new IsNull("x"), bad, "1", "no")).isEqualTo(Truth.TRUE);
    assertThat(of(new IsNull("x"), "1", "1", "no")).isEqualTo(Truth.FALSE);
    assertThat(of(new IsNull("c"), "1", "1", bad)).isEqualTo(Truth.TRUE);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-28, 2024-03-29, LESS_OR_EQUAL, TRUE",
    "2024-02-28, 2024-03-30, LESS_OR_EQUAL, FALSE",
    "2023-02-28, 2023-03-30, EQUAL, TRUE",
    "2023-02-28, 2023-01-01, LESS, TRUE",
    "2023-02-28, 2023-02-28, GREATER, FALSE",
    "'', 2023-02-28, NOT_EQUAL, UNKNOWN",
    "2023-02-28, 30.02.2023, LESS, UNKNOWN",
    "2023-02-28, 2099-01-01, LESS, UNKNOWN"
  })
  void countsTheDaysOfTheCalendarBetweenTwoDays(
      String admitted, String discharged, Comparison comparison, Truth truth) {
    RowPredicate stay = new DaysApart("discharged", "admitted", comparison, 30);
    assertThat(stay.on(STAYS).of(Batches.of(STAYS, 0, List.of(List.of(admitted, discharged))), 0))
        .isEqualTo(truth);
    assertThatThrownBy(() -> new DaysApart("x", "admitted", comparison, 3).on(SCHEMA))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsACategoryInAList() {
    assertThat(of(new OneOf("c", List.of("yes")), "", "", "yes")).isEqualTo(Truth.TRUE);
    assertThat(of(new OneOf("c", List.of("yes")), "", "", "no")).isEqualTo(Truth.FALSE);
    assertThat(of(new OneOf("c", List.of("no", "yes")), "", "", "no")).isEqualTo(Truth.TRUE);
  }

  /** The tables of ISO/IEC 9075-2, 6.39 (boolean value expression). */
  @ParameterizedTest
  @CsvSource({
    "TRUE, TRUE, TRUE, TRUE",
    "TRUE, FALSE, FALSE, TRUE",
    "TRUE, UNKNOWN, UNKNOWN, TRUE",
    "FALSE, FALSE, FALSE, FALSE",
    "FALSE, UNKNOWN, FALSE, UNKNOWN",
    "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN"
  })
  void joinsByTheThreeValuesOfSql(Truth left, Truth right, Truth and, Truth or) {
    List<RowPredicate> both = List.of(positive("x"), positive("y"));
    List<RowPredicate> swapped = List.of(positive("y"), positive("x"));
    for (List<RowPredicate> of : List.of(both, swapped)) {
      assertThat(of(new Joined(Connective.AND, of), text(left), text(right), "")).isEqualTo(and);
      assertThat(of(new Joined(Connective.OR, of), text(left), text(right), "")).isEqualTo(or);
    }
  }

  @ParameterizedTest
  @CsvSource({"TRUE, FALSE", "FALSE, TRUE", "UNKNOWN, UNKNOWN"})
  void deniesByTheThreeValuesOfSql(Truth of, Truth not) {
    assertThat(of(new Not(positive("x")), text(of), "", "")).isEqualTo(not);
  }

  private static RowPredicate positive(String column) {
    return new Compared(column, Comparison.GREATER, 0);
  }

  private static String text(Truth truth) {
    return switch (truth) {
      case TRUE -> "1";
      case FALSE -> "0";
      case UNKNOWN -> "";
    };
  }

  @Test
  void refusesColumnsItCannotCompare() {
    assertThatThrownBy(() -> new IsNull("z").on(SCHEMA)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> positive("c").on(SCHEMA)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OneOf("x", List.of("1")).on(SCHEMA))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
