package org.althing.compliance;

import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;

/**
 * The characteristics of data quality that ISO/IEC 5259-2:2024 names, in its groups: inherent;
 * inherent and of the system; of the system; additional for analytics and machine learning.
 */
enum Characteristic {
  ACCURACY("Accuracy", "准确性", Why.NO_RULE),
  COMPLETENESS("Completeness", "完整性", Why.NO_RULE),
  CONSISTENCY("Consistency", "一致性", Why.NO_RULE),
  CREDIBILITY("Credibility", "可信性", Why.PEOPLE),
  CURRENTNESS("Currentness", "现时性", Why.NO_RULE),

  ACCESSIBILITY("Accessibility", "可访问性", Why.SYSTEM),
  COMPLIANCE("Compliance", "依从性", Why.PEOPLE),
  EFFICIENCY("Efficiency", "效率", Why.SYSTEM),
  PRECISION("Precision", "精度", Why.NO_RULE),
  TRACEABILITY("Traceability", "可追溯性", Why.NO_RULE),
  UNDERSTANDABILITY("Understandability", "可理解性", Why.NO_RULE),

  AVAILABILITY("Availability", "可用性", Why.SYSTEM),
  PORTABILITY("Portability", "可移植性", Why.SYSTEM),
  RECOVERABILITY("Recoverability", "可恢复性", Why.SYSTEM),

  AUDITABILITY("Auditability", "可审计性", Why.NO_RULE),
  BALANCE("Balance", "平衡性", Why.NO_LABEL),
  DIVERSITY("Diversity", "多样性", Why.NO_LABEL),
  EFFECTIVENESS("Effectiveness", "有效性", Why.PEOPLE),
  IDENTIFIABILITY("Identifiability", "可识别性", Why.ELSEWHERE),
  RELEVANCE("Relevance", "相关性", Why.PEOPLE),
  REPRESENTATIVENESS("Representativeness", "代表性", Why.NO_REFERENCE),
  SIMILARITY("Similarity", "相似性", Why.RECORDS),
  TIMELINESS("Timeliness", "时效性", Why.NO_DELAY);

  /** Why one may be without any finding. */
  private enum Why {
    NO_RULE("the contract has no such rule", "契约中没有此类规则"),
    NO_LABEL("the study names no label", "研究未指定标签"),
    PEOPLE("for people to judge, not an audit of sums", "须由人判断，无法由求和审计得出"),
    SYSTEM("a property of each owner's system, not of the sums", "属于各数据方系统的性质，无法由和得出"),
    RECORDS("would compare single records, which never leave their owners", "需要逐条比较记录，而记录从不离开其所有者"),
    NO_DELAY(
        "the delay from an event to its record, which the contract does not give",
        "指事件发生到记录之间的延迟，契约未提供"),
    NO_REFERENCE("needs a reference population that the contract does not give", "需要契约未提供的参照人群"),
    ELSEWHERE(
        "of the records: each owner's matter; of the results: see the privacy statement",
        "记录：由各数据方处理；结果：见隐私保障声明");

    private final String english;
    private final String chinese;

    Why(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }
  }

  private final String english;
  private final String chinese;
  private final Why why;

  Characteristic(String english, String chinese, Why why) {
    this.english = english;
    this.chinese = chinese;
    this.why = why;
  }

  Phrase label() {
    return Phrase.of(english, chinese);
  }

  /** Why it is not assessed, where it is not. */
  Phrase why() {
    return Phrase.of(why.english, why.chinese);
  }

  /**
   * Where a rule counts. What a contract calls conformity is syntactic accuracy there (measure
   * Acc-ML-1), a repeated row is inconsistent (Con-ML-1), the age of dates their currentness
   * (Cur-ML-1), and too few rows a file that is not complete (ISO/IEC 25024): that there are many
   * rows says nothing of whom they represent.
   */
  static Characteristic of(QualityRule rule) {
    if (rule.measure() instanceof RuleMeasure.RowCount) {
      return COMPLETENESS;
    }
    return switch (rule.dimension()) {
      case "accuracy", "conformity" -> ACCURACY;
      case "completeness" -> COMPLETENESS;
      case "consistency", "uniqueness" -> CONSISTENCY;
      case "coverage" -> REPRESENTATIVENESS;
      case "timeliness" -> CURRENTNESS;
      default -> throw new IllegalArgumentException("no such dimension: " + rule.dimension());
    };
  }
}
