package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.contract.Repair;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Script;
import org.althing.table.TextPattern;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnCleanerTest {
  private static final Domain.Numbers WHOLE = new Domain.Numbers(0, 120, true, List.of(40.0, 60.0));
  private static final List<String> PIECES =
      List.of(
          "0",
          "1",
          "-9",
          "60",
          "60.0",
          "61.5",
          "1e2",
          ",",
          "1e999",
          "9",
          ".",
          "-",
          "NaN",
          "?",
          " ",
          "f",
          "m",
          "male",
          "2020-01-02",
          "chest pain",
          "北京",
          "\u00a0",
          "9999999999999999999",
          "é",
          "a text that is much longer than what is remembered, which is sixty-four bytes");

  private static ContractColumn column(Domain domain) {
    return new ContractColumn(
        new Column("c", domain),
        "",
        false,
        ContractColumn.Use.FEDERATED,
        List.of("?", "-9"),
        Optional.empty());
  }

  private static ColumnCleaner same(ContractColumn column) {
    return new ColumnCleaner(column, BoundColumn.same("c"));
  }

  @Test
  void aTextOfAFormIsValidOrTooLongOrOfAnotherForm() {
    ColumnCleaner cleaner =
        same(column(new Domain.Formed(2, 3, Optional.of(TextPattern.of("^[0-9北]+$")))));
    assertThat(cleaner.readField(" 12 ")).isEqualTo(Verdict.OK);
    assertThat(cleaner.cell()).isEqualTo(-1);
    assertThat(cleaner.number()).isZero();
    assertThat(cleaner.readField("1北2")).isEqualTo(Verdict.OK);
    assertThat(cleaner.readField("1a")).isEqualTo(Verdict.UNPARSABLE);
    assertThat(cleaner.readField("1")).isEqualTo(Verdict.OUT_OF_RANGE);
    assertThat(cleaner.readField("1234")).isEqualTo(Verdict.OUT_OF_RANGE);
    assertThat(cleaner.readField("\ud83d\ude00\ud83d\ude00\ud83d\ude00"))
        .as("three characters")
        .isEqualTo(Verdict.UNPARSABLE);
    assertThat(cleaner.readField("-9")).as("a code").isEqualTo(Verdict.SENTINEL);
    assertThat(cleaner.readField("")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void ofAFreeTextTheScriptAndTheNumberOfWordsAreKeptBesideItsWords() {
    ColumnCleaner cleaner = same(column(new Domain.Words(Language.CHINESE, List.of())));
    assertThat(cleaner.readField("血压偏高")).isEqualTo(Verdict.OK);
    assertThat(cleaner.cell()).isEqualTo(Script.HAN.place());
    assertThat(cleaner.number()).isEqualTo(4);
    assertThat(cleaner.readField("high blood pressure")).isEqualTo(Verdict.OK);
    assertThat(cleaner.cell()).isEqualTo(Script.LATIN.place());
    assertThat(cleaner.readField("140")).isEqualTo(Verdict.OK);
    assertThat(cleaner.cell()).isEqualTo(-1);
  }

  static Stream<Supplier<ColumnCleaner>> columns() {
    BoundColumn converted =
        new BoundColumn("c", Optional.of("c"), List.of("0"), Map.of(), 38.67, -1);
    BoundColumn coded =
        new BoundColumn("c", Optional.of("c"), List.of(), Map.of("1", "m", "60", "f"), 1, 0);
    Domain.Numbers plain = new Domain.Numbers(-5, 700, false, List.of());
    Domain.Categories sexes = new Domain.Categories(List.of("f", "m"));
    Repair repair = Repair.NONE.clipping().filling("30", true);
    return Stream.of(
        () -> same(column(WHOLE)),
        () -> new ColumnCleaner(column(plain), converted),
        () -> new ColumnCleaner(column(plain), converted.written(Optional.empty(), true)),
        () -> same(column(WHOLE).with(WHOLE, repair)),
        () -> same(column(sexes)),
        () -> new ColumnCleaner(column(sexes), coded),
        () -> same(column(new Domain.Categories(List.of("60", "北京", "0")))),
        () -> same(column(new Domain.Words(Language.ENGLISH, List.of()))),
        () ->
            same(
                column(
                    new Domain.Dates(
                        new Domain.Numbers(0, 30_000, true, List.of(18_000.0)), "yyyy-MM-dd"))),
        () -> same(column(new Domain.Formed(1, 9, Optional.of(TextPattern.of("^[^1]"))))),
        () -> same(column(new Domain.Text())));
  }

  /** One that has read other fields before, beside one that reads each text for the first time. */
  @ParameterizedTest
  @MethodSource("columns")
  void aFieldMeansWhatItsTextDoesWhateverCameBefore(Supplier<ColumnCleaner> column) {
    Random random = new Random(9);
    ColumnCleaner fields = column.get();
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(3); pieces >= 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      TextRows rows = TextRows.of(List.<String[]>of(new String[] {text.toString()}));
      rows.trim();
      ColumnCleaner texts = column.get();
      assertThat(fields.read(rows, 0, 0))
          .as(text.toString())
          .isEqualTo(texts.readField(text.toString()));
      assertThat(fields.cell()).isEqualTo(texts.cell());
      assertThat(fields.number()).isEqualTo(texts.number());
      assertThat(fields.words()).isEqualTo(texts.words());
    }
  }

  /** A point may part thousands: 1.234 is no number here, and never 1.234 of something. */
  @Test
  void aDeclaredDecimalCommaIsReadAndNoPointBesideIt() {
    BoundColumn comma =
        new BoundColumn("c", Optional.of("c"), List.of("0"), Map.of(), 2, 0)
            .written(Optional.empty(), true);
    ColumnCleaner cleaner =
        new ColumnCleaner(column(new Domain.Numbers(-500, 700, false, List.of())), comma);
    assertThat(field(cleaner, "133,25")).isEqualTo(Verdict.OK);
    assertThat(cleaner.number()).isEqualTo(266.5);
    assertThat(field(cleaner, " -12 ")).isEqualTo(Verdict.OK);
    assertThat(cleaner.number()).isEqualTo(-24);
    assertThat(field(cleaner, "-9,0")).isEqualTo(Verdict.SENTINEL);
    assertThat(field(cleaner, "0,0")).isEqualTo(Verdict.SENTINEL);
    assertThat(field(cleaner, "1.234")).isEqualTo(Verdict.UNPARSABLE);
    assertThat(field(cleaner, "1.234,5")).isEqualTo(Verdict.UNPARSABLE);
    assertThat(field(cleaner, "1,2,3")).isEqualTo(Verdict.UNPARSABLE);
  }

  @Test
  void daysAreReadAsTheBindingSaysTheyAreWritten() {
    Domain.Dates days =
        new Domain.Dates(new Domain.Numbers(0, 30_000, true, List.of()), "yyyy-MM-dd");
    ColumnCleaner cleaner =
        new ColumnCleaner(
            column(days), BoundColumn.same("c").written(Optional.of("M/d/yyyy"), false));
    assertThat(field(cleaner, "1/2/2024")).isEqualTo(Verdict.OK);
    assertThat(cleaner.number()).isEqualTo(LocalDate.of(2024, 1, 2).toEpochDay());
    assertThat(field(cleaner, "12/31/2024")).isEqualTo(Verdict.OK);
    assertThat(field(cleaner, "2/30/2024")).isEqualTo(Verdict.UNPARSABLE);
    assertThat(field(cleaner, "2024-01-02")).isEqualTo(Verdict.UNPARSABLE);
  }

  private static Verdict field(ColumnCleaner cleaner, String text) {
    TextRows rows = TextRows.of(List.<String[]>of(new String[] {text}));
    rows.trim();
    return cleaner.read(rows, 0, 0);
  }
}
