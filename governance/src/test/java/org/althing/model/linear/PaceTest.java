package org.althing.model.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
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

  private static final Schema BINS =
      new Schema(
          List.of(
              new Column("bp", new Domain.Numbers(80, 180, false, List.of(120.0))),
              new Column("age", new Domain.Numbers(0, 120, true, List.of(40.0, 60.0))),
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("stage", new Domain.Numbers(0, 4, true, List.of(2.0)))));

  /** 11 coordinates of norm √4, and with an interaction 20 of √5. */
  private static FeatureSpace read(double s, int classes, Set<String> kept) {
    FeatureSpace cells =
        new FeatureSpace(
            BINS,
            List.of("bp", "age", "sex", "stage"),
            0,
            List.of(),
            List.of(new Interaction("sex", "stage")));
    long l2Squared = classes == 2 ? cells.l2Squared() : 2L * cells.l2Squared();
    int size = classes == 2 ? cells.size() : classes * cells.size();
    long records = (long) Math.ceil(s * Math.sqrt(l2Squared * size));
    return Pace.read(cells, classes, Rho.roundedDown(0.5), OptionalLong.of(records), kept);
  }

  @Test
  void readsNumbersByTheirValuesWhereWeightsOfBinsWouldDrown() {
    for (int classes : new int[] {2, 5}) {
      assertThat(read(9.8, classes, Set.of()).values()).containsExactly("bp", "age");
      assertThat(read(10, classes, Set.of()).values()).isEmpty();
    }
  }

  @Test
  void keepsBinsThatAStudyAsksForAndColumnsThatInteract() {
    assertThat(read(1, 2, Set.of("age")).values()).containsExactly("bp");
    FeatureSpace features = new FeatureSpace(BINS, List.of("bp", "age"));
    assertThat(
            Pace.read(features, 2, Rho.roundedDown(0.5), OptionalLong.empty(), Set.of()).values())
        .as("nobody declared the people")
        .isEmpty();
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
