package org.althing.compliance;

import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.release.Estimate;
import org.althing.report.Decimal;
import org.althing.report.Wording;

/** Quality rules and what became of them, in words. */
final class RuleWords {
  private static final Phrase NOT_RUN = Phrase.of("○\u00a0not\u00a0run", "○\u00a0未执行");

  private RuleWords() {}

  static Phrase demand(QualityRule rule) {
    return Phrase.of(Wording.rule(rule), chinese(rule));
  }

  static Phrase verdict(RuleOutcome outcome) {
    if (!(outcome instanceof RuleOutcome.Judged judged)) {
      return NOT_RUN;
    }
    return verdict(judged.verdict());
  }

  static Phrase verdict(RuleVerdict verdict) {
    return switch (verdict) {
      case PASS -> Phrase.of("✔\u00a0pass", "✔\u00a0通过");
      case FAIL -> Phrase.of("✖\u00a0fail", "✖\u00a0未通过");
      case INCONCLUSIVE -> Phrase.of("?\u00a0inconclusive", "?\u00a0无法判定");
    };
  }

  static Phrase found(RuleOutcome outcome) {
    if (!(outcome instanceof RuleOutcome.Judged judged) || judged.metric().isEmpty()) {
      return outcome instanceof RuleOutcome.NotRun notRun
          ? Phrase.of(notRun.reason(), "本次审计未发布列 " + notRun.column())
          : Phrase.of("too few rows for the noise", "行数太少，淹没在噪声中");
    }
    Estimate metric = judged.metric().get();
    return Phrase.same(
        switch (outcome.rule().unit()) {
          case ROWS -> Wording.count(metric);
          case PERCENT -> both(metric, 2) + " %";
          case DISTANCE -> both(metric, 3);
          case WORDS -> both(metric, 2);
        });
  }

  private static String both(Estimate metric, int digits) {
    return Decimal.fixed(metric.value(), digits)
        + " ± "
        + Decimal.fixed(metric.noiseDeviation(), digits);
  }

  private static String chinese(QualityRule rule) {
    String operator =
        switch (rule.operator()) {
          case MUST_BE_LESS_THAN -> " < ";
          case MUST_BE_LESS_OR_EQUAL_TO -> " ≤ ";
          case MUST_BE_GREATER_THAN -> " > ";
          case MUST_BE_GREATER_OR_EQUAL_TO -> " ≥ ";
        };
    boolean groups = rule.measure() instanceof RuleMeasure.Groups;
    String unit = rule.unit() != QualityRule.Unit.PERCENT ? "" : groups ? "（每 100 行）" : " %";
    return chinese(rule.measure()) + operator + Decimal.significant(rule.threshold(), 6) + unit;
  }

  private static String chinese(RuleMeasure measure) {
    if (measure instanceof RuleMeasure.Faults faults) {
      return faults.column()
          + switch (faults.kind()) {
            case NULL_VALUES -> "：空值";
            case MISSING_VALUES -> "：空值或缺失代码";
            case INVALID_VALUES -> "：无效值";
          };
    }
    if (measure instanceof RuleMeasure.Matching matching) {
      String among = matching.among().map(a -> "（范围：" + a.sql() + "）").orElse("");
      return "满足（" + matching.where().sql() + "）的行" + among;
    }
    if (measure instanceof RuleMeasure.Groups groups) {
      String equal = String.join("、", groups.equal()) + " 相同";
      return equal + groups.label().map(label -> "而 " + label + " 不同").orElse("") + "的行组";
    }
    if (measure instanceof RuleMeasure.Drift drift) {
      return drift.column()
          + switch (drift.distance()) {
            case L_INFINITY -> "：占比的最大变化（L∞）";
            case KOLMOGOROV_SMIRNOV -> "：分布的变化（分箱 KS）";
            case JENSEN_SHANNON -> "：占比的变化（Jensen-Shannon，比特）";
            case STABILITY_INDEX -> "：占比的变化（PSI）";
            case CHI_SQUARE -> "：占比的变化（每行 χ²）";
          };
    }
    if (measure instanceof RuleMeasure.MeanWords words) {
      return "%s：平均词数（每条文本至多计 %d 个）".formatted(words.column(), words.most());
    }
    return "行数";
  }
}
