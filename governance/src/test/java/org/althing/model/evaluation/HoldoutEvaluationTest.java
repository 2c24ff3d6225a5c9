package org.althing.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.althing.model.Scores;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.Partition;
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

final class HoldoutEvaluationTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("score", new Domain.Numbers(-8, 8, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));

  /** The logit is the score itself, to 1/32. */
  private static final LinearModel IDENTITY =
      new LinearModel(
          new FeatureSpace(SCHEMA, List.of("score")),
          new Label(SCHEMA, "ill", Set.of("yes")),
          new double[] {8, 0, 0});

  private static final Label LABEL = IDENTITY.label();
  private static final Comparator<Double> CLOSE =
      (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b);

  private static LinearModel scaled(double weight) {
    return new LinearModel(IDENTITY.features(), LABEL, new double[] {weight, 0, 0});
  }

  private static PaperFederation everythingHeldOut(PaperFederation federation) {
    return new PaperFederation(federation.honestSurvivors(), 1, 100, federation.words());
  }

  private static Performance exact(List<List<String>> rows) {
    return everythingHeldOut(PaperFederation.exact())
        .run(
            new HoldoutEvaluation(IDENTITY, Rho.roundedUp(900)),
            List.of(Batches.of(SCHEMA, 0, rows)));
  }

  @Test
  void readsTheConfusionAndItsRatesOffTheHistogram() {
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(Collections.nCopies(30, List.of("2.1", "yes")));
    rows.addAll(Collections.nCopies(10, List.of("-2.1", "yes")));
    rows.addAll(Collections.nCopies(50, List.of("-3.2", "no")));
    rows.addAll(Collections.nCopies(10, List.of("2.2", "no")));
    rows.addAll(Collections.nCopies(7, List.of("2.2", "")));
    Performance performance = exact(rows);
    assertThat(performance.records().value()).isCloseTo(100, within(1e-9));
    assertThat(performance.confusion().truePositives().value()).isCloseTo(30, within(1e-9));
    assertThat(performance.confusion().falsePositives().value()).isCloseTo(10, within(1e-9));
    assertThat(performance.confusion().trueNegatives().value()).isCloseTo(50, within(1e-9));
    assertThat(performance.confusion().falseNegatives().value()).isCloseTo(10, within(1e-9));
    assertThat(performance.rates().accuracy().orElseThrow().value()).isCloseTo(0.8, within(1e-9));
    assertThat(performance.rates().baseRate().orElseThrow().value()).isCloseTo(0.4, within(1e-9));
    // 30·(50 + 10/2) + 10·50 of 40·60 pairs.
    assertThat(performance.rates().auc().orElseThrow().value())
        .isCloseTo(2150.0 / 2400, within(1e-9));
    assertThat(performance.rates().accuracy().orElseThrow().samplingDeviation())
        .isCloseTo(0.04, within(1e-6));
    assertThat(performance.rates().commonerClass().orElseThrow().value())
        .isCloseTo(0.6, within(1e-9));
    Performance.PositiveClass found = performance.positiveClass();
    assertThat(found.precision().orElseThrow().value()).isCloseTo(0.75, within(1e-9));
    assertThat(found.recall().orElseThrow().value()).isCloseTo(0.75, within(1e-9));
    assertThat(found.f1().orElseThrow().value()).isCloseTo(0.75, within(1e-9));
  }

  /** Bins of 2 to 2.5 and -4 to -3 alone: their middles are all the probabilities there are. */
  @Test
  void probabilitiesAreJudgedAtTheMiddlesOfTheirBins() {
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(Collections.nCopies(90, List.of("2.1", "yes")));
    rows.addAll(Collections.nCopies(10, List.of("2.1", "no")));
    rows.addAll(Collections.nCopies(95, List.of("-3.2", "no")));
    rows.addAll(Collections.nCopies(5, List.of("-3.2", "yes")));
    Performance.Probabilities probabilities = exact(rows).probabilities();
    double high = LinearModel.probabilityOf(2.25);
    double low = LinearModel.probabilityOf(-3.25);
    double loss =
        90 * Math.log(high) + 10 * Math.log(1 - high) + 95 * Math.log(1 - low) + 5 * Math.log(low);
    assertThat(probabilities.logLoss().orElseThrow().value()).isCloseTo(-loss / 200, within(1e-9));
    double squares =
        90 * (1 - high) * (1 - high)
            + 10 * high * high
            + 95 * low * low
            + 5 * (1 - low) * (1 - low);
    assertThat(probabilities.brier().orElseThrow().value()).isCloseTo(squares / 200, within(1e-9));
    Performance.CalibrationError error = probabilities.calibration().orElseThrow();
    assertThat(error.value())
        .isCloseTo((Math.abs(90 - 100 * high) + Math.abs(5 - 100 * low)) / 200, within(1e-9));
    double chance = Math.sqrt(100 * high * (1 - high)) + Math.sqrt(100 * low * (1 - low));
    assertThat(error.byChance()).isCloseTo(Math.sqrt(2 / Math.PI) * chance / 200, within(1e-5));
  }

  @Test
  void precisionFallsToTheShareOfPositivesAsRecallGrows() {
    Performance performance = exact(sample(new Random(3), 4000));
    List<Performance.PrecisionPoint> points = performance.precisionRecall();
    Performance.PrecisionPoint last = points.get(points.size() - 1);
    assertThat(last.recall()).isCloseTo(1, within(1e-9));
    assertThat(last.precision().value())
        .isCloseTo(performance.rates().baseRate().orElseThrow().value(), within(1e-9));
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).recall()).isGreaterThanOrEqualTo(points.get(i - 1).recall() - 1e-12);
    }
  }

  @Test
  void rocClimbsFromTheStrictestThresholdToTheLaxest() {
    List<Performance.RocPoint> roc = exact(sample(new Random(3), 400)).roc();
    assertThat(roc).hasSize(ScoreBins.COUNT + 1);
    assertThat(roc.get(0).truePositiveRate()).isZero();
    for (int i = 1; i < roc.size(); i++) {
      assertThat(roc.get(i).logit()).isLessThan(roc.get(i - 1).logit());
      assertThat(roc.get(i).truePositiveRate())
          .isBetween(roc.get(i - 1).truePositiveRate() - 1e-12, 1.0);
    }
    assertThat(roc.get(ScoreBins.COUNT))
        .isEqualTo(new Performance.RocPoint(Double.NEGATIVE_INFINITY, 1, 1));
  }

  @Test
  void calibrationOfAPerfectlyCalibratedScoreLiesOnTheDiagonal() {
    Random random = new Random(5);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      double score = Math.rint(random.nextGaussian() * 2 * 32) / 32;
      if (Math.abs(score) < 8) {
        boolean ill = random.nextDouble() < LinearModel.probabilityOf(score);
        rows.add(List.of(Double.toString(score), ill ? "yes" : "no"));
      }
    }
    for (Performance.CalibrationPoint point : exact(rows).calibration()) {
      // Five sampling deviations, and the width of the bin.
      double bound = 5 * point.observed().samplingDeviation() + 0.03;
      assertThat(point.observed().value()).isCloseTo(point.predicted(), within(bound));
    }
  }

  private static List<List<String>> sample(Random random, int size) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean ill = random.nextInt(4) == 0;
      double score = Math.max(-7.9, Math.min(7.9, random.nextGaussian() * 1.8 + (ill ? 1 : -2)));
      rows.add(List.of(Double.toString(score), ill ? "yes" : "no"));
    }
    return rows;
  }

  /**
   * 400 noisings of one hold-out of 2000 at ρ = 0.005. The means may miss by 5 standard errors and
   * 0.002 for the ratio's curvature (a false alarm in about 10⁻⁶ of all seeds); the deviations by
   * 15 %, over four of their standard errors of 3.5 %.
   */
  @Test
  void noisyRatesAreUnbiasedAndAsWideAsTheySay() {
    RecordBatch batch = Batches.of(SCHEMA, 0, sample(new Random(11), 2000));
    Scores truth = Scores.of(IDENTITY, List.of(batch));
    HoldoutEvaluation evaluation = new HoldoutEvaluation(IDENTITY, Rho.roundedUp(0.005));
    Spread auc = new Spread();
    Spread accuracy = new Spread();
    for (long seed = 1; seed <= 400; seed++) {
      Performance.Rates rates =
          everythingHeldOut(PaperFederation.noisy(1, seed)).run(evaluation, List.of(batch)).rates();
      auc.add(rates.auc().orElseThrow());
      accuracy.add(rates.accuracy().orElseThrow());
    }
    double binned = exactAuc(batch).value();
    assertThat(binned).isCloseTo(truth.auc(), within(0.004));
    assertThat(auc.mean()).isCloseTo(binned, within(5 * auc.deviation() / 20 + 0.002));
    assertThat(accuracy.mean())
        .isCloseTo(truth.accuracy(), within(5 * accuracy.deviation() / 20 + 0.002));
    assertThat(auc.claimed() / auc.deviation()).isCloseTo(1, within(0.15));
    assertThat(accuracy.claimed() / accuracy.deviation()).isCloseTo(1, within(0.15));
  }

  private static Measure exactAuc(RecordBatch batch) {
    return everythingHeldOut(PaperFederation.exact())
        .run(new HoldoutEvaluation(IDENTITY, Rho.roundedUp(900)), List.of(batch))
        .rates()
        .auc()
        .orElseThrow();
  }

  /** The reverse of a score, and none at all, beside it. */
  @Test
  void evaluatesSeveralModelsAsItDoesEachAlone() {
    RecordBatch batch = Batches.of(SCHEMA, 0, sample(new Random(5), 900));
    List<LinearModel> models = List.of(IDENTITY, scaled(-8), scaled(0));
    HoldoutEvaluation together =
        new HoldoutEvaluation(models, Rho.roundedUp(900), Optional.empty());
    List<Release> releases =
        everythingHeldOut(PaperFederation.exact()).releases(together, List.of(batch));
    for (int m = 0; m < models.size(); m++) {
      Performance alone =
          everythingHeldOut(PaperFederation.exact())
              .run(new HoldoutEvaluation(models.get(m), Rho.roundedUp(900)), List.of(batch));
      Performance joint = together.conclude(releases, m);
      assertThat(joint.positives())
          .usingComparatorForType(CLOSE, Double.class)
          .isEqualTo(alone.positives());
      assertThat(joint.negatives())
          .usingComparatorForType(CLOSE, Double.class)
          .isEqualTo(alone.negatives());
      assertThat(joint.rates().auc().orElseThrow().value())
          .isCloseTo(alone.rates().auc().orElseThrow().value(), within(1e-9));
    }
  }

  /** Brute force: no row moves the joint vector by more, and every labelled one by as much. */
  @Test
  void aRecordMovesTheJointVectorByTheRootOfTheNumberOfModels() {
    for (int models = 1; models <= 5; models++) {
      HoldoutEvaluation together =
          new HoldoutEvaluation(
              Collections.nCopies(models, IDENTITY), Rho.roundedUp(0.1), Optional.empty());
      NoisePlan plan = NoisePlan.calibrate(together.releases().get(0).blocks(), 1, 2);
      RecordBatch rows = Batches.hostile(SCHEMA, models, 300);
      long most = 0;
      for (int row = 0; row < rows.rows(); row++) {
        ContributionSum one = new ContributionSum(plan);
        together.query(0, List.of()).over(rows).add(row, one);
        long[] moved = OpenedSums.exact(one);
        for (int b = 0; b < 2; b++) {
          long scale = plan.shape().blocks().get(b).scale();
          long squares = 0;
          for (int i = plan.shape().offset(b); i < plan.shape().offset(b + 1); i++) {
            squares += moved[i] * moved[i];
          }
          assertThat(squares).isIn(0L, models * scale * scale);
          assertThat(squares).isLessThanOrEqualTo(plan.shape().blocks().get(b).recordL2Squared());
          most = Math.max(most, squares / scale / scale);
        }
      }
      assertThat(most).isEqualTo(models);
    }
  }

  @Test
  void saysNothingOfRatesWhoseDenominatorDrownsInNoise() {
    HoldoutEvaluation evaluation = new HoldoutEvaluation(IDENTITY, Rho.roundedUp(1e-6));
    Performance performance =
        everythingHeldOut(PaperFederation.exact())
            .run(evaluation, List.of(Batches.of(SCHEMA, 0, sample(new Random(1), 50))));
    assertThat(performance.rates().accuracy()).isEmpty();
    assertThat(performance.rates().auc()).isEmpty();
    assertThat(performance.calibration()).isEmpty();
  }

  @Test
  void binsAreSymmetricWithProbabilityOneHalfAmongTheirEdges() {
    List<Double> edges = ScoreBins.edges();
    assertThat(edges).hasSize(31).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < 31; i++) {
      assertThat(edges.get(i) + edges.get(30 - i)).isZero();
      assertThat(ScoreBins.of(edges.get(i))).isEqualTo(i + 1);
      assertThat(ScoreBins.of(Math.nextDown(edges.get(i)))).isEqualTo(i);
    }
    assertThat(ScoreBins.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(ScoreBins.of(Double.POSITIVE_INFINITY)).isEqualTo(31);
    assertThat(ScoreBins.of(Double.NaN)).isEqualTo(16);
  }

  @Test
  void countsTheHeldOutRecordsOnly() {
    assertThat(HoldoutEvaluation.releases(1, Rho.roundedUp(1), Optional.empty()).get(0).partition())
        .isEqualTo(Partition.HOLDOUT);
  }

  /** Mean and spread of a figure over noisings, and the deviation it claimed on average. */
  private static final class Spread {
    private final List<Measure> measures = new ArrayList<>();

    void add(Measure measure) {
      measures.add(measure);
    }

    double mean() {
      return measures.stream().mapToDouble(Measure::value).average().orElseThrow();
    }

    double deviation() {
      double mean = mean();
      double squares =
          measures.stream().mapToDouble(m -> (m.value() - mean) * (m.value() - mean)).sum();
      return Math.sqrt(squares / (measures.size() - 1));
    }

    double claimed() {
      return measures.stream().mapToDouble(Measure::noiseDeviation).average().orElseThrow();
    }
  }
}
