package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.althing.contract.ContractColumn;
import org.althing.quality.ColumnFindings;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.release.Estimate;
import org.althing.report.Wording;
import org.althing.study.AnalysisChoice;
import org.althing.study.StudyEvent;
import org.althing.table.Verdict;

/**
 * A quality audit in the terms of ISO/IEC 5259-2, of Art. 10 of the AI Act and of Art. 78 of the
 * EHDS regulation; what the audit could not tell is listed as such.
 */
public final class QualityReport {
  private static final Phrase LEDE =
      Phrase.of(
          "What is known of the quality of the joint data, and what is not, in the order in which standards and laws ask for it. Every number carries the deviation of its privacy noise.",
          "按标准与法规的顺序说明联合数据质量的已知与未知之处。每个数字均附隐私噪声的偏差。");
  private static final Phrase NOT_ASSESSED = Phrase.of("○ not assessed", "○ 未评估");

  private final StudyFacts facts;
  private final QualityFindings quality;
  private final Source source;

  private QualityReport(StudyFacts facts, QualityFindings quality) {
    this.facts = facts;
    this.quality = quality;
    this.source =
        facts
            .trail()
            .of(StudyEvent.Released.class, each -> true)
            .map(log -> log.at("total", "survivors"))
            .orElseGet(facts::wholeLog);
  }

  /** Empty where the study is no finished quality audit. */
  public static Optional<ComplianceReport> of(VerifiedStudy study, Particulars particulars) {
    StudyFacts facts = new StudyFacts(study, particulars);
    return study
        .findings()
        .outcome()
        .quality()
        .map(
            quality ->
                new ComplianceReport(
                    ReportKind.QUALITY, facts, LEDE, new QualityReport(facts, quality).chapters()));
  }

  private List<Chapter> chapters() {
    return List.of(
        scope(),
        new Chapter("rules", Phrase.of("Rules and verdicts", "规则与判定"))
            .say(
                Phrase.of(
                    "A verdict is given only where the noise leaves no doubt about it; what it leaves open is inconclusive.",
                    "仅在噪声不足以影响结论时给出判定；否则为无法判定。"))
            .add(rules()),
        new Chapter("columns", Phrase.of("Columns", "各列")).add(faults()).add(values()),
        iso(),
        aiAct(),
        ehds(),
        open(),
        facts.receipt());
  }

  private Chapter scope() {
    QualityFindings.Coverage coverage = quality.coverage();
    Part.Fields fields = new Part.Fields(Phrase.of("Scope", "范围"));
    fields.put("contract", Phrase.of("Data contract", "数据契约"), facts.contract());
    fields.put(
        "members",
        Phrase.of("Organisations", "机构"),
        Statement.of(StudyFacts.names(facts.members()), Trail.roster()));
    fields.put(
        "when",
        Phrase.of("From, until", "起止时间"),
        Statement.of(
            Phrase.of("%s, %s", "%s，%s")
                .with(facts.time(0), facts.time(facts.trail().end().sequence())),
            facts.wholeLog().at("time")));
    fields.put(
        "rows",
        Phrase.of("Rows of all organisations", "全体机构的行数"),
        Statement.of(Wording.count(quality.rowCount()), source));
    fields.put(
        "declared",
        Phrase.of("Rules declared", "声明的规则数"),
        Statement.of(
            Integer.toString(coverage.declared()),
            Trail.contract("schema.quality", "schema.properties")));
    fields.put(
        "run",
        Phrase.of("Rules run", "执行的规则数"),
        Statement.of(Integer.toString(coverage.run()), source));
    fields.put(
        "not_run",
        Phrase.of("Rules not run", "未执行的规则数"),
        Statement.of(Integer.toString(coverage.notRun()), source));
    for (RuleVerdict verdict : RuleVerdict.values()) {
      fields.put(
          verdict.name().toLowerCase(Locale.ROOT),
          RuleWords.verdict(verdict),
          Statement.of(Integer.toString(judged(verdict).size()), source));
    }
    return new Chapter("scope", Phrase.of("Scope and result", "范围与结果")).add(fields);
  }

  private List<RuleOutcome> judged(RuleVerdict verdict) {
    return quality.rules().stream()
        .filter(
            outcome -> outcome instanceof RuleOutcome.Judged judged && judged.verdict() == verdict)
        .toList();
  }

  private Part.Rows rules() {
    Part.Rows rows =
        new Part.Rows(
            "rules",
            Phrase.of("Rules of the contract", "契约中的规则"),
            Phrase.of("Rule", "规则"),
            Phrase.of("Demands", "要求"),
            Phrase.of("Found", "结果"),
            Phrase.of("Verdict", "判定"),
            Phrase.of("Severity", "严重程度"),
            Phrase.of("ODCS dimension", "ODCS 维度"),
            Phrase.of("ISO/IEC 5259-2", "ISO/IEC 5259-2"));
    for (RuleOutcome outcome : quality.rules()) {
      rows.row(
          source,
          Phrase.same(outcome.rule().id()),
          RuleWords.demand(outcome.rule()),
          RuleWords.found(outcome),
          RuleWords.verdict(outcome),
          Phrase.same(outcome.rule().severity()),
          Phrase.same(outcome.rule().dimension()),
          Characteristic.of(outcome.rule()).label());
    }
    return rows.orNone(Trail.contract("schema.quality"));
  }

  private Part.Rows faults() {
    Part.Rows rows =
        new Part.Rows(
            "faults",
            Phrase.of("Faulty values, % of rows", "有问题的值，占行数的 %"),
            Phrase.of("Column", "列"),
            Phrase.of("missing>", "缺失>"),
            Phrase.of("missing code>", "缺失代码>"),
            Phrase.of("unreadable>", "无法解析>"),
            Phrase.of("out of range>", "超出范围>"),
            Phrase.of("not in set>", "不在取值集>"));
    for (ColumnFindings column : quality.columns()) {
      rows.row(
          source,
          Phrase.same(column.column()),
          share(column, Verdict.MISSING),
          share(column, Verdict.SENTINEL),
          share(column, Verdict.UNPARSABLE),
          share(column, Verdict.OUT_OF_RANGE),
          share(column, Verdict.NOT_IN_SET));
    }
    return rows;
  }

  private static Phrase share(ColumnFindings column, Verdict verdict) {
    return Phrase.same(column.fault(verdict).rate().map(Wording::percent).orElse("–"));
  }

  private Part.Rows values() {
    Part.Rows rows =
        new Part.Rows(
            "values",
            Phrase.of("How values are spread", "取值的分布"),
            Phrase.of("Column", "列"),
            Phrase.of("Value", "取值"),
            Phrase.of("Rows>", "行数>"),
            Phrase.of("% of rows>", "占行数的 %>"));
    for (ColumnFindings column : quality.columns()) {
      if (column.values().size() > 1) {
        for (ColumnFindings.ValueShare value : column.values()) {
          rows.row(
              source,
              Phrase.same(column.column()),
              Phrase.same(value.cell()),
              Phrase.same(Wording.count(value.share().count())),
              Phrase.same(value.share().rate().map(Wording::percent).orElse("–")));
        }
      }
    }
    return rows.orNone(Trail.contract("schema.properties"));
  }

  private Optional<String> label() {
    return facts.study().analysis() instanceof AnalysisChoice.Quality choice
        ? choice.label()
        : Optional.empty();
  }

  /** The rules of a characteristic with their verdicts; empty where there is none. */
  private Optional<Statement> verdicts(Characteristic characteristic) {
    List<RuleOutcome> of =
        quality.rules().stream()
            .filter(outcome -> Characteristic.of(outcome.rule()) == characteristic)
            .toList();
    return of.isEmpty() ? Optional.empty() : Optional.of(Statement.of(told(of), source));
  }

  private static Phrase told(List<RuleOutcome> outcomes) {
    return Phrase.of(
        outcomes.stream()
            .map(o -> o.rule().id() + " " + RuleWords.verdict(o).english())
            .collect(Collectors.joining("; ")),
        outcomes.stream()
            .map(o -> o.rule().id() + " " + RuleWords.verdict(o).chinese())
            .collect(Collectors.joining("；")));
  }

  private Chapter iso() {
    Part.Fields fields =
        new Part.Fields(Phrase.of("Characteristics of ISO/IEC 5259-2", "ISO/IEC 5259-2 的质量特性"));
    for (Characteristic characteristic : Characteristic.values()) {
      List<Statement> statements = new ArrayList<>();
      verdicts(characteristic).ifPresent(statements::add);
      evidence(characteristic).ifPresent(statements::add);
      if (statements.isEmpty()) {
        statements.add(notAssessed(characteristic.why()));
      }
      fields.put(
          characteristic.name().toLowerCase(Locale.ROOT), characteristic.label(), statements);
    }
    return new Chapter("iso", Phrase.of("By ISO/IEC 5259-2", "按 ISO/IEC 5259-2")).add(fields);
  }

  private static Statement notAssessed(Phrase why) {
    return new Statement(NOT_ASSESSED, new Source.Nowhere(why));
  }

  /** What is known of a characteristic besides rules. */
  private Optional<Statement> evidence(Characteristic characteristic) {
    return switch (characteristic) {
      case COMPLETENESS -> Optional.of(worst(Verdict.MISSING, Verdict.SENTINEL));
      case ACCURACY ->
          Optional.of(worst(Verdict.UNPARSABLE, Verdict.OUT_OF_RANGE, Verdict.NOT_IN_SET));
      case BALANCE, DIVERSITY -> label().map(this::balance);
      case UNDERSTANDABILITY -> Optional.of(described());
      case TRACEABILITY ->
          Optional.of(
              Statement.of(
                  Phrase.of(
                      "contract, cleaning, audit and verdicts are chained log entries under a cosigned checkpoint",
                      "契约、清洗、审计与判定均为链式日志条目，并受联署检查点保护"),
                  facts.wholeLog()));
      case AUDITABILITY ->
          Optional.of(
              Statement.of(
                  Phrase.of(
                      "anybody can recompute every number from the released sums, offline",
                      "任何人均可离线由已发布的和重算每个数字"),
                  source));
      default -> Optional.empty();
    };
  }

  /** The column with the largest share of some faults. */
  private Statement worst(Verdict... verdicts) {
    String column = "";
    Estimate most = new Estimate(0, 0);
    for (ColumnFindings each : quality.columns()) {
      for (Verdict verdict : verdicts) {
        Optional<Estimate> rate = each.fault(verdict).rate();
        if (rate.isPresent() && rate.get().value() > most.value()) {
          most = rate.get();
          column = each.column();
        }
      }
    }
    return Statement.of(
        column.isEmpty()
            ? Phrase.of("no column has a share above 0", "没有任何列的占比高于 0")
            : Phrase.of("largest share of one fault: %s, %s %% of rows", "单一问题占比最大：%s，占行数的 %s %%")
                .with(column, Wording.percent(most)),
        source);
  }

  private Statement balance(String column) {
    String shares =
        quality.column(column).values().stream()
            .map(
                value ->
                    value.cell()
                        + ": "
                        + value.share().rate().map(r -> Wording.percent(r) + " %").orElse("–"))
            .collect(Collectors.joining("; "));
    return Statement.of(Phrase.of("label %s: %s", "标签 %s：%s").with(column, shares), source);
  }

  private Statement described() {
    List<ContractColumn> columns = facts.findings().contract().columns();
    long described =
        columns.stream()
            .filter(c -> !c.description().isBlank() && !c.description().equals(c.column().name()))
            .count();
    return Statement.of(
        Phrase.of("%d of %d columns have a description in the contract", "契约的 %2$d 列中有 %1$d 列附有描述")
            .with(described, columns.size()),
        Trail.contract("schema.properties"));
  }

  private Chapter aiAct() {
    Particulars typed = facts.typed();
    Part.Fields fields =
        new Part.Fields(Phrase.of("AI Act, Art. 10(2) and (3)", "《人工智能法》第 10 条第 2、3 款"));
    fields.put(
        "10_2_a",
        Phrase.of("(a) Design choices", "（a）设计选择"),
        Statement.of(
            Phrase.of("audit of %s", "审计的列：%s")
                .with(
                    String.join(", ", facts.study().columnsAnalysed(facts.findings().contract()))),
            Trail.study("analysis")));
    fields.put(
        "10_2_b",
        Phrase.of("(b) Collection, origin, original purpose", "（b）采集、来源与原始目的"),
        typed.ofStudy(Particular.DATA_ORIGIN));
    fields.put("10_2_c", Phrase.of("(c) Preparation", "（c）数据准备"), facts.cleaning());
    fields.put(
        "10_2_d",
        Phrase.of("(d) Assumptions", "（d）假设"),
        Statement.of(
            Phrase.of(
                "declared in the contract: what columns mean, which values are valid",
                "在契约中声明：各列的含义与有效取值"),
            Trail.contract("schema.properties")));
    fields.put(
        "10_2_e",
        Phrase.of("(e) Availability, quantity, suitability", "（e）可得性、数量与适用性"),
        Statement.of(
            Phrase.of("rows: %s", "行数：%s").with(Wording.count(quality.rowCount())), source));
    List<Statement> bias = new ArrayList<>();
    label().ifPresent(column -> bias.add(balance(column)));
    bias.add(typed.ofStudy(Particular.BIAS));
    fields.put(
        "10_2_f_g", Phrase.of("(f), (g) Bias: examination, measures", "（f）（g）偏差：审查与措施"), bias);
    fields.put("10_2_h", Phrase.of("(h) Gaps and shortcomings", "（h）缺口与不足"), gaps());
    fields.put(
        "10_3_relevant",
        Phrase.of("10(3) Relevant", "第 3 款：相关性"),
        typed.ofStudy(Particular.NECESSITY));
    fields.put(
        "10_3_representative",
        Phrase.of("10(3) Representative", "第 3 款：代表性"),
        or(verdicts(Characteristic.REPRESENTATIVENESS), Characteristic.REPRESENTATIVENESS));
    fields.put(
        "10_3_errors",
        Phrase.of("10(3) Free of errors", "第 3 款：无错误"),
        worst(Verdict.UNPARSABLE, Verdict.OUT_OF_RANGE, Verdict.NOT_IN_SET));
    fields.put(
        "10_3_complete",
        Phrase.of("10(3) Complete", "第 3 款：完整性"),
        worst(Verdict.MISSING, Verdict.SENTINEL));
    return new Chapter("ai-act", Phrase.of("By the EU AI Act", "按欧盟《人工智能法》")).add(fields);
  }

  private static Statement or(Optional<Statement> statement, Characteristic characteristic) {
    return statement.orElseGet(() -> notAssessed(characteristic.why()));
  }

  private List<Statement> gaps() {
    List<Statement> gaps = new ArrayList<>();
    for (RuleOutcome outcome : quality.rules()) {
      boolean passed =
          outcome instanceof RuleOutcome.Judged judged && judged.verdict() == RuleVerdict.PASS;
      if (!passed) {
        gaps.add(
            Statement.of(
                Phrase.of("%s: %s, %s", "%s：%s，%s")
                    .with(
                        outcome.rule().id(), RuleWords.verdict(outcome), RuleWords.found(outcome)),
                source));
      }
    }
    if (gaps.isEmpty()) {
      gaps.add(Statement.of(Phrase.of("every declared rule passed", "声明的规则全部通过"), source));
    }
    return gaps;
  }

  private Chapter ehds() {
    Part.Fields fields =
        new Part.Fields(
            Phrase.of("EHDS, Art. 78: quality and utility label", "EHDS 第 78 条：数据质量与效用标签"));
    fields.put(
        "documentation", Phrase.of("Data documentation", "数据文档"), facts.contract(), described());
    String[] dimensions = {
      "completeness", "uniqueness", "accuracy", "conformity", "timeliness", "consistency"
    };
    Phrase[] names = {
      Phrase.of("Technical quality: completeness", "技术质量：完整性"),
      Phrase.of("Technical quality: uniqueness", "技术质量：唯一性"),
      Phrase.of("Technical quality: accuracy", "技术质量：准确性"),
      Phrase.of("Technical quality: validity", "技术质量：有效性"),
      Phrase.of("Technical quality: timeliness", "技术质量：时效性"),
      Phrase.of("Technical quality: consistency", "技术质量：一致性")
    };
    for (int i = 0; i < dimensions.length; i++) {
      fields.put(dimensions[i], names[i], ofDimension(dimensions[i]));
    }
    fields.put(
        "management",
        Phrase.of("Quality-management process", "质量管理流程"),
        Statement.of(
            Phrase.of("%d rules declared, %d run, %d not run", "声明规则 %d 条，执行 %d 条，未执行 %d 条")
                .with(
                    quality.coverage().declared(),
                    quality.coverage().run(),
                    quality.coverage().notRun()),
            source));
    fields.put(
        "coverage",
        Phrase.of("Coverage", "覆盖范围"),
        facts.typed().ofStudy(Particular.DATA_SUBJECTS),
        or(verdicts(Characteristic.REPRESENTATIVENESS), Characteristic.REPRESENTATIVENESS));
    fields.put(
        "access",
        Phrase.of("Access and provision", "访问与提供"),
        Statement.of(
            Phrase.of(
                "by studies over noisy sums alone, each admitted by every owner",
                "仅可通过带噪声的和进行研究，且须各数据方准入"),
            new Source.Design()));
    fields.put("modifications", Phrase.of("Modifications", "数据修改"), facts.cleaning());
    return new Chapter("ehds", Phrase.of("By the EHDS regulation", "按 EHDS 条例")).add(fields);
  }

  private Statement ofDimension(String dimension) {
    List<RuleOutcome> of =
        quality.rules().stream().filter(o -> o.rule().dimension().equals(dimension)).toList();
    return of.isEmpty()
        ? notAssessed(Phrase.of("the contract has no such rule", "契约中没有此类规则"))
        : Statement.of(told(of), source);
  }

  private Chapter open() {
    Part.Fields fields = new Part.Fields(Phrase.of("Open", "未决事项"));
    fields.put("gaps", Phrase.of("Rules without a pass", "未获通过的规则"), gaps());
    fields.put(
        "previous",
        Phrase.of("Change since the last audit", "与上次审计相比的变化"),
        Statement.nowhere(
            Phrase.of(
                "one folder tells of one audit: althing study compare",
                "一个文件夹仅含一次审计：althing study compare")));
    fields.put(
        "across",
        Phrase.of("One person at several organisations", "同一人在多个机构"),
        notAssessed(
            Phrase.of("records of different organisations are never compared", "不同机构的记录从不相互比较")));
    fields.put(
        "rows",
        Phrase.of("Which rows are faulty", "哪些行有问题"),
        notAssessed(
            Phrase.of(
                "each owner's own matter: exact numbers stay at the node", "由各数据方自行处理：精确数字留在节点")));
    return new Chapter("open", Phrase.of("What could not be assessed", "未能评估的内容")).add(fields);
  }
}
