package org.althing.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SparseRow;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.PaperFederation;
import org.althing.release.Release;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FixedHessianTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0, 60.0))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));
  private static final FeatureSpace MIXED = new FeatureSpace(SCHEMA, List.of("bp", "sex", "age"));
  private static final Label LABEL = new Label(SCHEMA, "ill", Set.of("yes"));

  private static FixedHessian quiet(int rounds) {
    return new FixedHessian(MIXED, LABEL, Rho.roundedUp(900), rounds);
  }

  private static double[] dense(RecordBatch batch, int row) {
    SparseRow record = MIXED.encoder().encode(batch, row);
    double[] dense = new double[MIXED.size()];
    for (int i = 0; i < record.count(); i++) {
      dense[record.index(i)] = (double) record.steps(i) / MIXED.stepsPerUnit();
    }
    return dense;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void firstReleaseHoldsTheExactSecondMomentsAndGradient(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 100);
    Release release = PaperFederation.exact().releases(quiet(1), List.of(batch)).get(0);
    int d = MIXED.size();
    double[][] moments = new double[d][d];
    double[] gradient = new double[d];
    var label = LABEL.reader();
    for (int row = 0; row < batch.rows(); row++) {
      if (label.isLabelled(batch, row)) {
        double[] x = dense(batch, row);
        for (int i = 0; i < d; i++) {
          gradient[i] += (0.5 - label.outcome(batch, row)) * x[i];
          for (int j = 0; j < d; j++) {
            moments[i][j] += x[i] * x[j];
          }
        }
      }
    }
    double[] triangle =
        IntStream.range(0, d)
            .boxed()
            .flatMapToDouble(i -> IntStream.range(i, d).mapToDouble(j -> moments[i][j]))
            .toArray();
    assertThat(release.values(0)).isEqualTo(triangle);
    assertThat(release.values(1)).isEqualTo(gradient);
  }

  @Test
  void laterReleasesHoldTheGradientAtTheWeightsSoFar() {
    RecordBatch batch = Batches.hostile(SCHEMA, 4, 200);
    List<Release> releases = PaperFederation.exact().releases(quiet(3), List.of(batch));
    LinearModel model = quiet(3).conclude(releases.subList(0, 2));
    double[] gradient = new double[MIXED.size()];
    var label = LABEL.reader();
    var scorer = model.scorer();
    for (int row = 0; row < batch.rows(); row++) {
      if (label.isLabelled(batch, row)) {
        double residual = scorer.probability(batch, row) - label.outcome(batch, row);
        double[] x = dense(batch, row);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += residual * x[i];
        }
      }
    }
    // Rounding half-even: at most half a step of each record and coordinate.
    double slack = 200 * 0.5 / releases.get(2).spec().noise().shape().blocks().get(0).scale();
    assertThat(releases.get(2).values(0)).containsExactly(gradient, within(slack + 1e-12));
  }

  @Test
  void findsTheLogOddsOfABalancedTable() {
    // 3 of 4 men and 1 of 4 women are ill: log-odds ±log 3.
    List<List<String>> rows =
        IntStream.range(0, 800)
            .mapToObj(
                i -> {
                  String sex = i % 2 == 0 ? "m" : "f";
                  boolean common = i / 2 % 4 != 0;
                  return List.of(sex, "30", "130", common == sex.equals("m") ? "yes" : "no");
                })
            .collect(Collectors.toList());
    FeatureSpace sex = new FeatureSpace(SCHEMA, List.of("sex"));
    FixedHessian regression = new FixedHessian(sex, LABEL, Rho.roundedUp(900), 10);
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    LinearModel model = PaperFederation.exact().run(regression, List.of(batch));
    // Heavy-ball steps still swing a little about the optimum after ten rounds.
    assertThat(model.scorer().logit(batch, 0)).isCloseTo(Math.log(3), within(0.03));
    assertThat(model.scorer().logit(batch, 1)).isCloseTo(-Math.log(3), within(0.03));
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 0.25})
  void classWeightsMultiplyEveryGradientButTheReleasedFirst(double positive) {
    RecordBatch batch = Batches.hostile(SCHEMA, 6, 200);
    FixedHessian regression =
        new FixedHessian(
            MIXED,
            LABEL,
            Rho.roundedUp(900),
            3,
            Objective.logistic(new ClassWeights.Declared(positive)));
    List<Release> releases = PaperFederation.exact().releases(regression, List.of(batch));
    ClassFactors factors =
        positive > 1 ? new ClassFactors(1 / positive, 1) : new ClassFactors(1, positive);
    double[] atZero =
        new Descent(releases.subList(0, 1), bound(), Objective.LOGISTIC, factors)
            .steps()
            .get(0)
            .gradient();
    assertThat(atZero)
        .containsExactly(weighted(batch, factors, new double[MIXED.size()]), within(1e-9));
    double[] weights = regression.conclude(releases.subList(0, 2)).weights();
    double slack = 200 * 0.5 / releases.get(2).spec().noise().shape().blocks().get(0).scale();
    assertThat(releases.get(2).values(0))
        .containsExactly(weighted(batch, factors, weights), within(slack + 1e-9));
  }

  private static double[] weighted(RecordBatch batch, ClassFactors factors, double[] weights) {
    double[] gradient = new double[MIXED.size()];
    var label = LABEL.reader();
    for (int row = 0; row < batch.rows(); row++) {
      if (label.isLabelled(batch, row)) {
        double[] x = dense(batch, row);
        int outcome = label.outcome(batch, row);
        double logit = IntStream.range(0, x.length).mapToDouble(i -> weights[i] * x[i]).sum();
        double residual = factors.of(outcome) * (LinearModel.probabilityOf(logit) - outcome);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += residual * x[i];
        }
      }
    }
    return gradient;
  }

  @Test
  void balancedClassesAreToldApartAsIfTheyWereOfOneSize() {
    // 1 of 8 is ill, whatever the sex.
    List<List<String>> rows =
        IntStream.range(0, 1600)
            .mapToObj(
                i -> List.of(i % 2 == 0 ? "m" : "f", "30", "130", i / 2 % 8 == 0 ? "yes" : "no"))
            .collect(Collectors.toList());
    FeatureSpace sex = new FeatureSpace(SCHEMA, List.of("sex"));
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    for (LinearModel balanced :
        List.of(
            PaperFederation.exact()
                .run(
                    new FixedHessian(
                        sex,
                        LABEL,
                        Rho.roundedUp(900),
                        10,
                        Objective.logistic(new ClassWeights.Balanced())),
                    List.of(batch)),
            PaperFederation.exact()
                .run(
                    new CentredDescent(
                        sex,
                        LABEL,
                        Rho.roundedUp(900),
                        10,
                        Objective.logistic(new ClassWeights.Balanced())),
                    List.of(batch)))) {
      assertThat(balanced.scorer().logit(batch, 0)).isCloseTo(0, within(0.1));
      assertThat(balanced.scorer().logit(batch, 1)).isCloseTo(0, within(0.1));
    }
  }

  @Test
  void theLargerFactorIsOneWhateverTheNoiseMadeOfTheClasses() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      ClassFactors factors =
          ClassFactors.of(
              new ClassWeights.Balanced(),
              1e4 * random.nextGaussian(),
              1e4 * random.nextGaussian());
      assertThat(Math.max(factors.negative(), factors.positive())).isEqualTo(1);
      assertThat(Math.min(factors.negative(), factors.positive()))
          .isGreaterThanOrEqualTo(1 / ClassWeights.MOST);
    }
    assertThat(ClassFactors.of(ClassWeights.EQUAL, 7, 900)).isEqualTo(ClassFactors.EQUAL);
    assertThatThrownBy(() -> new ClassWeights.Declared(0)).hasMessageContaining("0.01 to 100");
  }

  /** Recorded once; equal on JDK 17 and 25, compiled and interpreted. */
  @Test
  void weightsAreTheSameBitsOnEveryMachine() {
    RecordBatch batch = Batches.hostile(SCHEMA, 9, 200);
    FixedHessian regression = new FixedHessian(MIXED, LABEL, Rho.roundedUp(0.5), 6);
    LinearModel model = PaperFederation.noisy(2, 9).run(regression, List.of(batch));
    assertThat(Arrays.hashCode(model.weights())).isEqualTo(-793667029);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fromTablesTheFirstReleaseHoldsTheSumsOfEachClass(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 100);
    Release release = PaperFederation.exact().releases(fromTables(), List.of(batch)).get(0);
    int d = CELLS.size();
    double[] sums = new double[2 * d];
    var label = LABEL.reader();
    for (int row = 0; row < batch.rows(); row++) {
      if (label.isLabelled(batch, row)) {
        SparseRow record = CELLS.encoder().encode(batch, row);
        for (int i = 0; i < record.count(); i++) {
          sums[label.outcome(batch, row) * d + record.index(i)] += record.steps(i);
        }
      }
    }
    assertThat(release.values(1)).isEqualTo(sums);
    assertThat(fromTables().releases()).hasSize(6);
  }

  @Test
  void fromTablesRoundsStartAtPartOfTheOddsAndComeToWhatZeroComesTo() {
    RecordBatch batch = Batches.hostile(SCHEMA, 11, 2000);
    List<Release> releases = PaperFederation.exact().releases(fromTables(), List.of(batch));
    double[] start = fromTables().descent(releases.subList(0, 1)).weights();
    assertThat(start).isEqualTo(new TableStart(CELLS, releases.get(0)).weights(ClassFactors.EQUAL));
    LinearModel tables = fromTables().conclude(releases);
    FixedHessian zero = new FixedHessian(CELLS, LABEL, Rho.roundedUp(900), 10);
    LinearModel other = PaperFederation.exact().run(zero, List.of(batch));
    for (int row = 0; row < 50; row++) {
      assertThat(tables.scorer().logit(batch, row))
          .isCloseTo(other.scorer().logit(batch, row), within(0.05));
    }
  }

  private static final FeatureSpace PAIRED =
      new FeatureSpace(
          SCHEMA, List.of("sex", "age"), 0, List.of(), List.of(new Interaction("sex", "age")));

  /** Exactly one of the two, which no sum over single columns says; from zero and from tables. */
  @ParameterizedTest
  @EnumSource(Start.class)
  void anInteractionTellsWhatItsColumnsDoNot(Start start) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(List.of("f", "30", "90", "yes"));
      rows.add(List.of("m", "70", "90", "yes"));
      rows.add(List.of("f", "70", "90", "no"));
      rows.add(List.of("m", "30", "90", "no"));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    FixedHessian regression =
        new FixedHessian(PAIRED, LABEL, Rho.roundedUp(900), 10, Objective.LOGISTIC, start);
    List<Release> releases = PaperFederation.exact().releases(regression, List.of(batch));
    LinearModel.Scorer scorer = regression.conclude(releases).scorer();
    for (int row = 0; row < 4; row++) {
      assertThat((row < 2 ? 1 : -1) * scorer.logit(batch, row)).isGreaterThan(1.5);
    }
    assertThat(regression.weights(releases)).hasSize(PAIRED.size());
  }

  private static final FeatureSpace CELLS = new FeatureSpace(SCHEMA, List.of("sex", "age"));

  private static FixedHessian fromTables() {
    return new FixedHessian(CELLS, LABEL, Rho.roundedUp(900), 6, Objective.LOGISTIC, Start.TABLES);
  }

  /** Recorded once; equal on JDK 17 and 25, compiled and interpreted. */
  @Test
  void weightsFromTablesWithSlopesCutAreTheSameBitsOnEveryMachine() {
    RecordBatch batch = Batches.hostile(SCHEMA, 9, 200);
    FixedHessian regression =
        new FixedHessian(
            CELLS,
            LABEL,
            Rho.roundedUp(0.5),
            6,
            Objective.LOGISTIC.withMostSlope(0.6),
            Start.TABLES);
    LinearModel model = PaperFederation.noisy(2, 9).run(regression, List.of(batch));
    assertThat(Arrays.hashCode(model.weights())).isEqualTo(-632591205);
  }

  @Test
  void refusesTablesWhereTheyTellNoOdds() {
    Rho rho = Rho.roundedUp(1);
    assertThatThrownBy(
            () -> new FixedHessian(MIXED, LABEL, rho, 6, Objective.LOGISTIC, Start.TABLES))
        .hasMessageContaining("columns with cells");
    assertThatThrownBy(
            () -> new FixedHessian(CELLS, LABEL, rho, 1, Objective.LOGISTIC, Start.TABLES))
        .hasMessageContaining("two or more");
  }

  private static FirstCurvature bound() {
    return new FirstCurvature(MIXED.size(), Loss.LOGISTIC.mostCurvature());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatWasWorkedOutOfOtherReleasesChangesNoWeight(long seed) {
    FixedHessian asked = quiet(4);
    for (long of = seed; of < seed + 2; of++) {
      RecordBatch batch = Batches.hostile(SCHEMA, of, 200);
      List<Release> releases = PaperFederation.noisy(2, of).releases(quiet(4), List.of(batch));
      asked.query(2, releases.subList(0, 2));
      assertThat(asked.conclude(releases)).isEqualTo(quiet(4).conclude(releases));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void centredWeightsGiveTheSameOddsAndAverageToZeroOverEachField(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 200);
    List<Release> releases = PaperFederation.noisy(2, seed).releases(quiet(4), List.of(batch));
    double[] plain =
        new Descent(releases, bound(), Objective.LOGISTIC, ClassFactors.EQUAL).weights();
    LinearModel model = quiet(4).conclude(releases);
    LinearModel uncentred = new LinearModel(MIXED, LABEL, plain);
    for (int row = 0; row < batch.rows(); row++) {
      assertThat(model.scorer().logit(batch, row))
          .isCloseTo(uncentred.scorer().logit(batch, row), within(1e-9));
    }
    double[] counts = new double[MIXED.size()];
    var label = LABEL.reader();
    for (int row = 0; row < batch.rows(); row++) {
      double[] x = dense(batch, row);
      for (int i = 0; label.isLabelled(batch, row) && i < x.length; i++) {
        counts[i] += x[i];
      }
    }
    double[] weights = model.weights();
    int sex = MIXED.offset(1);
    int age = MIXED.offset(2);
    // The noise of a quiet study is far below one record.
    assertThat(IntStream.range(sex, age).mapToDouble(i -> counts[i] * weights[i]).sum())
        .isCloseTo(0, within(0.5));
    assertThat(
            IntStream.range(age, MIXED.size() - 1).mapToDouble(i -> counts[i] * weights[i]).sum())
        .isCloseTo(0, within(0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 0.05, 900})
  void errorsAreFiniteForNoRecordsAndForRecordsAllAlike(double rho) {
    FixedHessian regression = new FixedHessian(MIXED, LABEL, Rho.roundedUp(rho), 10);
    List<List<String>> alike = java.util.Collections.nCopies(50, List.of("f", "50", "120", "no"));
    for (RecordBatch batch : List.of(Batches.empty(SCHEMA), Batches.of(SCHEMA, 0, alike))) {
      for (PaperFederation nodes : List.of(PaperFederation.exact(), PaperFederation.noisy(1, 3))) {
        // A measure refuses what is not finite.
        assertThat(regression.weights(nodes.releases(regression, List.of(batch))))
            .hasSize(MIXED.size());
      }
    }
  }

  @Test
  void errorsAreOfTheModelsOwnWeightsAndShrinkWithTheNoise() {
    RecordBatch batch = Batches.hostile(SCHEMA, 5, 400);
    double noise = Double.MAX_VALUE;
    for (double rho : new double[] {0.5, 50, 900}) {
      FixedHessian regression = new FixedHessian(MIXED, LABEL, Rho.roundedUp(rho), 6);
      List<Release> releases = PaperFederation.noisy(2, 9).releases(regression, List.of(batch));
      List<Measure> measures = regression.weights(releases);
      assertThat(measures.stream().mapToDouble(Measure::value).toArray())
          .isEqualTo(regression.conclude(releases).weights());
      double mean = measures.stream().mapToDouble(Measure::noiseDeviation).average().orElseThrow();
      assertThat(mean).isLessThan(noise);
      noise = mean;
    }
    assertThat(noise).isLessThan(0.05);
  }

  @Test
  void planIsFixedBeforeAnyData() {
    FixedHessian regression = quiet(6);
    assertThat(regression.releases()).hasSize(6);
    assertThat(regression.releases().get(0).blocks()).hasSize(2);
    assertThat(regression.releases().get(0).blocks().get(0).length()).isEqualTo(55);
    assertThat(regression.releases()).isEqualTo(quiet(6).releases());
  }

  @Test
  void refusesMoreRoundsOrCoordinatesThanItIsMeantFor() {
    assertThatThrownBy(() -> quiet(0)).hasMessageContaining("1 to 10");
    assertThatThrownBy(() -> quiet(11)).hasMessageContaining("1 to 10");
    List<String> many = IntStream.range(0, 600).mapToObj(Integer::toString).toList();
    Schema wide =
        new Schema(List.of(new Column("zip", new Domain.Categories(many)), SCHEMA.column("ill")));
    assertThatThrownBy(
            () ->
                new FixedHessian(
                    new FeatureSpace(wide, List.of("zip")),
                    new Label(wide, "ill", Set.of("yes")),
                    Rho.roundedUp(1),
                    6))
        .hasMessageContaining("512");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shrinksAProposalThatBreaksItsBoundAndNoOther(long seed) {
    Random random = new Random(seed);
    long[] fine = random.longs(14, -100, 100).toArray();
    long[] kept = fine.clone();
    CertifiedVector.shrinkWithin(kept, 14 * 100 * 100);
    assertThat(kept).isEqualTo(fine);
    long[] wild = random.longs(14, Long.MIN_VALUE, Long.MAX_VALUE).toArray();
    wild[3] = Long.MAX_VALUE;
    CertifiedVector.shrinkWithin(wild, 1000);
    assertThat(Arrays.stream(wild).map(v -> v * v).sum()).isLessThanOrEqualTo(1000);
    long[] slightly = {10, 10};
    CertifiedVector.shrinkWithin(slightly, 199);
    assertThat(slightly).containsExactly(9, 9);
  }
}
