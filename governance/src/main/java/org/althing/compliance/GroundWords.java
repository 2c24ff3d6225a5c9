package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.althing.study.Ground;
import org.althing.study.Refusal;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/**
 * Why a study did not go on, as the log words it and in Chinese. What people typed, and words of
 * another program that have no form here, stand in quotes as they are.
 */
final class GroundWords {
  private GroundWords() {}

  /** Every reason of a refusal, each behind its clause. */
  static Phrase refusal(StudyEvent.NodeRefused refused) {
    return Phrase.of(
        String.join("; ", refused.reasons()),
        refused.refusal().statement().reasons().stream()
            .map(GroundWords::chinese)
            .collect(Collectors.joining("；")));
  }

  /** Why the coordinator stopped a study, whose record tells what a node said itself. */
  static Phrase stop(String reason, StudyRecord record) {
    String chinese = Ground.inStop(reason).map(told -> stop(told, record)).orElse(quoted(reason));
    return Phrase.of(reason, chinese);
  }

  /** Why an attempt broke down. */
  static Phrase attempt(String reason) {
    return Phrase.of(
        reason, Ground.inStop(reason).map(GroundWords::chinese).orElse(quoted(reason)));
  }

  private static String chinese(Refusal.Reason reason) {
    String text = reason.text();
    return reason.clause()
        + "："
        + Ground.inRefusal(text).map(GroundWords::chinese).orElse(quoted(text));
  }

  private static String quoted(String words) {
    return "原文“" + words + "”";
  }

  private static String stop(Ground.Told told, StudyRecord record) {
    if (told.ground() != Ground.REFUSED) {
      return chinese(told);
    }
    String node = told.facts().get(0);
    return record.events(StudyEvent.NodeRefused.class).stream()
        .filter(refused -> refused.node().value().equals(node))
        .findFirst()
        .map(refused -> node + " 拒绝：" + refusal(refused).chinese())
        .orElseGet(() -> chinese(told));
  }

  private static String chinese(Ground.Told told) {
    String pattern =
        switch (told.ground()) {
          case NO_POLICY -> "此处没有策略，因此一概不允许；策略由数据方编写";
          case NOT_VALID -> "策略有效期为 %s 至 %s，今天是 %s";
          case NOT_ALLOWED -> "%s“%s”未获允许；允许的有：%s";
          case NEVER_ALLOWED -> "永不允许使用：%s";
          case NOT_AMONG_COLUMNS -> "不在允许的列之中：%s";
          case TOO_FEW -> "%s为 %s，要求至少 %s";
          case TOO_MANY_RELEASES -> "该研究有 %s 次发布，最多允许 %s 次";
          case NO_BUDGET -> "该人群没有预算";
          case DEARER_THAN_A_STUDY -> "该研究预留 ρ %s，单项研究最多可预留 ρ %s";
          case DEARER_THAN_LEFT -> "该研究预留 ρ %s，剩余 ρ %s";
          case DEARER_FOR_LEAD -> "该研究预留 ρ %s，该负责人的其他研究占用 ρ %s，每位负责人最多占用 ρ %s";
          case DEARER_IN_PERIOD -> "该研究预留 ρ %s，最近 %s 内的研究占用 ρ %s，合计最多占用 ρ %s";
          case NOT_RESERVED -> "%s：该研究预留 ρ %s，剩余 ρ %s";
          case OTHER_PLAN -> "本节点由这些文件编制出的计划或名册不同：请比较名册与版本";
          case NOT_ASKED -> "该研究未请求本节点参与";
          case NO_SOURCE -> "此处没有数据源绑定到契约 %s";
          case DENIED -> "一名担任“%s”角色的人员拒绝，理由原文“%s”";
          case OVERDUE -> "在研究截止之前，同意的人员不足";
          case CROWDED -> "此处已有 %s 项研究等待人员答复";
          case CANCELLED -> "由研究负责人取消";
          case REFUSED -> "%s 拒绝，原文“%s”";
          case CANNOT_TAKE_PART -> "%s 无法参与，原文“%s”";
          case TIME_IS_OVER -> "研究可用的时间已到";
          case TIME_IS_OVER_WITHOUT -> "研究可用的时间已到，未收到 %s 的答复";
          case NO_ANSWER -> "未及时收到 %s 的答复";
          case TOO_FEW_HERE -> "%2$s 个节点中有 %1$s 个在线，法定人数为 %3$s；缺席：%4$s";
          case TOO_FEW_HERE_EXCLUDED -> "%2$s 个节点中有 %1$s 个在线，法定人数为 %3$s；缺席：%4$s；已排除：%5$s";
          case QUORUM_WITHOUT -> "%s 发给其他节点的内容有误，除去后无法达到法定人数 %s";
          case NO_KEYS -> "密钥建立连续失败 %s 次，最后一次的原文“%s”";
          case TOO_FEW_CHARGED -> "本轮参与者中仅%s个及时扣减了本次预算，须有%s个";
          case TOO_FEW_REMEMBER -> "本轮参与者中仅%s个记录了本次的预算扣减，须有%s个";
          case LEFT_BEFORE_UNMASKING -> "仍在的成员未及协助去除掉线成员的掩码便已离开：%s";
          case NOT_COMPLETED -> "发布 %s 未能完成，计划总共允许 %s 次重复扣费";
        };
    return pattern.formatted(facts(told).toArray());
  }

  /** The facts; those that are words of ours and not of people are translated. */
  private static List<String> facts(Ground.Told told) {
    List<String> facts = new ArrayList<>(told.facts());
    switch (told.ground()) {
      case NOT_ALLOWED -> {
        facts.set(0, word(facts.get(0)));
        facts.set(2, word(facts.get(2)));
      }
      case TOO_FEW, NOT_RESERVED -> facts.set(0, word(facts.get(0)));
      default -> {}
    }
    return facts;
  }

  private static String word(String english) {
    return switch (english) {
      case "lead" -> "研究负责人";
      case "purpose" -> "目的";
      case "analysis" -> "分析";
      case "everything" -> "全部";
      case "nothing" -> "无";
      case "members" -> "成员数";
      case "people declared by the study" -> "研究声明的人数";
      case "colluding members withstood" -> "可抵御的合谋成员数";
      case "nodes in every sum" -> "每个和包含的节点数";
      case "NO_BUDGET" -> "没有预算";
      case "OVER_BUDGET" -> "超出预算";
      case "OTHER_TERMS" -> "此前以其他条件预留过";
      case "CLOSED" -> "该研究已结束，不会再开始";
      default -> english;
    };
  }
}
