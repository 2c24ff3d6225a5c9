package org.althing.sheet;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.althing.approval.ApprovalRule;
import org.althing.policy.Allowed;
import org.althing.policy.Budget;
import org.althing.policy.Limits;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;

/** An owner's policy as sentences, so that whoever signs for it reads what it does. */
public final class PolicyText {
  private PolicyText() {}

  /** One sentence per line, each ended by a line feed. */
  public static String of(Policy policy, Language language) {
    List<String> sentences =
        switch (language) {
          case EN -> english(policy);
          case ZH -> chinese(policy);
        };
    return sentences.stream().map(s -> s + "\n").collect(Collectors.joining());
  }

  private static List<String> english(Policy p) {
    List<String> text = new ArrayList<>();
    Limits limits = p.limits();
    text.add(
        "From %s until %s, %s answers studies asked by %s, for %s."
            .formatted(
                p.validity().from(),
                p.validity().until(),
                p.org(),
                named(p.leads(), "anybody", "nobody"),
                named(p.purposes(), "any purpose", "no purpose")));
    text.addAll(PurposeText.of(p.purposes(), Language.EN));
    text.add("It takes part in: %s.".formatted(named(p.analyses(), "everything", "nothing")));
    text.add(
        "A study may use the columns %s%s."
            .formatted(
                named(p.columns(), "that its contract names, all of them", "none"),
                p.never().isEmpty() ? "" : ", and never " + String.join(", ", p.never())));
    text.add(
        "Nothing leaves but sums over all organisations, added under secure aggregation with noise in them.");
    text.add(
        "A study asks at least %d organisations%s, and has at most %d releases."
            .formatted(
                limits.leastNodes(),
                limits.leastPeople() == 0
                    ? ""
                    : " with at least %d people declared in public".formatted(limits.leastPeople()),
                limits.mostReleases()));
    text.add(
        "Every sum is over at least %d organisations, and its noise withstands %d of them working with the coordinator."
            .formatted(limits.leastSurvivors(), limits.leastColluders()));
    for (Map.Entry<String, Budget> budget : p.budgets().entrySet()) {
      Budget b = budget.getValue();
      text.add(
          "All studies together may spend %s on the people of \"%s\", a single study %s, at δ = %s; nothing that is spent comes back."
              .formatted(cost(b.total(), b), budget.getKey(), cost(b.perStudy(), b), delta(b)));
      b.perLead()
          .ifPresent(
              most ->
                  text.add("Of it the studies of one lead may hold %s.".formatted(cost(most, b))));
      b.perPeriod()
          .ifPresent(
              limit ->
                  text.add(
                      "Of it the studies of any %s may hold %s."
                          .formatted(inWords(limit.length(), Language.EN), cost(limit.most(), b))));
    }
    text.add(approvalsInEnglish(p.approvals()));
    text.add(
        p.retention().periods().isEmpty()
            ? "Nothing that this node keeps is erased by itself: no time limit is set."
            : "A sweep erases, and declares in the log that it did: "
                + retention(p.retention(), RETENTION_EN, Language.EN)
                + ". Ledger, policies and receipts stay.");
    text.add("What is not named here is refused.");
    return text;
  }

  private static String approvalsInEnglish(ApprovalRule rule) {
    if (!rule.asksAnybody()) {
      return "Nobody is asked: this policy alone decides.";
    }
    return "What it allows still waits for the agreement of %s, different people with their own keys, nobody on an own study; a statement counts for at most %d days, and one no is enough. They are: %s."
        .formatted(
            rule.from().entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(" and ")),
            rule.validDays(),
            people(rule, "; "));
  }

  private static List<String> chinese(Policy p) {
    List<String> text = new ArrayList<>();
    Limits limits = p.limits();
    text.add(
        "自 %s 至 %s，%s 回应由%s提出、目的为%s的研究。"
            .formatted(
                p.validity().from(),
                p.validity().until(),
                p.org(),
                named(p.leads(), "任何人", "（无人）"),
                named(p.purposes(), "任何目的", "（无）")));
    text.addAll(PurposeText.of(p.purposes(), Language.ZH));
    text.add("允许的分析：%s。".formatted(named(p.analyses(), "全部", "无")));
    text.add(
        "研究可使用的列：%s%s。"
            .formatted(
                named(p.columns(), "数据契约中的全部列", "无"),
                p.never().isEmpty() ? "" : "；绝不使用：" + String.join(", ", p.never())));
    text.add("离开本机构的只有各机构之和，经安全聚合并加入噪声。");
    text.add(
        "一项研究至少有 %d 个机构参与%s，最多发布 %d 次结果。"
            .formatted(
                limits.leastNodes(),
                limits.leastPeople() == 0 ? "" : "，并公开声明至少 %d 人".formatted(limits.leastPeople()),
                limits.mostReleases()));
    text.add(
        "每个和至少包含 %d 个机构；即使其中 %d 个机构与协调方合谋，噪声仍提供保护。"
            .formatted(limits.leastSurvivors(), limits.leastColluders()));
    for (Map.Entry<String, Budget> budget : p.budgets().entrySet()) {
      Budget b = budget.getValue();
      text.add(
          "对人群“%s”，所有研究合计最多花费 %s，单项研究最多 %s，δ = %s；已花费的不再退还。"
              .formatted(budget.getKey(), cost(b.total(), b), cost(b.perStudy(), b), delta(b)));
      b.perLead().ifPresent(most -> text.add("其中每位负责人的研究合计最多占用 %s。".formatted(cost(most, b))));
      b.perPeriod()
          .ifPresent(
              limit ->
                  text.add(
                      "其中任意 %s内的研究合计最多占用 %s。"
                          .formatted(inWords(limit.length(), Language.ZH), cost(limit.most(), b))));
    }
    text.add(approvalsInChinese(p.approvals()));
    text.add(
        p.retention().periods().isEmpty()
            ? "本节点保存的内容不设删除期限。"
            : "清除操作删除下列内容，并在日志中声明："
                + retention(p.retention(), RETENTION_ZH, Language.ZH)
                + "。账本、策略与凭证始终保留。");
    text.add("此处未列出的一律拒绝。");
    return text;
  }

  private static final Map<Retention.Kind, String> RETENTION_EN =
      Map.of(
          Retention.Kind.OUTBOX, "the messages that left",
          Retention.Kind.APPROVALS, "what people said, in their names",
          Retention.Kind.SALTS, "the salts of commitments in the log");

  private static final Map<Retention.Kind, String> RETENTION_ZH =
      Map.of(
          Retention.Kind.OUTBOX, "已发出的消息",
          Retention.Kind.APPROVALS, "人员的署名意见",
          Retention.Kind.SALTS, "日志中承诺的盐值");

  private static String retention(
      Retention retention, Map<Retention.Kind, String> names, Language language) {
    return retention.periods().entrySet().stream()
        .map(
            each ->
                (language == Language.EN ? "%s (kept %s)" : "%s（保存 %s）")
                    .formatted(names.get(each.getKey()), inWords(each.getValue(), language)))
        .collect(Collectors.joining(language == Language.EN ? "; " : "；"));
  }

  private static String inWords(Period period, Language language) {
    String[] units =
        language == Language.EN
            ? new String[] {"year(s)", "month(s)", "day(s)"}
            : new String[] {"年", "个月", "天"};
    int[] counts = {period.getYears(), period.getMonths(), period.getDays()};
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < units.length; i++) {
      if (counts[i] != 0) {
        parts.add(counts[i] + " " + units[i]);
      }
    }
    return String.join(" ", parts);
  }

  private static String approvalsInChinese(ApprovalRule rule) {
    if (!rule.asksAnybody()) {
      return "无需人工批准：仅由本策略决定。";
    }
    return "本策略允许的研究仍须等待批准：%s，须为不同的人，各用自己的密钥，任何人不得批准自己的研究；每份意见最多有效 %d 天，一人反对即拒绝。有权表态的人：%s。"
        .formatted(
            rule.from().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue() + " 人")
                .collect(Collectors.joining("、")),
            rule.validDays(),
            people(rule, "；"));
  }

  private static String people(ApprovalRule rule, String between) {
    return rule.people().stream()
        .map(
            person ->
                "%s (%s, %s)"
                    .formatted(
                        person.id(), String.join(", ", person.roles()), person.key().fingerprint()))
        .collect(Collectors.joining(between));
  }

  private static String named(Allowed allowed, String everything, String nothing) {
    if (allowed.everything()) {
      return everything;
    }
    return allowed.names().isEmpty() ? nothing : String.join(", ", allowed.names());
  }

  /** Rounded up: a budget is never shown as smaller than it is. */
  private static String cost(Rho rho, Budget of) {
    return "ε %s (ρ %s)"
        .formatted(Brief.cost(Accountant.epsilonFor(rho, of.delta())), Brief.cost(rho));
  }

  private static String delta(Budget budget) {
    return Brief.delta(budget.delta());
  }
}
