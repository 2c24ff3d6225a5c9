package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.Rho;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.StudyEvent;

/**
 * The record of processing: GDPR Art. 30(1) for each organisation and Art. 30(2) for the operator,
 * with the views that PIPL Art. 54 to 56 and HIPAA ask for.
 */
public final class ProcessingRecord {
  private static final int PIPL_YEARS = 3;
  private static final int HIPAA_YEARS = 6;
  private static final Phrase LEDE =
      Phrase.of(
          "What was done with whose data, for whom and under which protection, in the order in which GDPR Art. 30 asks for it, and again as PIPL and HIPAA ask for it.",
          "对哪些人的数据做了什么、为谁而做、采取了何种保护：先按 GDPR 第 30 条的顺序列出，再按《个人信息保护法》与 HIPAA 的要求列出。");

  private final StudyFacts facts;
  private final List<NodeId> organisations;

  private ProcessingRecord(StudyFacts facts, List<NodeId> organisations) {
    this.facts = facts;
    this.organisations = organisations;
  }

  /**
   * @param organisation the only one to report on; empty for all
   * @throws IllegalArgumentException where it is no member of the study
   */
  public static ComplianceReport of(
      VerifiedStudy study, Particulars particulars, Optional<NodeId> organisation) {
    StudyFacts facts = new StudyFacts(study, particulars);
    if (organisation.isPresent() && !facts.members().contains(organisation.get())) {
      throw new IllegalArgumentException(
          "%s took no part: the study's members are %s"
              .formatted(organisation.get(), StudyFacts.names(facts.members())));
    }
    List<NodeId> of = organisation.map(List::of).orElse(facts.members());
    return new ComplianceReport(
        ReportKind.RECORD, facts, LEDE, new ProcessingRecord(facts, of).chapters());
  }

  private List<Chapter> chapters() {
    List<Chapter> chapters = new ArrayList<>();
    organisations.forEach(node -> chapters.add(controller(node)));
    chapters.add(
        new Chapter("data", Phrase.of("Data that the study reads", "研究读取的数据"))
            .add(facts.columns())
            .add(volume()));
    chapters.add(
        new Chapter("operations", Phrase.of("What was done", "已进行的处理"))
            .add(cleaning())
            .add(operations()));
    chapters.add(
        new Chapter("received", Phrase.of("Recipients", "接收方"))
            .say(
                Phrase.of(
                    "No record of a person is among what left. Whether a noisy sum is personal data is for the controller to judge; the privacy-guarantee statement says what it can reveal at most.",
                    "离开本机构的内容中没有任何个人的记录。带噪声的和是否属于个人数据由控制者判断；其最多可能泄露的程度见隐私保障声明。"))
            .add(facts.received())
            .add(countries()));
    chapters.add(
        new Chapter("security", Phrase.of("Security measures", "安全措施")).add(facts.security()));
    chapters.add(processor());
    chapters.add(pipl());
    chapters.add(hipaa());
    chapters.add(
        new Chapter("refused", Phrase.of("Refusals and break-downs", "拒绝与失败")).add(refused()));
    chapters.add(facts.receipt());
    return chapters;
  }

  private Chapter controller(NodeId node) {
    Part.Fields who = new Part.Fields(Phrase.of("(a) Controller", "（a）控制者"));
    who.put(
        "node",
        Phrase.of("Node in the log", "日志中的节点"),
        Statement.of(Phrase.of("%s, key %s", "%s，密钥 %s").with(node, key(node)), Trail.roster()));
    put(who, node, Particular.NAME, Particular.CONTACT, Particular.JOINT_CONTROLLERS);
    put(who, node, Particular.REPRESENTATIVE, Particular.DPO, Particular.COUNTRY);
    Part.Fields why = new Part.Fields(Phrase.of("(b) Purposes", "（b）处理目的"));
    why.put(
        "title",
        Phrase.of("Study", "研究"),
        Statement.of(facts.study().title(), Trail.study("title")));
    why.put(
        "purpose_code", Phrase.of("Purpose as policies name it", "策略所用的目的代码"), facts.purposeCode());
    why.put("lead", Phrase.of("Asked by", "提出者"), facts.lead());
    put(why, node, Particular.PURPOSE, Particular.LEGAL_BASIS);
    put(why, node, Particular.SPECIAL_CATEGORY_CONDITION);
    Part.Fields whose =
        new Part.Fields(Phrase.of("(c) Data subjects and categories of data", "（c）数据主体与数据类别"));
    whose.put(
        "unit",
        Phrase.of("Whom the budget protects", "隐私预算所保护的单元"),
        Statement.of(facts.unit(), Trail.contract("schema.customProperties")));
    put(whose, node, Particular.DATA_SUBJECTS, Particular.DATA_CATEGORIES);
    whose.put(
        "columns",
        Phrase.of("Columns read", "读取的列"),
        Statement.of(
            String.join(", ", facts.study().columnsRead(facts.findings().contract())),
            Trail.study("analysis", "cleaning")));
    Part.Fields toWhom =
        new Part.Fields(Phrase.of("(d) Recipients and (e) transfers", "（d）接收方与（e）跨境传输"));
    toWhom.put(
        "recipients_in_log",
        Phrase.of("Recipients in the log", "日志中的接收方"),
        Statement.of(
            Phrase.of(
                    "coordinator, study lead “%s”, members %s; see “Recipients”",
                    "协调方、研究负责人“%s”、成员 %s；见“接收方”")
                .with(facts.study().lead(), StudyFacts.names(facts.members())),
            Trail.study("lead")));
    put(toWhom, node, Particular.RECIPIENTS, Particular.TRANSFERS, Particular.SAFEGUARDS);
    Part.Fields until = new Part.Fields(Phrase.of("(f) Erasure and (g) security", "（f）删除与（g）安全"));
    put(until, node, Particular.RETENTION);
    DeclaredWords declared = new DeclaredWords(facts.verified());
    until.put(
        "erasure", Phrase.of("Erasures done by the node", "节点已执行的删除"), declared.erasures(node));
    put(until, node, Particular.SECURITY);
    until.put(
        "measures",
        Phrase.of("Technical measures", "技术措施"),
        Statement.of(Phrase.of("see “Security measures”", "见“安全措施”"), Trail.plan()));
    until.put(
        "policy_changes",
        Phrase.of("Policies that are not only stricter, and budgets that grew", "放宽的策略与增加的预算"),
        declared.changes(node));
    until.put(
        "incidents_declared",
        Phrase.of("Incidents declared in the log", "日志中声明的安全事件"),
        declared.incidents(node));
    put(until, node, Particular.INCIDENTS);
    return new Chapter(
            "controller-" + node,
            Phrase.of("%s as controller (GDPR Art. 30(1))", "%s 作为控制者（GDPR 第 30 条第 1 款）")
                .with(node))
        .add(who)
        .add(why)
        .add(whose)
        .add(toWhom)
        .add(until)
        .add(own(node));
  }

  private void put(Part.Fields fields, NodeId node, Particular... wanted) {
    fields.ask(particular -> facts.typed().of(node, particular), wanted);
  }

  private String key(NodeId node) {
    return facts.plan().roster().members().stream()
        .filter(member -> member.id().equals(node))
        .map(Roster.Member::key)
        .map(key -> key.fingerprint())
        .findFirst()
        .orElseThrow();
  }

  /** What the organisation itself signed. */
  private Part.Rows own(NodeId node) {
    Part.Rows rows =
        new Part.Rows(
            "signed-" + node,
            Phrase.of("What %s signed", "%s 签署的内容").with(node),
            Phrase.of("When", "时间"),
            Phrase.of("What", "内容"));
    facts
        .trail()
        .admissionOf(node)
        .ifPresent(
            each -> {
              Admission admission = each.what();
              rows.row(
                  each.source().at("admission.policy", "admission.reserved", "time"),
                  facts.time(each.entry()),
                  Phrase.of(
                          "admitted the plan under its policy %s and set aside ρ = %s",
                          "依据策略 %s 准入该计划，预留 ρ = %s")
                      .with(admission.policy().brief(), StudyFacts.rho(admission.reserved())));
            });
    for (Trail.Logged<StudyEvent.NodeRefused> each :
        facts.trail().all(StudyEvent.NodeRefused.class)) {
      if (each.what().node().equals(node)) {
        rows.row(
            each.source().at("refusal.reasons", "time"),
            facts.time(each.entry()),
            Phrase.of("refused: %s", "拒绝：%s").with(GroundWords.refusal(each.what())));
      }
    }
    for (Trail.Logged<ChargeStatement> each : facts.trail().chargesOf(node)) {
      ChargeReceipt receipt = each.what().receipt();
      rows.row(
          each.source().at("statement.marginal", "statement.release", "statement.sequence", "time"),
          facts.time(each.entry()),
          paid(receipt));
    }
    return rows.orNone(facts.wholeLog());
  }

  private static Phrase paid(ChargeReceipt receipt) {
    // One half of a split costs nothing where the other, of other people, was dearer.
    Phrase pattern =
        receipt.marginal().equals(Rho.ZERO)
            ? Phrase.of(
                "paid nothing more for release %2$d, which reads the other part of the records; ledger entry %3$d",
                "发布 %2$d 读取另一部分记录，无需再付；账本条目 %3$d")
            : Phrase.of(
                "paid ρ = %s for release %d, ledger entry %d", "为发布 %2$d 支付 ρ = %1$s，账本条目 %3$d");
    return pattern.with(
        StudyFacts.rho(receipt.marginal()), receipt.release().release() + 1, receipt.sequence());
  }

  private Part.Fields volume() {
    Part.Fields fields = new Part.Fields(Phrase.of("Volume", "数据量"));
    fields.put("people", StudyFacts.PEOPLE, facts.people());
    return fields.put(
        "rows_per_node",
        Phrase.of("Rows of one organisation", "单个机构的行数"),
        Statement.of(
            Phrase.of(
                "on purpose in no entry: a node's exact numbers never leave it",
                "有意不写入任何条目：节点的精确数字从不离开节点"),
            new Source.Design()));
  }

  private Part.Fields cleaning() {
    return new Part.Fields(Phrase.of("Before the analysis", "分析之前"))
        .put("cleaning", Phrase.of("Cleaning", "清洗"), facts.cleaning())
        .put(
            "analysis",
            Phrase.of("Analysis", "分析"),
            Statement.of(facts.analysis(), Trail.study("analysis")));
  }

  private Part.Rows operations() {
    Part.Rows rows =
        new Part.Rows(
            "operations",
            Phrase.of("Operations with their dates", "各项处理及其日期"),
            Phrase.of("When", "时间"),
            Phrase.of("What", "内容"),
            Phrase.of("Members", "成员"));
    Phrase all = Phrase.same(StudyFacts.names(facts.members()));
    rows.row(
        Trail.submission().at("lead", "time"),
        facts.time(0),
        Phrase.of("submitted by %s", "由 %s 提交").with(facts.study().lead()),
        all);
    for (Trail.Logged<StudyEvent.Released> each : facts.trail().all(StudyEvent.Released.class)) {
      rows.row(
          each.source().at("release", "survivors", "time"),
          facts.time(each.entry()),
          Phrase.of("release %d (%s) computed", "计算发布 %d（%s）")
              .with(
                  each.what().release() + 1,
                  facts.plan().releases().get(each.what().release()).name()),
          Phrase.same(StudyFacts.names(each.what().survivors())));
    }
    int end = facts.trail().end().sequence();
    return rows.row(facts.trail().ofEnd(), facts.time(end), facts.outcome(), all);
  }

  /** Of every member too, whomever the record is of: each receives the releases. */
  private Part.Fields countries() {
    Part.Fields fields = new Part.Fields(Phrase.of("Where recipients are", "接收方所在地"));
    for (NodeId node : facts.members()) {
      fields.put(
          "country_" + node, Phrase.same(node.value()), facts.typed().of(node, Particular.COUNTRY));
    }
    return fields.put(
        "country_operator",
        Phrase.of("Coordinator", "协调方"),
        facts.typed().ofOperator(Particular.COUNTRY));
  }

  private Chapter processor() {
    Part.Fields who = new Part.Fields(Phrase.of("(a) Processor and controllers", "（a）处理者与控制者"));
    who.ask(
        facts.typed()::ofOperator,
        Particular.NAME,
        Particular.CONTACT,
        Particular.REPRESENTATIVE,
        Particular.DPO,
        Particular.COUNTRY);
    for (NodeId node : organisations) {
      who.put(
          "controller_" + node,
          Phrase.of("On behalf of %s", "代表 %s").with(node),
          facts.typed().of(node, Particular.NAME));
    }
    Part.Fields what = new Part.Fields(Phrase.of("(b) Categories of processing", "（b）处理类别"));
    what.put(
        "adds",
        Phrase.of("Adds masked vectors", "对掩码向量求和"),
        facts
            .trail()
            .of(StudyEvent.Released.class, each -> true)
            .map(
                source ->
                    Statement.of(
                        Phrase.of("%d sums over masked vectors became public", "公开了 %d 个掩码向量之和")
                            .with(facts.findings().releases().size()),
                        source))
            .orElseGet(
                () ->
                    Statement.of(Phrase.of("no sum became public", "没有公开任何和"), facts.wholeLog())));
    what.put(
        "keeps",
        Phrase.of("Keeps the log", "保存日志"),
        Statement.of(
            Phrase.of("entries without any record of a person", "条目中没有任何个人的记录"),
            new Source.Design()));
    Part.Fields where =
        new Part.Fields(Phrase.of("(c) Transfers and (d) security", "（c）跨境传输与（d）安全"));
    where.ask(
        facts.typed()::ofOperator,
        Particular.TRANSFERS,
        Particular.SAFEGUARDS,
        Particular.SECURITY);
    return new Chapter(
            "operator",
            Phrase.of("The operator as processor (GDPR Art. 30(2))", "运营方作为处理者（GDPR 第 30 条第 2 款）"))
        .add(who)
        .add(what)
        .add(where);
  }

  private Chapter pipl() {
    Chapter chapter =
        new Chapter(
            "pipl",
            Phrase.of(
                "PIPL Art. 54 to 56: audit and impact assessment", "《个人信息保护法》第五十四至五十六条：合规审计与影响评估"));
    chapter.say(
        Phrase.of(
            "A draft for the assessment: what the log tells is filled in, the judgement is the handler's.",
            "评估草稿：日志可证明的内容已填入，判断由个人信息处理者作出。"));
    for (NodeId node : organisations) {
      Part.Fields fields = new Part.Fields(Phrase.of("%s as handler", "%s 作为个人信息处理者").with(node));
      put(fields, node, Particular.LAST_AUDIT, Particular.ASSESSMENT_REASON);
      fields.put(
          "method",
          Phrase.of("Purpose and method", "处理目的与处理方式"),
          Statement.of(
              Phrase.of("%s for “%s” over masked, noisy sums", "以带掩码和噪声的和进行%s，目的代码“%s”")
                  .with(facts.analysis(), facts.study().purpose()),
              Trail.study("analysis", "purpose")));
      put(fields, node, Particular.NECESSITY, Particular.RISK);
      fields.put("loss", Phrase.of("Privacy loss of one unit", "单个单元的隐私损失"), paid(node));
      put(fields, node, Particular.MEASURES_JUDGED);
      fields.put("keep", Phrase.of("Keep report and record until", "报告与记录至少保存至"), keep(PIPL_YEARS));
      chapter.add(fields);
    }
    return chapter;
  }

  private Statement paid(NodeId node) {
    List<Trail.Logged<ChargeStatement>> charges = facts.trail().chargesOf(node);
    if (charges.isEmpty()) {
      return Statement.of(Phrase.of("none: nothing was charged", "无：未扣除任何预算"), facts.wholeLog());
    }
    var paid = facts.charges().paidBy(node);
    return Statement.of(
        Phrase.same(
            "ρ = %s, ε = %s, δ = %s"
                .formatted(StudyFacts.rho(paid), facts.epsilon(paid), facts.delta())),
        facts.trail().sourceOf(charges, "statement.marginal").and(Trail.study("privacy.delta")));
  }

  private Statement keep(int years) {
    return Statement.of(
        Phrase.of("%s, %d years after the end of the study", "%s（研究结束后 %d 年）")
            .with(facts.endDay().plusYears(years), years),
        facts.trail().ofEnd());
  }

  private Chapter hipaa() {
    Part.Fields fields =
        new Part.Fields(Phrase.of("HIPAA Security Rule", "HIPAA 安全规则"))
            .put(
                "audit_controls",
                Phrase.of("Audit controls, 164.312(b)", "审计控制，164.312(b)"),
                Statement.of(
                    Phrase.of(
                            "%d entries, each naming the digest of the one before, under a cosigned checkpoint",
                            "%d 条日志，每条含前一条的摘要，并受联署检查点保护")
                        .with(facts.verified().receipt().places().size()),
                    new Source.Proof()))
            .put(
                "keep",
                Phrase.of("Keep documentation until, 164.316(b)(2)(i)", "文件至少保存至，164.316(b)(2)(i)"),
                keep(HIPAA_YEARS));
    Part.Rows rows =
        new Part.Rows(
            "accounting",
            Phrase.of("Accounting of what left, 164.528", "对外披露的记录，164.528"),
            Phrase.of("Date", "日期"),
            Phrase.of("To whom", "对象"),
            Phrase.of("What", "内容"),
            Phrase.of("Purpose", "目的"));
    for (Trail.Logged<StudyEvent.Released> each : facts.trail().all(StudyEvent.Released.class)) {
      rows.row(
          each.source().at("release", "time"),
          facts.time(each.entry()),
          Phrase.of("coordinator, %s, %s", "协调方、%s、%s")
              .with(facts.study().lead(), StudyFacts.names(facts.members())),
          Phrase.of("noisy sums of release %d", "发布 %d 的带噪声的和").with(each.what().release() + 1),
          Phrase.same(facts.study().purpose()));
    }
    return new Chapter("hipaa", Phrase.of("HIPAA view", "HIPAA 视图"))
        .say(
            Phrase.of(
                "Whether a noisy sum is a disclosure of protected health information is for the covered entity to judge.",
                "带噪声的和是否构成对受保护健康信息的披露，由适用主体判断。"))
        .add(fields)
        .add(rows.orNone(facts.wholeLog()));
  }

  private Part.Fields refused() {
    Part.Fields fields = new Part.Fields(Phrase.of("What went wrong", "异常情况"));
    fields.put("refusals", Phrase.of("Refusals", "拒绝"), facts.refusals());
    fields.put("broken", Phrase.of("Attempts that broke down", "失败的尝试"), facts.brokenAttempts());
    return fields;
  }
}
