package org.althing.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;
import org.althing.quality.QualityTable.Part;
import org.althing.release.Estimate;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a column's spread stays within a threshold of its reference; of a drift that is the
 * largest of several differences here, of one that is a sum in {@link DivergenceJudge}.
 *
 * <p>FAIL where one difference alone is above it by z of all of them together (Bonferroni), PASS
 * where each is below it by z of its own: a wrong verdict has a chance of at most 5 %, however many
 * cells there are and wherever the drift is. The differences are ratios, whose noise is known to
 * first order.
 */
record DriftJudge(QualityTable table) {
  private static final double ALPHA = 0.05;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  RuleOutcome judge(QualityRule rule, RuleMeasure.Drift drift) {
    int column = table.columnNamed(drift.column()).orElseThrow();
    if (drift.distance().isSumOverCells()) {
      return divergence(rule, drift, table.spread(column));
    }
    boolean cumulative = drift.distance() == RuleMeasure.Drift.Distance.KOLMOGOROV_SMIRNOV;
    List<Part> parts = cumulative ? table.cumulative(column) : table.spread(column);
    if (!QualityTable.isBase(parts.get(0).base())) {
      return tooFew(rule);
    }
    List<Estimate> differences = new ArrayList<>();
    double expected = 0;
    // All values together are the whole of both: their difference is none.
    int compared = cumulative ? parts.size() - 1 : parts.size();
    for (int k = 0; k < compared; k++) {
      double share = drift.reference().get(k);
      expected = cumulative ? expected + share : share;
      Part part = parts.get(k);
      Estimate found = Estimate.ratio(part.count(), part.base(), part.covariance());
      differences.add(new Estimate(Math.abs(found.value() - expected), found.noiseDeviation()));
    }
    return judged(rule, differences);
  }

  private static RuleOutcome divergence(
      QualityRule rule, RuleMeasure.Drift drift, List<Part> parts) {
    if (!QualityTable.isBase(parts.get(0).base())) {
      return tooFew(rule);
    }
    double[] counts = parts.stream().mapToDouble(part -> part.count().value()).toArray();
    return new DivergenceJudge(drift, counts, parts.get(0).count().noiseDeviation()).judge(rule);
  }

  private static RuleOutcome tooFew(QualityRule rule) {
    return new RuleOutcome.Judged(
        rule, RuleVerdict.INCONCLUSIVE, Optional.empty(), Optional.empty());
  }

  private static RuleOutcome judged(QualityRule rule, List<Estimate> differences) {
    double each = NORMAL.inverseCumulativeProbability(1 - ALPHA / 2);
    double together = NORMAL.inverseCumulativeProbability(1 - ALPHA / (2 * differences.size()));
    boolean passes = true;
    boolean fails = false;
    Estimate largest = differences.get(0);
    for (Estimate difference : differences) {
      passes &= difference.value() + each * difference.noiseDeviation() <= rule.threshold();
      fails |= difference.value() - together * difference.noiseDeviation() > rule.threshold();
      largest = difference.value() > largest.value() ? difference : largest;
    }
    RuleVerdict verdict =
        fails ? RuleVerdict.FAIL : passes ? RuleVerdict.PASS : RuleVerdict.INCONCLUSIVE;
    return new RuleOutcome.Judged(
        rule,
        verdict,
        Optional.of(largest),
        RuleJudge.costFactor(
            verdict, largest.value() - rule.threshold(), together * largest.noiseDeviation()));
  }
}
