package org.althing.quality;

import java.util.Optional;
import org.althing.contract.QualityRule;
import org.althing.release.Estimate;

/** What became of one rule of the contract. */
public sealed interface RuleOutcome {
  QualityRule rule();

  /**
   * The rule was checked.
   *
   * @param metric in the rule's unit, rows or percent; absent where the number of rows does not
   *     stand above its noise
   * @param costFactor by which ρ would have to grow for a verdict if the metric stays where it is;
   *     1 where there is a verdict, absent where no factor would do
   * @param noiseFloor the drift that noise alone would show as, where that is too much of the
   *     threshold to judge anything
   */
  record Judged(
      QualityRule rule,
      RuleVerdict verdict,
      Optional<Estimate> metric,
      Optional<Double> costFactor,
      Optional<Double> noiseFloor)
      implements RuleOutcome {
    Judged(
        QualityRule rule,
        RuleVerdict verdict,
        Optional<Estimate> metric,
        Optional<Double> costFactor) {
      this(rule, verdict, metric, costFactor, Optional.empty());
    }

    static Judged belowNoise(QualityRule rule, double noiseFloor, Optional<Double> costFactor) {
      return new Judged(
          rule, RuleVerdict.INCONCLUSIVE, Optional.empty(), costFactor, Optional.of(noiseFloor));
    }
  }

  /**
   * The rule could not be checked by an audit over sums.
   *
   * @param column that the rule speaks of and the audit does not release
   */
  record NotRun(QualityRule rule, String column) implements RuleOutcome {
    public String reason() {
      return "column " + column + " is not released by this audit";
    }
  }
}
