package org.althing.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Operator;
import org.althing.contract.QualityRule.Unit;
import org.althing.contract.RuleMeasure;
import org.althing.contract.RuleMeasure.Drift.Distance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DivergenceJudgeTest {
  private static final double[] EVEN = {0.25, 0.25, 0.5};
  private static final double[] UNEVEN = {0.1, 0.2, 0.7};

  /** By the textbook formulas in Python's math module, independent of this code. */
  @ParameterizedTest
  @CsvSource({
    "JENSEN_SHANNON, 0.03804053304654796",
    "STABILITY_INDEX, 0.2158952346710763",
    "CHI_SQUARE, 0.18"
  })
  void agreesWithTheTextbookFormulas(Distance distance, double expected) {
    assertThat(Divergence.of(distance, UNEVEN, EVEN)).isCloseTo(expected, within(1e-12));
    assertThat(Divergence.of(distance, EVEN, EVEN)).isZero();
  }

  @Test
  void disjointSpreadsAreOneBitApart() {
    assertThat(Divergence.of(Distance.JENSEN_SHANNON, new double[] {1, 0}, new double[] {0, 1}))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void anEmptyCellHasAFiniteWeightInTheStabilityIndex() {
    double index =
        Divergence.of(Distance.STABILITY_INDEX, new double[] {0, 1}, new double[] {0.2, 0.8});
    assertThat(index).isCloseTo(0.2 * Math.log(10) + 0.2 * Math.log(1.25), within(1e-12));
  }

  private static QualityRule rule(Distance distance, double[] reference, double most) {
    List<Double> shares = Arrays.stream(reference).boxed().toList();
    return new QualityRule(
        "drift",
        new RuleMeasure.Drift("age", distance, shares),
        Operator.MUST_BE_LESS_OR_EQUAL_TO,
        most,
        Unit.DISTANCE,
        "",
        "error");
  }

  private static RuleOutcome.Judged judged(QualityRule rule, double[] counts, double deviation) {
    return new DivergenceJudge((RuleMeasure.Drift) rule.measure(), counts, deviation).judge(rule);
  }

  private static double[] noisy(double[] shares, double total, double deviation, Random random) {
    return Arrays.stream(shares).map(p -> total * p + deviation * random.nextGaussian()).toArray();
  }

  /** Drifts of different shape: in all cells, in the smallest, out of the largest. */
  private static double[] drifted(String shape, double[] reference) {
    double[] shares = reference.clone();
    int last = shares.length - 1;
    switch (shape) {
      case "all" -> {
        for (int k = 0; k + 1 < shares.length; k += 2) {
          shares[k] += reference[k] / 2;
          shares[k + 1] -= reference[k] / 2;
        }
      }
      case "smallest" -> {
        shares[0] += 0.1;
        shares[last] -= 0.1;
      }
      default -> {
        shares[0] -= reference[0] * 0.95;
        shares[last] += reference[0] * 0.95;
      }
    }
    return shares;
  }

  private static double[] reference(int cells) {
    double[] shares = IntStream.range(0, cells).mapToDouble(k -> 1.0 + k).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(s -> s / sum).toArray();
  }

  /**
   * The drift sits exactly on its threshold. Of 100 noisings at most 5 may be FAIL and 5 PASS on
   * average; 14 is 4.1 standard deviations more.
   */
  @ParameterizedTest
  @CsvSource({
    "JENSEN_SHANNON, emptied, 10",
    "STABILITY_INDEX, all, 4",
    "STABILITY_INDEX, emptied, 10",
    "CHI_SQUARE, smallest, 10"
  })
  void wrongVerdictsStayBelowTheirRate(Distance distance, String shape, int cells) {
    assertWrongVerdictsAreRare(distance, shape, cells, 12, 100, 14);
  }

  /** Of 200 noisings at most 10 on average; 23 is 4.2 standard deviations more. */
  @ParameterizedTest
  @CsvSource({
    "JENSEN_SHANNON, all, 4", "JENSEN_SHANNON, smallest, 10", "JENSEN_SHANNON, emptied, 10",
    "STABILITY_INDEX, all, 4", "STABILITY_INDEX, smallest, 10", "STABILITY_INDEX, emptied, 10",
    "CHI_SQUARE, all, 4", "CHI_SQUARE, smallest, 10", "CHI_SQUARE, emptied, 10"
  })
  @Tag("nightly")
  void wrongVerdictsStayBelowTheirRateUnderAnyNoise(Distance distance, String shape, int cells) {
    for (double deviation : new double[] {2, 12, 25}) {
      assertWrongVerdictsAreRare(distance, shape, cells, deviation, 200, 23);
    }
  }

  private static void assertWrongVerdictsAreRare(
      Distance distance, String shape, int cells, double deviation, int noisings, int most) {
    double[] reference = reference(cells);
    double[] shares = drifted(shape, reference);
    QualityRule rule = rule(distance, reference, Divergence.of(distance, shares, reference));
    Random random = new Random(1);
    Map<RuleVerdict, Integer> verdicts = new EnumMap<>(RuleVerdict.class);
    for (int i = 0; i < noisings; i++) {
      double[] counts = noisy(shares, 2000, deviation, random);
      verdicts.merge(judged(rule, counts, deviation).verdict(), 1, Integer::sum);
    }
    int pass = verdicts.getOrDefault(RuleVerdict.PASS, 0);
    int fail = verdicts.getOrDefault(RuleVerdict.FAIL, 0);
    System.out.printf(
        "%s, %s, %d cells, noise of %.0f rows: of %d at the threshold PASS %d, FAIL %d%n",
        distance, shape, cells, deviation, noisings, pass, fail);
    assertThat(pass).isLessThanOrEqualTo(most);
    assertThat(fail).isLessThanOrEqualTo(most);
  }

  /** Where nothing drifts a FAIL would need noise of five deviations: none in 40 noisings. */
  @ParameterizedTest
  @EnumSource(
      value = Distance.class,
      names = {"JENSEN_SHANNON", "STABILITY_INDEX", "CHI_SQUARE"})
  void neverFailsWhereNothingDrifts(Distance distance) {
    double[] reference = reference(10);
    QualityRule rule = rule(distance, reference, 0.1);
    for (double deviation : new double[] {5, 20}) {
      Random random = new Random(2);
      int passes = 0;
      for (int i = 0; i < 40; i++) {
        RuleVerdict verdict =
            judged(rule, noisy(reference, 2000, deviation, random), deviation).verdict();
        assertThat(verdict).isNotEqualTo(RuleVerdict.FAIL);
        passes += verdict == RuleVerdict.PASS ? 1 : 0;
      }
      if (deviation <= 5) {
        assertThat(passes).isEqualTo(40);
      }
    }
  }

  /** Half a million rows with a PSI of 0.2159 under noise of ten rows: as good as exact. */
  @Test
  void findsADriftThatIsThereAndSaysHowLarge() {
    double[] counts = Arrays.stream(UNEVEN).map(p -> 500_000 * p).toArray();
    RuleOutcome.Judged fail = judged(rule(Distance.STABILITY_INDEX, EVEN, 0.2), counts, 10);
    assertThat(fail.verdict()).isEqualTo(RuleVerdict.FAIL);
    assertThat(fail.metric().orElseThrow().value()).isCloseTo(0.2159, within(1e-4));
    assertThat(judged(rule(Distance.STABILITY_INDEX, EVEN, 0.25), counts, 10).verdict())
        .isEqualTo(RuleVerdict.PASS);
  }

  @Test
  void withoutNoiseJudgesExactlyAtTheThreshold() {
    double[] counts = {10, 20, 70};
    double drift = Divergence.of(Distance.CHI_SQUARE, UNEVEN, EVEN);
    assertThat(judged(rule(Distance.CHI_SQUARE, EVEN, drift), counts, 0).verdict())
        .isEqualTo(RuleVerdict.PASS);
    assertThat(judged(rule(Distance.CHI_SQUARE, EVEN, drift * 0.999), counts, 0).verdict())
        .isEqualTo(RuleVerdict.FAIL);
  }

  /**
   * Of ten even cells, noise of 12.5 on 1200 rows shows as a PSI of about 0.01 (B(B−1)σ²/n²), on
   * 300 rows as more than 0.025: the first is judged against 0.1, the second is not.
   */
  @Test
  void judgesNothingThatNoiseAloneCouldShow() {
    double[] even = new double[10];
    Arrays.fill(even, 0.1);
    QualityRule rule = rule(Distance.STABILITY_INDEX, even, 0.1);
    Random random = new Random(3);
    RuleOutcome.Judged few = judged(rule, noisy(even, 300, 12.5, random), 12.5);
    assertThat(few.verdict()).isEqualTo(RuleVerdict.INCONCLUSIVE);
    assertThat(few.metric()).isEmpty();
    assertThat(few.noiseFloor().orElseThrow()).isGreaterThan(0.025);
    assertThat(few.costFactor().orElseThrow()).isGreaterThan(1);
    RuleOutcome.Judged many = judged(rule, noisy(even, 1200, 12.5, random), 12.5);
    assertThat(many.noiseFloor()).isEmpty();
    assertThat(many.verdict()).isEqualTo(RuleVerdict.PASS);
  }

  @Test
  void everybodyJudgesOneReleaseAlike() {
    double[] counts = noisy(UNEVEN, 300, 5, new Random(4));
    QualityRule rule = rule(Distance.JENSEN_SHANNON, EVEN, 0.03);
    assertThat(judged(rule, counts, 5)).isEqualTo(judged(rule, counts.clone(), 5));
  }
}
