package org.althing.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
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

final class ClassEvaluationTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("said", new Domain.Categories(CLASSES)),
              new Column("by", new Domain.Numbers(-8, 8, false, List.of())),
              new Column("is", new Domain.Categories(CLASSES))));

  /** The class that is said scores 1 and an eighth of what it is said by, in log-odds units. */
  private static final SoftmaxModel SAYING =
      new SoftmaxModel(
          new FeatureSpace(SCHEMA, List.of("said", "by")),
          new Label(SCHEMA, "is", Set.of()),
          new double[][] {
            {2, 0, 0, 0, 1, 0, 0}, {0, 2, 0, 0, 0, 0, 0}, {0, 0, 2, 0, -1, 0, 0},
          });

  private static ClassPerformance run(PaperFederation federation, double rho, RecordBatch batch) {
    PaperFederation heldOut =
        new PaperFederation(federation.honestSurvivors(), 1, 100, federation.words());
    return heldOut.run(new ClassEvaluation(SAYING, Rho.roundedUp(rho)), List.of(batch));
  }

  private static ClassPerformance exact(List<List<String>> rows) {
    return run(PaperFederation.exact(), 900, Batches.of(SCHEMA, 0, rows));
  }

  private static void add(List<List<String>> rows, int times, String said, String is) {
    rows.addAll(Collections.nCopies(times, List.of(said, "0", is)));
  }

  @Test
  void readsTheConfusionAndTheRatesOfEachClassOffIt() {
    List<List<String>> rows = new ArrayList<>();
    add(rows, 30, "a", "a");
    add(rows, 10, "b", "a");
    add(rows, 40, "b", "b");
    add(rows, 20, "c", "b");
    add(rows, 50, "c", "c");
    add(rows, 9, "c", "");
    ClassPerformance performance = exact(rows);
    assertThat(performance.records().value()).isEqualTo(150);
    assertThat(performance.confusion().get(1).get(2).value()).isEqualTo(20);
    assertThat(performance.confusion().get(2).get(1).value()).isZero();
    assertThat(value(performance.accuracy())).isCloseTo(120.0 / 150, within(1e-9));
    assertThat(value(performance.commonestClass())).isCloseTo(60.0 / 150, within(1e-9));
    ClassPerformance.Figures b = performance.classes().get(1).figures();
    assertThat(value(b.precision())).isCloseTo(40.0 / 50, within(1e-9));
    assertThat(value(b.recall())).isCloseTo(40.0 / 60, within(1e-9));
    assertThat(value(b.f1())).isCloseTo(80.0 / 110, within(1e-9));
    double f1 = (60.0 / 70 + 80.0 / 110 + 100.0 / 120) / 3;
    assertThat(value(performance.macro().f1())).isCloseTo(f1, within(1e-9));
    assertThat(value(performance.macro().recall()))
        .isCloseTo((0.75 + 40.0 / 60 + 1) / 3, within(1e-9));
    // Of c against the rest: 50 above, of the 100 others 20 tie with them.
    assertThat(value(performance.classes().get(2).figures().auc())).isCloseTo(0.9, within(1e-9));
  }

  private static final Schema GROUPED =
      new Schema(
          List.of(
              SCHEMA.columns().get(0),
              SCHEMA.columns().get(1),
              SCHEMA.columns().get(2),
              new Column("of", new Domain.Categories(List.of("north", "south")))));

  private static ClassEvaluation grouped(double rho, int models) {
    SoftmaxModel saying =
        new SoftmaxModel(
            new FeatureSpace(GROUPED, List.of("said", "by")),
            new Label(GROUPED, "is", Set.of()),
            SAYING.weightsByScore().toArray(double[][]::new));
    return new ClassEvaluation(
        Collections.nCopies(models, saying),
        Rho.roundedUp(rho),
        Optional.of(new Groups(GROUPED, "of")));
  }

  private static List<List<String>> inGroups(Random random, int rows, double northern) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      String said = CLASSES.get(random.nextInt(3));
      String of = random.nextInt(20) == 0 ? "" : random.nextBoolean() ? "north" : "south";
      boolean right = random.nextDouble() < (of.equals("north") ? northern : 0.7);
      all.add(List.of(said, "0", right ? said : CLASSES.get(random.nextInt(3)), of));
    }
    return all;
  }

  @Test
  void everyGroupHasItsOwnConfusionAndAllOfThemAreTheWhole() {
    List<List<String>> rows = inGroups(new Random(5), 900, 0.9);
    PaperFederation heldOut = new PaperFederation(1, 1, 100, Optional.empty());
    ClassEvaluation evaluation = grouped(900, 2);
    List<Release> released =
        heldOut.releases(
            evaluation.read(r -> evaluation.conclude(r, 1)), List.of(Batches.of(GROUPED, 0, rows)));
    ClassGroupFindings found = evaluation.byGroup(released, 1).orElseThrow();
    assertThat(found.groups())
        .extracting(g -> g.name())
        .containsExactly("north", "south", "not known");
    double sum = 0;
    for (ClassGroupFindings.Group group : found.groups()) {
      String name = group.name().equals("not known") ? "" : group.name();
      List<List<String>> own = rows.stream().filter(row -> row.get(3).equals(name)).toList();
      assertThat(group.records().value()).isEqualTo(own.size());
      assertThat(value(group.accuracy()))
          .isCloseTo(share(own, row -> row.get(0).equals(row.get(2))), within(1e-9));
      List<List<String>> b = own.stream().filter(row -> row.get(2).equals("b")).toList();
      assertThat(value(group.classes().get(1).recall()))
          .isCloseTo(share(b, row -> row.get(0).equals("b")), within(1e-9));
      assertThat(value(group.classes().get(1).predicted()))
          .isCloseTo(share(own, row -> row.get(0).equals("b")), within(1e-9));
      assertThat(value(group.classes().get(1).share()))
          .isCloseTo(share(own, row -> row.get(2).equals("b")), within(1e-9));
      sum += group.records().value();
    }
    ClassPerformance whole = evaluation.conclude(released, 1);
    assertThat(whole.records().value()).isEqualTo(sum);
    assertThat(value(whole.accuracy()))
        .isCloseTo(share(rows, row -> row.get(0).equals(row.get(2))), within(1e-9));
    assertThat(found.accuracy().orElseThrow().isTold()).isTrue();
    assertThat(found.accuracy().orElseThrow().highest()).isEqualTo("north");
  }

  /** 400 hold-outs of 1200 records each; 5 % and three of its standard errors of 1 point. */
  @Test
  void ofGroupsThatAreAlikeFewAreToldApart() {
    int accuracies = 0;
    int recalls = 0;
    int shares = 0;
    for (int seed = 0; seed < 400; seed++) {
      RecordBatch batch = Batches.of(GROUPED, 0, inGroups(new Random(seed), 1200, 0.7));
      ClassEvaluation evaluation = grouped(0.05, 1);
      List<Release> released =
          new PaperFederation(1, 1, 100, PaperFederation.noisy(1, seed).words())
              .releases(evaluation, List.of(batch));
      ClassGroupFindings found = evaluation.byGroup(released, 0).orElseThrow();
      accuracies += found.accuracy().filter(GroupFindings.Gap::isTold).isPresent() ? 1 : 0;
      recalls += isAnyTold(found.equalOpportunity()) ? 1 : 0;
      shares += isAnyTold(found.demographicParity()) ? 1 : 0;
    }
    assertThat(accuracies).isLessThanOrEqualTo(33);
    assertThat(recalls).isLessThanOrEqualTo(33);
    assertThat(shares).isLessThanOrEqualTo(33);
  }

  private static boolean isAnyTold(List<Optional<GroupFindings.Gap>> gaps) {
    return gaps.stream().flatMap(Optional::stream).anyMatch(GroupFindings.Gap::isTold);
  }

  private static double share(List<List<String>> rows, Predicate<List<String>> of) {
    return (double) rows.stream().filter(of).count() / rows.size();
  }

  @Test
  void probabilitiesAreJudgedToTheWidthOfTheirBins() {
    RecordBatch batch = Batches.of(SCHEMA, 0, sample(new Random(3), 4000));
    ClassPerformance performance = run(PaperFederation.exact(), 900, batch);
    Truth truth = Truth.of(batch);
    assertThat(value(performance.probabilities().logLoss())).isCloseTo(truth.logLoss, within(0.02));
    assertThat(value(performance.probabilities().brier())).isCloseTo(truth.brier, within(0.01));
    assertThat(value(performance.accuracy())).isCloseTo(truth.accuracy, within(1e-9));
    for (int k = 0; k < 3; k++) {
      assertThat(value(performance.classes().get(k).figures().auc()))
          .isCloseTo(truth.auc[k], within(0.01));
    }
  }

  /** What the model says is true of rows drawn by it. */
  @Test
  void calibrationOfTheLikeliestClassLiesOnTheDiagonalWhereTheModelIsTrue() {
    ClassPerformance performance = exact(sample(new Random(5), 40_000));
    assertThat(performance.calibration()).hasSizeGreaterThan(3);
    for (Performance.CalibrationPoint point : performance.calibration()) {
      // Five sampling deviations, and the width of the bin.
      double bound = 5 * point.observed().samplingDeviation() + 0.05;
      assertThat(point.observed().value()).isCloseTo(point.predicted(), within(bound));
    }
  }

  /**
   * 300 noisings of one hold-out of 3000. The means may miss by 5 standard errors and 0.004 for the
   * ratio's curvature; the deviations by 16 %, over four of their standard errors of 4 %. The mean
   * area claims at most more.
   */
  @Test
  void noisyFiguresAreUnbiasedAndAsWideAsTheySay() {
    RecordBatch batch = Batches.of(SCHEMA, 0, sample(new Random(11), 3000));
    ClassPerformance truth = run(PaperFederation.exact(), 900, batch);
    List<ClassPerformance> noisy = new ArrayList<>();
    for (long seed = 1; seed <= 300; seed++) {
      noisy.add(run(PaperFederation.noisy(1, seed), 0.02, batch));
    }
    List<Function<ClassPerformance, Optional<Measure>>> figures =
        List.of(
            ClassPerformance::accuracy,
            p -> p.macro().precision(),
            p -> p.macro().recall(),
            p -> p.macro().f1(),
            p -> p.classes().get(0).figures().precision(),
            p -> p.classes().get(1).figures().f1(),
            p -> p.classes().get(2).figures().auc(),
            p -> p.probabilities().logLoss(),
            p -> p.probabilities().brier());
    for (int f = 0; f < figures.size(); f++) {
      Function<ClassPerformance, Optional<Measure>> figure = figures.get(f);
      double mean = noisy.stream().mapToDouble(p -> value(figure.apply(p))).average().orElseThrow();
      double spread =
          Math.sqrt(
              noisy.stream()
                  .mapToDouble(p -> Math.pow(value(figure.apply(p)) - mean, 2))
                  .average()
                  .orElseThrow());
      double claimed =
          noisy.stream()
              .mapToDouble(p -> figure.apply(p).orElseThrow().noiseDeviation())
              .average()
              .orElseThrow();
      assertThat(mean)
          .as("figure %d", f)
          .isCloseTo(value(figure.apply(truth)), within(5 * spread / Math.sqrt(300) + 0.004));
      assertThat(claimed / spread).as("figure %d", f).isCloseTo(1, within(0.16));
    }
    double area = noisy.stream().mapToDouble(p -> value(p.macro().auc())).average().orElseThrow();
    assertThat(area).isCloseTo(value(truth.macro().auc()), within(0.01));
  }

  /** 400 samples without noise: the intervals of sampling hold what the population has. */
  @Test
  void samplingErrorsAreThoseOfSamples() {
    RecordBatch population = Batches.of(SCHEMA, 0, sample(new Random(13), 200_000));
    ClassPerformance truth = run(PaperFederation.exact(), 900, population);
    List<Function<ClassPerformance, Optional<Measure>>> figures =
        List.of(
            ClassPerformance::accuracy,
            p -> p.macro().f1(),
            p -> p.macro().auc(),
            p -> p.classes().get(1).figures().recall(),
            p -> p.classes().get(2).figures().auc(),
            p -> p.probabilities().logLoss(),
            p -> p.probabilities().brier());
    int[] held = new int[figures.size()];
    for (int run = 0; run < 400; run++) {
      ClassPerformance one = exact(sample(new Random(100 + run), 500));
      for (int f = 0; f < held.length; f++) {
        Measure found = figures.get(f).apply(one).orElseThrow();
        double apart = Math.abs(found.value() - value(figures.get(f).apply(truth)));
        held[f] += apart <= 1.96 * found.totalDeviation() ? 1 : 0;
      }
    }
    for (int f = 0; f < held.length; f++) {
      // 95 % less four standard errors of 1.1 %.
      assertThat(held[f] / 400.0).as("figure %d", f).isGreaterThan(0.905);
    }
  }

  @Test
  void saysNothingOfRatesWhoseDenominatorDrownsInNoise() {
    ClassPerformance performance =
        run(PaperFederation.exact(), 1e-6, Batches.of(SCHEMA, 0, sample(new Random(1), 50)));
    assertThat(performance.accuracy()).isEmpty();
    assertThat(performance.macro().f1()).isEmpty();
    assertThat(performance.macro().auc()).isEmpty();
    assertThat(performance.probabilities().logLoss()).isEmpty();
    assertThat(performance.calibration()).isEmpty();
  }

  private static double value(Optional<Measure> measure) {
    return measure.orElseThrow().value();
  }

  /** Rows whose class is drawn by the model's own probabilities. */
  private static List<List<String>> sample(Random random, int size) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String said = CLASSES.get(random.nextInt(3));
      String by = Double.toString(Math.rint(random.nextGaussian() * 100) / 32);
      RecordBatch one = Batches.of(SCHEMA, 0, List.of(List.of(said, by, "a")));
      double[] p = SoftmaxModel.probabilities(SAYING.scorer().scores(one, 0));
      double at = random.nextDouble();
      rows.add(List.of(said, by, at < p[0] ? "a" : at < p[0] + p[1] ? "b" : "c"));
    }
    return rows;
  }

  /** The figures in the clear. */
  private static final class Truth {
    private double logLoss;
    private double brier;
    private double accuracy;
    private final double[] auc = new double[3];

    static Truth of(RecordBatch batch) {
      Truth truth = new Truth();
      int n = batch.rows();
      double[][] p = new double[n][];
      int[] is = new int[n];
      for (int row = 0; row < n; row++) {
        p[row] = SoftmaxModel.probabilities(SAYING.scorer().scores(batch, row));
        is[row] = SAYING.label().reader().outcome(batch, row);
        truth.logLoss -= Math.log(p[row][is[row]]) / n;
        for (int k = 0; k < 3; k++) {
          truth.brier += Math.pow(p[row][k] - (k == is[row] ? 1 : 0), 2) / n;
        }
        truth.accuracy += SoftmaxModel.largest(p[row]) == is[row] ? 1.0 / n : 0;
      }
      for (int k = 0; k < 3; k++) {
        double above = 0;
        double pairs = 0;
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            if (is[i] == k && is[j] != k) {
              pairs++;
              above += p[i][k] > p[j][k] ? 1 : p[i][k] == p[j][k] ? 0.5 : 0;
            }
          }
        }
        truth.auc[k] = above / pairs;
      }
      return truth;
    }
  }
}
