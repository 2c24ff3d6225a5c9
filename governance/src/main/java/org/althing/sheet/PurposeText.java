package org.althing.sheet;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.althing.policy.Allowed;
import org.althing.study.Purpose;

/** What the codes of purposes mean, a sentence each. */
final class PurposeText {
  private static final Map<Purpose.Category, String> CHINESE =
      Map.of(
          Purpose.Category.NO_RESTRICTION, "不限用途",
          Purpose.Category.GENERAL_RESEARCH, "一般研究",
          Purpose.Category.BIOMEDICAL_RESEARCH, "健康、医学或生物医学研究",
          Purpose.Category.DISEASE_RESEARCH, "针对一种疾病的研究",
          Purpose.Category.ANCESTRY_RESEARCH, "人群起源或祖源研究");

  private static final Map<String, String> CHINESE_MODIFIERS =
      Map.ofEntries(
          Map.entry("DUO:0000012", "仅限指明类型的研究"),
          Map.entry("DUO:0000015", "不用于通用方法研究"),
          Map.entry("DUO:0000016", "仅限遗传学研究"),
          Map.entry("DUO:0000018", "仅限非营利且非商业用途"),
          Map.entry("DUO:0000019", "公开发表结果"),
          Map.entry("DUO:0000020", "与数据方合作"),
          Map.entry("DUO:0000021", "提供伦理审批文件"),
          Map.entry("DUO:0000022", "限于指明的地区"),
          Map.entry("DUO:0000024", "指明日期之前不发表"),
          Map.entry("DUO:0000025", "限于指明的期限"),
          Map.entry("DUO:0000026", "仅限经批准的使用者"),
          Map.entry("DUO:0000027", "限于经批准的项目"),
          Map.entry("DUO:0000028", "限于经批准的机构"),
          Map.entry("DUO:0000029", "归还衍生数据"),
          Map.entry("DUO:0000043", "临床诊疗"),
          Map.entry("DUO:0000044", "不用于人群起源或祖源研究"),
          Map.entry("DUO:0000045", "仅限非营利机构"),
          Map.entry("DUO:0000046", "仅限非商业用途"));

  private PurposeText() {}

  static List<String> of(Allowed purposes, Language language) {
    return purposes.names().stream()
        .filter(Purpose::isCoded)
        .map(text -> sentence(Purpose.of(text), text, language))
        .toList();
  }

  private static String sentence(Purpose purpose, String text, Language language) {
    String disease = purpose.disease().map(code -> " (" + code + ")").orElse("");
    Map<String, String> names = language == Language.EN ? Purpose.MODIFIERS : CHINESE_MODIFIERS;
    String conditions =
        purpose.modifiers().stream()
            .map(code -> "%s (%s)".formatted(names.get(code), code))
            .collect(Collectors.joining(language == Language.EN ? "; " : "；"));
    return switch (language) {
      case EN ->
          "\"%s\" is %s%s%s."
              .formatted(
                  text,
                  purpose.category().label(),
                  disease,
                  conditions.isEmpty() ? "" : ", of a study that undertakes: " + conditions);
      case ZH ->
          "“%s”指%s%s%s。"
              .formatted(
                  text,
                  CHINESE.get(purpose.category()),
                  disease,
                  conditions.isEmpty() ? "" : "；研究须承诺：" + conditions);
    };
  }
}
