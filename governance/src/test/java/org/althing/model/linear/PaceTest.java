package org.althing.model.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.althing.model.features.FeatureSpace;
import org.althing.privacy.Rho;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("text", new Domain.Words(Language.ENGLISH, List.of()))));
  private static final FeatureSpace CELLS = new FeatureSpace(SCHEMA, List.of("sex"));

  /** 4 coordinates of norm √2, so S is N·√(2ρ) / √8: with ρ = 1/2 the records over √8. */
  private static Pace pace(List<String> columns, double s) {
    long records = Math.round(s * Math.sqrt(8));
    return Pace.of(
        new FeatureSpace(SCHEMA, columns), Rho.roundedDown(0.5), OptionalLong.of(records));
  }

  @Test
  void goesByHowFarTheRecordsStandAboveTheNoise() {
    assertThat(CELLS.size()).isEqualTo(4);
    assertThat(pace(List.of("sex"), 0.8)).isEqualTo(new Pace(3, 0.5, Start.ZERO));
    assertThat(pace(List.of("sex"), 2.5)).isEqualTo(new Pace(6, 0.6, Start.ZERO));
    assertThat(pace(List.of("sex"), 15)).isEqualTo(new Pace(10, 0.6, Start.ZERO));
    assertThat(pace(List.of("sex"), 17)).isEqualTo(new Pace(10, 0.6, Start.TABLES));
    assertThat(pace(List.of("sex"), 301)).isEqualTo(new Pace(10, 1, Start.TABLES));
  }

  @Test
  void startsAtZeroOverNumbersAndTakesSixRoundsOverTexts() {
    assertThat(pace(List.of("sex", "bp"), 1000)).isEqualTo(new Pace(10, 1, Start.ZERO));
    assertThat(pace(List.of("text"), 100_000)).isEqualTo(new Pace(6, 1, Start.ZERO));
  }

  @Test
  void takesWhatSuitsMostWhereNobodyDeclaredThePeople() {
    assertThat(Pace.of(CELLS, Rho.roundedDown(0.5), OptionalLong.empty()))
        .isEqualTo(new Pace(10, 0.6, Start.ZERO));
  }

  @Test
  void aStudyMayNameItsRoundsAndAHingeIsNeitherCutNorStartedFromTables() {
    Pace pace = new Pace(10, 0.6, Start.TABLES);
    assertThat(pace.withRounds(4)).isEqualTo(new Pace(4, 0.6, Start.TABLES));
    assertThat(pace.withRounds(1)).isEqualTo(new Pace(1, 0.6, Start.ZERO));
    Objective hinge = Objective.svm(0.1, ClassWeights.EQUAL);
    assertThat(pace.of(hinge)).isEqualTo(hinge);
    assertThat(pace.startOf(hinge)).isEqualTo(Start.ZERO);
    assertThat(pace.of(Objective.LOGISTIC).mostSlope()).isEqualTo(0.6);
    assertThat(pace.startOf(Objective.LOGISTIC)).isEqualTo(Start.TABLES);
  }
}
