package org.althing.quality;

import java.util.List;
import java.util.Optional;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;
import org.althing.quality.QualityTable.Part;
import org.althing.release.Estimate;
import org.althing.table.Verdict;

/**
 * Compares a rule's measure with its threshold so that a wrong PASS and a wrong FAIL have each a
 * chance of at most 2.5 %, of a drift 5 %; what lies between is INCONCLUSIVE.
 *
 * <p>Counts are whole, so the line is drawn half a row beyond the last count that satisfies the
 * rule. Percentages and means are judged by count - threshold·N̂, whose noise is known exactly,
 * rather than by the ratio (Fieller 1954).
 */
record RuleJudge(QualityTable table) {
  /** z of the two-sided 95 % interval. */
  private static final double Z = 1.96;

  /** More budget than anybody has: then no factor is named. */
  private static final double MOST_COST_FACTOR = 1e6;

  RuleOutcome judge(QualityRule rule) {
    for (String column : rule.measure().columns()) {
      if (table.columnNamed(column).isEmpty()) {
        return new RuleOutcome.NotRun(rule, column);
      }
    }
    if (rule.measure() instanceof RuleMeasure.Drift drift) {
      return new DriftJudge(table).judge(rule, drift);
    }
    if (rule.measure() instanceof RuleMeasure.MeanWords words) {
      return judgeRatio(rule, table.words(words), 1);
    }
    Part part = part(rule);
    return rule.unit() == QualityRule.Unit.PERCENT
        ? judgeRatio(rule, part, 100)
        : judgeCount(rule, part.count());
  }

  private Part part(QualityRule rule) {
    if (rule.measure() instanceof RuleMeasure.Faults faults) {
      int column = table.columnNamed(faults.column()).orElseThrow();
      List<Verdict> verdicts = verdictsOf(faults.kind());
      return new Part(
          table.faults(column, verdicts),
          table.rowCount(),
          table.covarianceWithRows(column, verdicts.size()));
    }
    if (RuleCounts.areNeededFor(rule.measure())) {
      return table.matching(rule.id()).orElseThrow();
    }
    return new Part(table.rowCount(), table.rowCount(), table.rowCount().variance());
  }

  private static List<Verdict> verdictsOf(RuleMeasure.Faults.Kind kind) {
    return switch (kind) {
      case NULL_VALUES -> List.of(Verdict.MISSING);
      case MISSING_VALUES -> List.of(Verdict.MISSING, Verdict.SENTINEL);
      case INVALID_VALUES -> List.of(Verdict.UNPARSABLE, Verdict.OUT_OF_RANGE, Verdict.NOT_IN_SET);
    };
  }

  private static RuleOutcome judgeCount(QualityRule rule, Estimate count) {
    double line =
        switch (rule.operator()) {
          case MUST_BE_LESS_THAN, MUST_BE_GREATER_OR_EQUAL_TO -> Math.ceil(rule.threshold()) - 0.5;
          case MUST_BE_LESS_OR_EQUAL_TO, MUST_BE_GREATER_THAN -> Math.floor(rule.threshold()) + 0.5;
        };
    Estimate excess = new Estimate(count.value() - line, count.noiseDeviation());
    return judged(rule, excess, Optional.of(count));
  }

  /**
   * @param units that the rule's threshold has for a part as large as its base
   */
  private static RuleOutcome judgeRatio(QualityRule rule, Part part, int units) {
    double t = rule.threshold() / units;
    Estimate base = part.base();
    double variance = part.count().variance() + t * t * base.variance() - 2 * t * part.covariance();
    Estimate excess =
        new Estimate(
            part.count().value() - t * base.value(), StrictMath.sqrt(Math.max(0, variance)));
    if (!QualityTable.isBase(base)) {
      return new RuleOutcome.Judged(
          rule, RuleVerdict.INCONCLUSIVE, Optional.empty(), Optional.empty());
    }
    return judged(
        rule,
        excess,
        Optional.of(Estimate.ratio(part.count(), base, part.covariance()).times(units)));
  }

  /**
   * @param excess how far the metric is above the line
   */
  private static RuleOutcome judged(QualityRule rule, Estimate excess, Optional<Estimate> metric) {
    double margin = Z * excess.noiseDeviation();
    double above = isUpperLimit(rule.operator()) ? excess.value() : -excess.value();
    RuleVerdict verdict = verdict(rule.operator(), above, margin);
    return new RuleOutcome.Judged(rule, verdict, metric, costFactor(verdict, above, margin));
  }

  private static boolean isUpperLimit(QualityRule.Operator operator) {
    return operator == QualityRule.Operator.MUST_BE_LESS_THAN
        || operator == QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO;
  }

  /** Equality satisfies the inclusive operators and breaks the strict ones. */
  private static RuleVerdict verdict(QualityRule.Operator operator, double above, double margin) {
    boolean inclusive =
        operator == QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO
            || operator == QualityRule.Operator.MUST_BE_GREATER_OR_EQUAL_TO;
    double most = above + margin;
    double least = above - margin;
    if (most < 0 || (inclusive && most == 0)) {
      return RuleVerdict.PASS;
    }
    if (least > 0 || (!inclusive && least == 0)) {
      return RuleVerdict.FAIL;
    }
    return RuleVerdict.INCONCLUSIVE;
  }

  /** Noise falls with the square root of ρ. */
  static Optional<Double> costFactor(RuleVerdict verdict, double above, double margin) {
    if (verdict != RuleVerdict.INCONCLUSIVE) {
      return Optional.of(1.0);
    }
    return factor((margin / above) * (margin / above));
  }

  static Optional<Double> factor(double factor) {
    return factor <= MOST_COST_FACTOR ? Optional.of(factor) : Optional.empty();
  }
}
