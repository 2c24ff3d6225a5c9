package org.althing.compliance;

import java.util.Locale;

/** What only people can say; nothing else in a report is typed. */
public enum Particular {
  NAME("Name and address", "名称与地址"),
  CONTACT("Contact", "联系方式"),
  REPRESENTATIVE("Representative", "代表"),
  DPO("Data protection officer", "数据保护官（个人信息保护负责人）"),
  JOINT_CONTROLLERS("Joint controllers", "共同控制者"),
  COUNTRY("Country", "所在国家或地区"),
  PURPOSE("Purpose in the controller's words", "处理目的（控制者表述）"),
  LEGAL_BASIS("Legal basis", "法律依据"),
  SPECIAL_CATEGORY_CONDITION("Condition for special categories of data", "处理特殊类别数据的条件"),
  DATA_SUBJECTS("Categories of data subjects", "数据主体类别"),
  DATA_CATEGORIES("Categories of personal data", "个人数据类别"),
  DATA_ORIGIN("Collection and origin of the data", "数据的采集与来源"),
  RECIPIENTS("Further recipients", "其他接收方"),
  TRANSFERS("Transfers to third countries", "向第三国的传输"),
  SAFEGUARDS("Safeguards of transfers", "传输的保障措施"),
  RETENTION("Time limits for erasure", "删除期限"),
  SECURITY("The organisation's own security measures", "本机构自身的安全措施"),
  ASSESSMENT_REASON("Why an impact assessment is due", "需进行影响评估的情形"),
  NECESSITY("Lawfulness, legitimacy and necessity", "合法性、正当性与必要性"),
  RISK("Impact on individuals and risks", "对个人权益的影响与风险"),
  MEASURES_JUDGED("Whether the measures fit the risks", "保护措施与风险程度是否相适应"),
  LAST_AUDIT("Last compliance audit", "最近一次合规审计"),
  INCIDENTS("Incidents", "安全事件"),
  INTENDED_USE("Intended use", "预期用途"),
  OUT_OF_SCOPE("Uses out of scope", "不适用的用途"),
  LIMITATIONS("Known limits", "已知局限"),
  BIAS("Examination for bias, and measures", "偏差审查与措施"),
  APPROVALS("Who approved", "批准人"),
  REGION("Region", "地区"),
  SECTOR("Sector", "行业"),
  CURATOR_TYPE("Kind of organisation", "机构类型");

  private final String english;
  private final String chinese;

  Particular(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** As a file of particulars writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Phrase label() {
    return Phrase.of(english, chinese);
  }
}
