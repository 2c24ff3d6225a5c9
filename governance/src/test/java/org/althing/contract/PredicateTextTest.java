package org.althing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.althing.contract.ContractColumn.Use;
import org.althing.contract.RowPredicate.Compared;
import org.althing.contract.RowPredicate.ComparedColumns;
import org.althing.contract.RowPredicate.Comparison;
import org.althing.contract.RowPredicate.Connective;
import org.althing.contract.RowPredicate.DaysApart;
import org.althing.contract.RowPredicate.InScript;
import org.althing.contract.RowPredicate.IsNull;
import org.althing.contract.RowPredicate.Joined;
import org.althing.contract.RowPredicate.Not;
import org.althing.contract.RowPredicate.OneOf;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateTextTest {
  private static final List<String> VALUES = List.of("a", "it's", "-1", "\u4e2d \"x\"");
  private static final List<ContractColumn> COLUMNS =
      List.of(
          column("age", new Domain.Numbers(0, 120, true, List.of()), Use.FEDERATED),
          column("\u8840\u538b", new Domain.Numbers(-1, 300, false, List.of()), Use.FEDERATED),
          column("not", new Domain.Numbers(0, 1, false, List.of()), Use.FEDERATED),
          column("sex \"2\"", new Domain.Categories(VALUES), Use.FEDERATED),
          column("sex", new Domain.Categories(VALUES), Use.FEDERATED),
          column("id", new Domain.Text(), Use.LOCAL),
          column("note", new Domain.Words(Language.ENGLISH, List.of()), Use.FEDERATED),
          column("in", days(), Use.FEDERATED),
          column("out", days(), Use.FEDERATED));

  private static Domain days() {
    return new Domain.Dates(new Domain.Numbers(0, 30_000, true, List.of()), "yyyy-MM-dd");
  }

  private static ContractColumn column(String name, Domain domain, Use use) {
    return new ContractColumn(
        new Column(name, domain), "", false, use, List.of(), Optional.empty());
  }

  private static RowPredicate read(String text) {
    try {
      return PredicateText.condition(text, COLUMNS);
    } catch (PredicateText.Refused e) {
      throw new AssertionError(text, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "age<18 | age < 18",
        "( ( age <= 18.5 ) ) | age <= 18.5",
        "age != 3 and age <> 4 | age <> 3 AND age <> 4",
        "age between -1 and +2e1 | age >= -1 AND age <= 20",
        "age NOT BETWEEN 1 AND 2 | NOT (age >= 1 AND age <= 2)",
        "age in (1, 2) | age = 1 OR age = 2",
        "sex = 'a' | sex = 'a'",
        "sex <> 'it''s' | NOT (sex = 'it''s')",
        "sex IN ('a', -1, 'a') | sex IN ('a', '-1')",
        "sex NOT IN ('a') | NOT (sex = 'a')",
        "NOT NOT age > 1 | age > 1",
        "NOT sex IS NULL | sex IS NOT NULL",
        "out-\"in\"<=interval '030' day | out - \"in\" <= INTERVAL '30' DAY",
        "not out - out = INTERVAL '-3' DAY | NOT (out - out = INTERVAL '-3' DAY)",
        "note is latin and note is not null | note IS LATIN AND note IS NOT NULL",
        "NOT note IS HAN | note IS NOT HAN",
        "age > \u8840\u538b | age > \u8840\u538b",
        "\"not\" = 1 | \"not\" = 1",
        "\"sex \"\"2\"\"\" IS NULL | \"sex \"\"2\"\"\" IS NULL",
        "age > 1 and (age > 2 and age > 3) | age > 1 AND age > 2 AND age > 3",
        "age > 1 and (age > 2 or age > 3) | age > 1 AND (age > 2 OR age > 3)",
        "age > 1 or age > 2 and age > 3 | age > 1 OR age > 2 AND age > 3"
      })
  void readsWhatSqlMeansByIt(String text, String sql) {
    assertThat(read(text).sql()).isEqualTo(sql);
    assertThat(read(sql)).isEqualTo(read(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "age | character 4: expected a comparison, IS, IN or BETWEEN, got the end",
        "age < | character 6: expected a number, got the end",
        "agee < 1 | character 1: there is no column \"agee\"",
        "id = 'x' | column \"id\" never enters a sum",
        "1 < age | character 1: expected a column, got \"1\"",
        "age < 'x' | character 7: expected a number, got \"'x'\"",
        "age < sex | sex holds no numbers",
        "sex < 'a' | sex has a list of values, which have no order",
        "sex = 'b' | character 7: \"b\" is no declared value of sex",
        "sex IN () | character 10: expected ), got the end",
        "sex IN (a) | character 9: expected a value of sex, got \"a\"",
        "sex BETWEEN 1 AND 2 | sex holds no numbers",
        "age < 1e999 | character 7: expected a number that is not endless",
        "age + 1 < 2 | character 5 begins nothing that is known here",
        "age IS LATIN | character 8: expected NULL, got \"LATIN\"",
        "note IS OTHER | character 9: expected NULL, got \"OTHER\"",
        "age - age < 2 | age holds no days, and nothing else is subtracted",
        "age - 1 < 2 | character 7: expected a column, got \"1\"",
        "out - \"in\" < 30 | character 14: expected INTERVAL, got \"30\"",
        "out - \"in\" < INTERVAL 30 DAY | character 23: expected whole days such as '30', got \"30\"",
        "out - \"in\" < INTERVAL '1.5' DAY | expected whole days",
        "out - \"in\" < INTERVAL '4000000' DAY | expected whole days",
        "out - \"in\" < INTERVAL '30' MONTH | character 28: expected DAY, got \"MONTH\"",
        "out - \"in\" - out < INTERVAL '3' DAY | character 12: expected a comparison",
        "out - \"in\" < out | expected INTERVAL",
        "abs(age) < 2 | character 1: there is no column \"abs\"",
        "age < 1) | character 8: expected the end, got \")\"",
        "(age < 1 | character 9: expected ), got the end",
        "age < 1; DROP TABLE x | character 8: expected the end, got \";\"",
        "age NOT < 1 | character 9: expected IN or BETWEEN, got \"<\"",
        "sex = 'a | character 7 begins nothing that is known here",
        "not | character 4: expected a column, got the end",
        "null = 1 | character 1: expected a column, got \"null\""
      })
  void refusesWhatItWouldNotRunAndSaysWhere(String text, String why) {
    assertThatThrownBy(() -> PredicateText.condition(text, COLUMNS))
        .isInstanceOf(PredicateText.Refused.class)
        .hasMessageContaining(why);
  }

  @Test
  void boundsLengthAndDepth() {
    String deep = "(".repeat(21) + "age < 1" + ")".repeat(21);
    assertThatThrownBy(() -> PredicateText.condition(deep, COLUMNS))
        .hasMessageContaining("brackets within each other");
    assertThatThrownBy(() -> PredicateText.condition("not ".repeat(30) + "age < 1", COLUMNS))
        .hasMessageContaining("brackets within each other");
    assertThatThrownBy(() -> PredicateText.condition(" ".repeat(2001), COLUMNS))
        .hasMessageContaining("more than 2000 characters");
    String wide = "age < 1" + " or age < 1".repeat(150);
    assertThat(((Joined) read(wide)).of()).hasSize(151);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM {object} WHERE age < 1",
        "select count ( * ) from visits where age < 1 ;"
      })
  void readsACountOfRows(String query) throws PredicateText.Refused {
    assertThat(PredicateText.count(query, "visits", COLUMNS))
        .isEqualTo(new Compared("age", Comparison.LESS, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(age) FROM {object} WHERE age < 1",
        "SELECT COUNT(*) FROM others WHERE age < 1",
        "SELECT COUNT(*) FROM {object}",
        "SELECT COUNT(*) FROM {object} WHERE age < 1 GROUP BY sex",
        "SELECT COUNT(*) FROM {object} WHERE age < 1; SELECT 1",
        "SELECT COUNT(*), MAX(age) FROM {object} WHERE age < 1",
        "DELETE FROM {object} WHERE age < 1"
      })
  void refusesEveryOtherQuery(String query) {
    assertThatThrownBy(() -> PredicateText.count(query, "visits", COLUMNS))
        .isInstanceOf(PredicateText.Refused.class);
  }

  /** Any predicate that can be made is read back from its own text; 2,000 seeded ones. */
  @Test
  void readsBackWhatItWrites() {
    for (long seed = 1; seed <= 2000; seed++) {
      RowPredicate predicate = any(new Random(seed), 3);
      assertThat(read(predicate.sql())).as("seed %d", seed).isEqualTo(predicate);
    }
  }

  private static RowPredicate any(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 9);
    Comparison comparison = Comparison.values()[random.nextInt(6)];
    return switch (kind) {
      case 0 -> new IsNull(COLUMNS.get(random.nextInt(5)).column().name());
      case 1 ->
          new Compared(
              number(random),
              comparison,
              random.nextBoolean() ? random.nextInt(100) : random.nextGaussian() * 1e9);
      case 2 -> new ComparedColumns(number(random), comparison, number(random));
      case 3 ->
          new OneOf(
              random.nextBoolean() ? "sex" : "sex \"2\"",
              VALUES.subList(0, 1 + random.nextInt(VALUES.size())));
      case 4 -> new DaysApart("out", "in", comparison, random.nextInt(2000) - 1000);
      case 5 -> new InScript("note", random.nextBoolean() ? Script.HAN : Script.LATIN);
      case 6 -> not(any(random, depth - 1));
      case 7 -> joined(Connective.AND, random, depth);
      default -> joined(Connective.OR, random, depth);
    };
  }

  private static String number(Random random) {
    return COLUMNS.get(random.nextInt(3)).column().name();
  }

  private static RowPredicate not(RowPredicate of) {
    return of instanceof Not not ? not.of() : new Not(of);
  }

  /** Brackets within the same join leave no trace, so none are made. */
  private static RowPredicate joined(Connective by, Random random, int depth) {
    List<RowPredicate> several = new ArrayList<>();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      RowPredicate part = any(random, depth - 1);
      boolean same = part instanceof Joined joined && joined.by() == by;
      several.add(same ? new IsNull("age") : part);
    }
    return new Joined(by, several);
  }
}
