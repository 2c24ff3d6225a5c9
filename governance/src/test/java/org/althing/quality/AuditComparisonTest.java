package org.althing.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.althing.contract.RuleMeasure.Drift.Distance;
import org.althing.quality.ColumnFindings.FaultShare;
import org.althing.quality.ColumnFindings.Share;
import org.althing.quality.ColumnFindings.ValueShare;
import org.althing.release.Estimate;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;

class AuditComparisonTest {
  private static final double DEVIATION = 10;
  private static final List<Verdict> FAULTS =
      List.of(
          Verdict.MISSING,
          Verdict.SENTINEL,
          Verdict.UNPARSABLE,
          Verdict.OUT_OF_RANGE,
          Verdict.NOT_IN_SET);

  /** An audit of columns a, b, … with the given true counts of missing values and of cells. */
  private static QualityFindings audit(Random random, double deviation, double[]... columns) {
    List<ColumnFindings> found = new ArrayList<>();
    double rows = 0;
    for (int c = 0; c < columns.length; c++) {
      rows = 0;
      for (double count : columns[c]) {
        rows += count;
      }
      List<FaultShare> faults = new ArrayList<>();
      for (int f = 0; f < FAULTS.size(); f++) {
        double count = (f == 0 ? columns[c][0] : 0) + deviation * random.nextGaussian();
        faults.add(new FaultShare(FAULTS.get(f), share(count, deviation, rows)));
      }
      List<ValueShare> values = new ArrayList<>();
      for (int k = 1; k < columns[c].length; k++) {
        double count = columns[c][k] + deviation * random.nextGaussian();
        values.add(new ValueShare("cell " + k, share(count, deviation, rows)));
      }
      found.add(new ColumnFindings(Character.toString('a' + c), faults, values));
    }
    return new QualityFindings(new Estimate(rows, 0), deviation, found, List.of());
  }

  private static Share share(double count, double deviation, double rows) {
    Estimate estimate = new Estimate(count, deviation);
    return new Share(estimate, Optional.of(estimate.times(1 / rows)));
  }

  @Test
  void twoAuditsOfTheSameRowsRarelyShowAChange() {
    Random random = new Random(20261127);
    double[] one = {100, 500, 300, 100};
    double[] two = {0, 900, 60, 40};
    int alarms = 0;
    int beyond = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      AuditComparison comparison =
          AuditComparison.of(
              audit(random, DEVIATION, one, two), audit(random, 2 * DEVIATION, one, two));
      alarms += comparison.columns().stream().anyMatch(comparison::isChanged) ? 1 : 0;
      AuditComparison.Drift drift = comparison.columns().get(0).drifts().get(2);
      beyond += drift.found() > drift.noiseAlone() ? 1 : 0;
    }
    // At most 5 % of 400 each, and 4.4 deviations above: wrongly failing once in 10^5 seeds.
    assertThat(alarms).isLessThanOrEqualTo(39);
    assertThat(beyond).isBetween(2, 45);
  }

  @Test
  void aShiftBeyondTheNoiseIsFoundInItsColumnAlone() {
    Random random = new Random(1);
    double[] same = {100, 500, 300, 100};
    QualityFindings before = audit(random, DEVIATION, same, new double[] {0, 500, 300, 200});
    QualityFindings after = audit(random, DEVIATION, same, new double[] {0, 300, 300, 400});
    AuditComparison comparison = AuditComparison.of(before, after);
    assertThat(comparison.columns()).extracting(comparison::isChanged).containsExactly(false, true);
    AuditComparison.ColumnChange changed = comparison.columns().get(1);
    assertThat(Math.abs(changed.largest().orElseThrow().difference().value()))
        .isCloseTo(0.2, within(0.05));
    assertThat(changed.drifts())
        .allSatisfy(drift -> assertThat(drift.found()).isGreaterThan(drift.noiseAlone()));
  }

  private static org.assertj.core.data.Offset<Double> within(double most) {
    return org.assertj.core.data.Offset.offset(most);
  }

  @Test
  void moreMissingValuesAreAChange() {
    Random random = new Random(2);
    AuditComparison comparison =
        AuditComparison.of(
            audit(random, DEVIATION, new double[] {20, 580, 400}),
            audit(random, DEVIATION, new double[] {200, 480, 320}));
    assertThat(comparison.isChanged(comparison.columns().get(0))).isTrue();
    assertThat(comparison.columns().get(0).largest().orElseThrow().of()).isEqualTo("MISSING");
  }

  /** Jensen-Shannon of (½, ½) and (1, 0) is 0.3113 bits; all others by hand. */
  @Test
  void distancesWithoutNoiseAreTheKnownOnes() {
    Random random = new Random(3);
    AuditComparison comparison =
        AuditComparison.of(
            audit(random, 0, new double[] {0, 500, 500}),
            audit(random, 0, new double[] {0, 1000, 0}));
    assertThat(comparison.columns().get(0).drifts())
        .extracting(AuditComparison.Drift::distance)
        .containsExactly(Distance.values());
    assertThat(comparison.columns().get(0).drifts())
        .extracting(drift -> Math.round(drift.found() * 1e4) / 1e4)
        .containsExactly(0.5, 0.5, 0.3113, 1.4979, 1.0);
  }

  @Test
  void columnsThatTheOtherAuditLacksAreLeftOut() {
    Random random = new Random(4);
    AuditComparison comparison =
        AuditComparison.of(
            audit(random, DEVIATION, new double[] {0, 500, 500}),
            audit(random, DEVIATION, new double[] {0, 500, 250, 250}, new double[] {0, 5, 5}));
    assertThat(comparison.columns()).isEmpty();
  }

  @Test
  void valuesThatDrownInNoiseAreNotCompared() {
    Random random = new Random(5);
    AuditComparison comparison =
        AuditComparison.of(
            audit(random, DEVIATION, new double[] {900, 5, 5}),
            audit(random, DEVIATION, new double[] {900, 5, 5}));
    assertThat(comparison.columns().get(0).values()).isEmpty();
    assertThat(comparison.columns().get(0).faults()).hasSize(5);
  }
}
