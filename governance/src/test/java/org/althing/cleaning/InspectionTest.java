package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.cleaning.Inspection.FaultyText;
import org.althing.cleaning.Inspection.InspectedColumn;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.ContractColumn.Use;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;

class InspectionTest {
  private static final Digest ANY = Digest.of("any".getBytes(StandardCharsets.UTF_8));

  private static ContractColumn column(String name, Domain domain) {
    return new ContractColumn(
        new Column(name, domain), "", false, Use.FEDERATED, List.of("?"), Optional.empty());
  }

  private static final Contract CONTRACT =
      new Contract(
          "c",
          "1",
          "c",
          "t",
          List.of(
              column("sex", new Domain.Categories(List.of("f", "m"))),
              column("age", new Domain.Numbers(0, 120, true, List.of())),
              column("note", new Domain.Numbers(0, 1, false, List.of()))),
          new PrivacyUnit("row", Optional.empty(), 1),
          List.of(),
          ANY);

  private static Inspection inspection() {
    return new Inspection(
        CONTRACT,
        new Binding(
            "c",
            "1",
            SourceFormat.COMMA_UTF8,
            List.of(
                new BoundColumn("sex", Optional.of("SEX"), List.of(), Map.of("1", "m"), 1, 0),
                BoundColumn.same("age"),
                new BoundColumn("note", Optional.empty(), List.of(), Map.of(), 1, 0)),
            ANY));
  }

  @Test
  void countsVerdictsAndNamesTheCommonestTextsWithoutAMeaning() {
    Inspection inspection = inspection();
    assertThat(inspection.localNames()).containsExactly("SEX", "age");
    inspection.see(
        TextRows.of(
            List.of(
                new String[][] {
                  {"1", "30"}, {" M ", "130"}, {"M", "x"}, {"?", ""}, {"2", "131"}, {"M", "130"}
                })));
    assertThat(inspection.rows()).isEqualTo(6);
    InspectedColumn sex = inspection.columns().get(0);
    assertThat(sex.counts())
        .isEqualTo(Map.of(Verdict.OK, 1L, Verdict.SENTINEL, 1L, Verdict.NOT_IN_SET, 4L));
    assertThat(sex.faulty())
        .containsExactly(
            new FaultyText(Verdict.NOT_IN_SET, "M", 3, 2),
            new FaultyText(Verdict.NOT_IN_SET, "2", 1, 5));
    InspectedColumn age = inspection.columns().get(1);
    assertThat(age.count(Verdict.MISSING)).isEqualTo(1);
    assertThat(age.faulty())
        .containsExactly(
            new FaultyText(Verdict.OUT_OF_RANGE, "130", 2, 2),
            new FaultyText(Verdict.UNPARSABLE, "x", 1, 3),
            new FaultyText(Verdict.OUT_OF_RANGE, "131", 1, 5));
    InspectedColumn absent = inspection.columns().get(2);
    assertThat(absent.counts()).isEqualTo(Map.of(Verdict.MISSING, 6L));
    assertThat(absent.faulty()).isEmpty();
  }

  @Test
  void remembersABoundedNumberOfTexts() {
    Inspection inspection = inspection();
    for (int i = 0; i < 3 * Inspection.MOST_TEXTS; i++) {
      inspection.see(
          TextRows.of(List.of(new String[] {"code " + i, "30"}, new String[] {"code 7", "30"})));
    }
    InspectedColumn sex = inspection.columns().get(0);
    assertThat(sex.faulty()).hasSize(Inspection.MOST_TEXTS);
    assertThat(sex.faulty().get(0).rows()).isEqualTo(3 * Inspection.MOST_TEXTS + 1);
    assertThat(sex.count(Verdict.NOT_IN_SET)).isEqualTo(6L * Inspection.MOST_TEXTS);
  }
}
