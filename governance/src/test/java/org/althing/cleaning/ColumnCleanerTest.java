package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

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
}
