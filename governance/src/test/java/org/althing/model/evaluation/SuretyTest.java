package org.althing.model.evaluation;

import static org.althing.model.evaluation.ScoreBins.COUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.althing.model.features.LinearModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scale at which a model is as sure as it is right. */
final class SuretyTest {
  private static final double MOST = Math.exp(2);

  /**
   * Expected counts of records with normal scores, positive by the scores times {@code truth}.
   *
   * @param truth the scale at which the probabilities would be true
   */
  private static double[] expected(double records, double truth) {
    double[] share = new double[2 * COUNT];
    double all = 0;
    for (int b = 0; b < COUNT; b++) {
      double middle = ScoreBins.middle(b);
      double density = Math.exp(-(middle + 0.4) * (middle + 0.4) / 8);
      double positive = LinearModel.probabilityOf(truth * middle);
      share[COUNT + b] = density * positive;
      share[b] = density * (1 - positive);
      all += density;
    }
    double total = all;
    return Arrays.stream(share).map(s -> records * s / total).toArray();
  }

  /** Poisson, by the gaps between events. */
  private static double poisson(double mean, Random random) {
    int events = 0;
    for (double at = -Math.log(1 - random.nextDouble()); at < mean; events++) {
      at -= Math.log(1 - random.nextDouble());
    }
    return events;
  }

  /** Every count drawn by chance, then noised as a release is. */
  private static ConsistentCounts drawn(double[] expected, double noise, Random random) {
    double[] counts = Arrays.stream(expected).map(mean -> poisson(mean, random)).toArray();
    double[] quarters = new double[4];
    double ofSums = noise * Math.sqrt(7.0 / 3);
    for (int c = 0; c < counts.length; c++) {
      quarters[2 * c / COUNT] += counts[c];
      counts[c] += noise * random.nextGaussian();
    }
    Arrays.setAll(quarters, q -> quarters[q] + ofSums * random.nextGaussian());
    return ConsistentCounts.of(
        counts, noise, quarters, new double[] {ofSums, ofSums, ofSums, ofSums});
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.8, 1, 1.3, 2, 5})
  void manyRecordsWithoutNoiseTellTheScale(double truth) {
    double found = new Surety(ConsistentCounts.plain(expected(1e8, truth), 0)).scale();
    assertThat(found).isCloseTo(truth, within(0.03 * truth));
    assertThat(Math.abs(Math.log(found))).isLessThanOrEqualTo(Math.abs(Math.log(truth)) + 1.0 / 64);
  }

  /** 1000 draws: 5 % are expected, with a standard error of 0.7 points. */
  @ParameterizedTest
  @CsvSource({"400, 0", "400, 1", "400, 6", "10000, 2", "10000, 40"})
  void trueProbabilitiesAreLeftInNineteenOfTwentyDraws(double records, double noise) {
    Random random = new Random(29);
    int moved = 0;
    for (int draw = 0; draw < 1000; draw++) {
      moved += new Surety(drawn(expected(records, 1), noise, random)).scale() == 1 ? 0 : 1;
    }
    assertThat(moved).isBetween(15, 80);
  }

  @Test
  void noiseThatDrownsTheRecordsLeavesTheScaleAtOne() {
    Random random = new Random(31);
    int moved = 0;
    for (int draw = 0; draw < 200; draw++) {
      moved += new Surety(drawn(expected(50, 0.2), 200, random)).scale() == 1 ? 0 : 1;
    }
    assertThat(moved).isLessThan(20);
  }

  /** However sure the model was made, no scale is more than e² times another. */
  @Test
  void recordsThatAreAllRightDoNotMakeTheModelCertain() {
    double[] counts = new double[2 * COUNT];
    counts[COUNT / 2 - 1] = 1e6;
    counts[COUNT + COUNT / 2] = 1e6;
    assertThat(new Surety(ConsistentCounts.plain(counts, 0)).scale())
        .isCloseTo(MOST, within(1e-12));
    // Of few that are all right a model that says 99 % is not contradicted.
    double[] few = new double[2 * COUNT];
    few[0] = 10;
    few[COUNT + 31] = 10;
    assertThat(new Surety(ConsistentCounts.plain(few, 0)).scale()).isEqualTo(1);
  }

  @Test
  void recordsThatAreAllWrongMakeTheModelAsUnsureAsCanBe() {
    double[] counts = new double[2 * COUNT];
    counts[COUNT] = 1000;
    counts[COUNT - 1] = 1000;
    assertThat(new Surety(ConsistentCounts.plain(counts, 0)).scale())
        .isCloseTo(1 / MOST, within(1e-12));
  }

  /** The figures of scaled scores, of which accuracy and area are those of the scores. */
  @Test
  void aScaleMovesProbabilitiesAloneAndThresholdsWithThem() {
    ConsistentCounts counts = ConsistentCounts.plain(expected(5000, 0.5), 0);
    Performance trained = new ScoreHistogram(counts).performance();
    Performance scaled = new ScoreHistogram(counts, 0.5).performance();
    assertThat(scaled.rates()).isEqualTo(trained.rates());
    assertThat(scaled.confusion()).isEqualTo(trained.confusion());
    assertThat(scaled.roc().get(3).logit()).isEqualTo(trained.roc().get(3).logit() / 2);
    assertThat(scaled.precisionRecall().get(3).logit())
        .isEqualTo(trained.precisionRecall().get(3).logit() / 2);
    assertThat(scaled.probabilities().logLoss().orElseThrow().value())
        .isLessThan(trained.probabilities().logLoss().orElseThrow().value());
    assertThat(scaled.probabilities().calibration().orElseThrow().value())
        .isCloseTo(0, within(1e-9));
    assertThat(scaled.scale()).isEqualTo(0.5);
  }
}
