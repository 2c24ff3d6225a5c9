package org.althing.compliance;

import java.util.Locale;

/** The reports there are. */
public enum ReportKind {
  RECORD("Record of processing", "处理活动记录"),
  PRIVACY("Privacy-guarantee statement", "隐私保障声明"),
  QUALITY("Data-quality audit report", "数据质量审计报告"),
  MODEL("Model card", "模型卡");

  private final String english;
  private final String chinese;

  ReportKind(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** As commands and files name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Phrase title() {
    return Phrase.of(english, chinese);
  }
}
