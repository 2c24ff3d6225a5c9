package org.althing.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeatureSpaceTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0, 60.0))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));
  private static final FeatureSpace MIXED = new FeatureSpace(SCHEMA, List.of("bp", "sex", "age"));

  private static long[] dense(FeatureSpace space, RecordBatch batch, int row) {
    SparseRow record = space.encoder().encode(batch, row);
    long[] dense = new long[space.size()];
    for (int i = 0; i < record.count(); i++) {
      dense[record.index(i)] = record.steps(i);
    }
    return dense;
  }

  @Test
  void encodesOneCoordinatePerFieldAndTheBiasLast() {
    RecordBatch batch =
        Batches.of(
            SCHEMA, 0, List.of(List.of("m", "39", "155", "no"), List.of("f", "60", "80", "no")));
    assertThat(MIXED.size()).isEqualTo(2 + 3 + 4 + 1);
    assertThat(MIXED.l2Squared()).isEqualTo(4);
    assertThat(dense(MIXED, batch, 0)).containsExactly(128, 0, 0, 256, 0, 256, 0, 0, 0, 256);
    assertThat(dense(MIXED, batch, 1)).containsExactly(-256, 0, 256, 0, 0, 0, 0, 256, 0, 256);
  }

  @Test
  void givesWhateverIsNoDeclaredValueACoordinateOfItsOwn() {
    RecordBatch batch =
        Batches.of(
            SCHEMA, 0, List.of(List.of("x", "", "tall", "no"), List.of("?", "101", "79", "no")));
    for (int row = 0; row < 2; row++) {
      assertThat(dense(MIXED, batch, row)).containsExactly(0, 256, 0, 0, 256, 0, 0, 0, 256, 256);
    }
  }

  @Test
  void countsInWholeUnitsWhereAllColumnsHaveCells() {
    FeatureSpace cells = new FeatureSpace(SCHEMA, List.of("sex", "age"));
    RecordBatch batch = Batches.of(SCHEMA, 0, List.of(List.of("m", "40", "155", "no")));
    assertThat(cells.stepsPerUnit()).isEqualTo(1);
    assertThat(dense(cells, batch, 0)).containsExactly(0, 1, 0, 0, 1, 0, 0, 1);
    assertThat(cells.coordinateNames())
        .containsExactly(
            "sex = f",
            "sex = m",
            "sex = missing or other",
            "age = < 40",
            "age = 40 – 60",
            "age = ≥ 60",
            "age = missing or other",
            "bias");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noRecordMeasuresMoreThanTheSchemaAllows(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 500);
    for (int row = 0; row < batch.rows(); row++) {
      long l2Squared = 0;
      for (long steps : dense(MIXED, batch, row)) {
        assertThat(Math.abs(steps)).isLessThanOrEqualTo(256);
        l2Squared += steps * steps;
      }
      assertThat(l2Squared).isLessThanOrEqualTo(4L * 256 * 256);
    }
  }

  @Test
  void aNumberStandsWithItsSquareLessOneWhetherOrNotItHasBins() {
    FeatureSpace squares =
        new FeatureSpace(SCHEMA, List.of("bp", "sex", "age"), 0, List.of("bp", "age"));
    RecordBatch batch =
        Batches.of(
            SCHEMA, 0, List.of(List.of("m", "50", "155", "no"), List.of("f", "", "80", "no")));
    long one = 65536;
    assertThat(squares.stepsPerUnit()).isEqualTo(one);
    assertThat(dense(squares, batch, 0))
        .containsExactly(one / 2, one / 4 - one, 0, 0, one, 0, 0, -one, 0, one);
    assertThat(dense(squares, batch, 1)).containsExactly(-one, 0, 0, one, 0, 0, 0, 0, one, one);
    assertThat(squares.coordinateNames())
        .startsWith("bp = value", "bp = square less 1", "bp = missing or other");
    assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of("bp"), 0, List.of("age")))
        .hasMessageContaining("some of the features");
    assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of("sex"), 0, List.of("sex")).fields())
        .hasMessageContaining("no declared range");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void squaresAddNothingToTheBound(long seed) {
    FeatureSpace squares =
        new FeatureSpace(SCHEMA, List.of("bp", "sex", "age"), 0, List.of("bp", "age"));
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 500);
    for (int row = 0; row < batch.rows(); row++) {
      long l2Squared = 0;
      for (long steps : dense(squares, batch, row)) {
        l2Squared += steps * steps;
      }
      assertThat(l2Squared).isLessThanOrEqualTo(4L << 32);
    }
  }

  private static FeatureSpace together(List<String> alone, Interaction... pairs) {
    return new FeatureSpace(SCHEMA, alone, 0, List.of(), List.of(pairs));
  }

  @Test
  void aPairOfColumnsIsOneFieldOfTheirCellsAndOneMoreForWhatIsNotKnown() {
    FeatureSpace pairs = together(List.of("sex"), new Interaction("sex", "age"));
    assertThat(pairs.size()).isEqualTo(3 + 2 * 3 + 1 + 1);
    assertThat(pairs.l2Squared()).isEqualTo(3);
    assertThat(pairs.isAllCells()).isTrue();
    assertThat(pairs.columnsRead()).containsExactly("sex", "age");
    RecordBatch batch =
        Batches.of(
            SCHEMA,
            0,
            List.of(
                List.of("m", "40", "1", "no"),
                List.of("f", "", "1", "no"),
                List.of("x", "70", "1", "")));
    assertThat(dense(pairs, batch, 0)).containsExactly(0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1);
    assertThat(dense(pairs, batch, 1)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
    assertThat(dense(pairs, batch, 2)).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1);
    assertThat(pairs.coordinateNames().subList(3, 11))
        .containsExactly(
            "sex = f, age = < 40",
            "sex = f, age = 40 – 60",
            "sex = f, age = ≥ 60",
            "sex = m, age = < 40",
            "sex = m, age = 40 – 60",
            "sex = m, age = ≥ 60",
            "sex, age = one of them missing or other",
            "bias");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPairAddsToTheBoundWhatOneColumnMoreDoes(long seed) {
    FeatureSpace pairs =
        together(
            List.of("bp", "sex"), new Interaction("sex", "age"), new Interaction("age", "ill"));
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 500);
    for (int row = 0; row < batch.rows(); row++) {
      long l2Squared = 0;
      for (long steps : dense(pairs, batch, row)) {
        l2Squared += steps * steps;
      }
      assertThat(l2Squared).isLessThanOrEqualTo(5L * 256 * 256);
    }
  }

  @Test
  void refusesPairsThatCannotBe() {
    assertThatThrownBy(() -> new Interaction("sex", "sex")).hasMessageContaining("itself");
    assertThatThrownBy(
            () -> together(List.of(), new Interaction("sex", "age"), new Interaction("age", "sex")))
        .hasMessageContaining("the interaction age × sex is named twice");
    assertThatThrownBy(() -> together(List.of(), new Interaction("sex", "bp")))
        .hasMessageContaining("column bp has no cells, which the interaction sex × bp needs");
    assertThatThrownBy(() -> together(List.of(), new Interaction("sex", "height")))
        .hasMessageContaining("height");
    List<String> many = IntStream.range(0, 70).mapToObj(Integer::toString).toList();
    Schema wide =
        new Schema(
            List.of(
                new Column("a", new Domain.Categories(many)),
                new Column("b", new Domain.Categories(many))));
    assertThatThrownBy(
            () ->
                new FeatureSpace(
                    wide, List.of("a"), 0, List.of(), List.of(new Interaction("a", "b"))))
        .hasMessageContaining("the interactions a × b have 4901 cells, at most 4096");
  }

  @Test
  void refusesColumnsThatAreNotThereOrTwice() {
    assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of("weight")))
        .hasMessageContaining("weight");
    assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of("sex", "sex")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesABatchOfOtherColumns() {
    Schema other = new Schema(List.of(SCHEMA.columns().get(0)));
    RecordBatch batch = Batches.of(other, 0, List.of(List.of("m")));
    assertThatThrownBy(() -> dense(MIXED, batch, 0)).hasMessageContaining("other columns");
  }

  @Test
  void labelIsOneZeroOrAbsent() {
    var label = new Label(SCHEMA, "ill", Set.of("yes")).reader();
    RecordBatch batch =
        Batches.of(
            SCHEMA,
            0,
            List.of(
                List.of("f", "1", "90", "yes"),
                List.of("f", "1", "90", "no"),
                List.of("f", "1", "90", "maybe"),
                List.of("f", "1", "90", "")));
    assertThat(label.isLabelled(batch, 0)).isTrue();
    assertThat(label.outcome(batch, 0)).isEqualTo(1);
    assertThat(label.outcome(batch, 1)).isZero();
    assertThat(label.isLabelled(batch, 2)).isFalse();
    assertThat(label.isLabelled(batch, 3)).isFalse();
  }

  @Test
  void labelRefusesValuesThatDivideNothing() {
    assertThatThrownBy(() -> new Label(SCHEMA, "ill", Set.of("yes", "no")))
        .hasMessageContaining("nothing to tell apart");
    assertThatThrownBy(() -> new Label(SCHEMA, "ill", Set.of("ill"))).hasMessageContaining("ill");
    assertThatThrownBy(() -> new Label(SCHEMA, "bp", Set.of("yes"))).hasMessageContaining("bins");
  }

  @Test
  void modelAddsUpItsWeights() {
    double[] weights = {1, 10, 0.5, 2, 20, 3, 4, 5, 30, -1};
    LinearModel model = new LinearModel(MIXED, new Label(SCHEMA, "ill", Set.of("yes")), weights);
    RecordBatch batch =
        Batches.of(SCHEMA, 0, List.of(List.of("m", "39", "155", "no"), List.of("", "", "", "no")));
    assertThat(model.scorer().logit(batch, 0)).isEqualTo(0.5 + 2 + 3 - 1);
    assertThat(model.scorer().logit(batch, 1)).isEqualTo(10 + 20 + 30 - 1);
    assertThat(model.scorer().probability(batch, 1)).isEqualTo(1.0);
    assertThat(LinearModel.probabilityOf(0)).isEqualTo(0.5);
    assertThat(LinearModel.probabilityOf(-800)).isZero();
    assertThat(LinearModel.probabilityOf(800)).isEqualTo(1.0);
  }

  @Test
  void modelRefusesItsLabelAmongTheFeaturesAndWeightsThatAreNoNumbers() {
    Label label = new Label(SCHEMA, "ill", Set.of("yes"));
    FeatureSpace leaky = new FeatureSpace(SCHEMA, List.of("sex", "ill"));
    assertThatThrownBy(() -> new LinearModel(leaky, label, new double[leaky.size()]))
        .hasMessageContaining("take it out");
    assertThatThrownBy(() -> new LinearModel(MIXED, label, new double[3]))
        .hasMessageContaining("expected 10");
    double[] broken = new double[MIXED.size()];
    broken[2] = Double.NaN;
    assertThatThrownBy(() -> new LinearModel(MIXED, label, broken)).hasMessageContaining("finite");
  }
}
