package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.model.evaluation.ClassGroupFindings;
import org.althing.model.evaluation.ClassPerformance;
import org.althing.model.evaluation.GroupFindings;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.Classifier;
import org.althing.model.features.Label;
import org.althing.privacy.Rho;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.report.Decimal;
import org.althing.report.ModelFile;
import org.althing.statistics.Interval;
import org.althing.study.AnalysisChoice;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyOutcome;

/** The card of a fitted model: what it is, what it is for, how it came to be, how well it does. */
public final class ModelReport {
  private static final int MOST_ACROSS = 6;

  static final Phrase TOO_NOISY = Phrase.of("too few records for the noise", "记录太少，淹没在噪声中");
  private static final Phrase LEDE =
      Phrase.of(
          "Where a model comes from, what it may be used for, how well it does, and what is not known about it.",
          "模型从何而来、可作何用、表现如何，以及哪些方面尚不清楚。");

  private final StudyFacts facts;
  private final ModelFile file;

  private ModelReport(StudyFacts facts, ModelFile file) {
    this.facts = facts;
    this.file = file;
  }

  /** Empty where the study fitted no model. */
  public static Optional<ComplianceReport> of(VerifiedStudy study, Particulars particulars) {
    StudyFacts facts = new StudyFacts(study, particulars);
    return ModelFile.of(study.findings())
        .map(
            file ->
                new ComplianceReport(
                    ReportKind.MODEL, facts, LEDE, new ModelReport(facts, file).chapters()));
  }

  private List<Chapter> chapters() {
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(identity());
    chapters.add(use());
    chapters.add(
        new Chapter("data", Phrase.of("Training data", "训练数据")).add(data()).add(facts.columns()));
    chapters.add(procedure());
    chapters.add(privacy());
    chapters.add(metrics());
    chapters.add(limits());
    chapters.add(facts.receipt());
    return chapters;
  }

  private Chapter identity() {
    Classifier model = file.model();
    Source issued = facts.trail().ofReport();
    return new Chapter("identity", Phrase.of("The model", "模型"))
        .add(
            new Part.Fields(Phrase.of("Identity", "标识"))
                .put("model", Phrase.of("Study", "研究"), Statement.of(file.study(), Trail.plan()))
                .put(
                    "digest",
                    Phrase.same("model.json"),
                    Statement.of("SHA-256 " + Digest.of(file.toBytes()).hex(), issued))
                .put(
                    "kind",
                    Phrase.of("Kind", "种类"),
                    Statement.of(facts.analysis(), Trail.study("analysis")))
                .put(
                    "output",
                    Phrase.of("Says the probability that", "给出概率的事件"),
                    Statement.of(outcome(model), Trail.study("analysis.label")))
                .put(
                    "inputs",
                    Phrase.of("Reads", "输入"),
                    Statement.of(
                        String.join(", ", model.features().columnsRead()), Trail.study("analysis")))
                .put(
                    "weights",
                    Phrase.of("Weights", "权重个数"),
                    Statement.of(Integer.toString(model.size()), issued))
                .put(
                    "fitted",
                    Phrase.of("Fitted on", "拟合日期"),
                    Statement.of(facts.endDay().toString(), facts.trail().ofEnd()))
                .put("owners", Phrase.of("Owners of the data", "数据所有者"), owners()));
  }

  static Phrase outcome(Classifier model) {
    Label label = model.label();
    if (label.isBinary()) {
      return Phrase.same(label.column() + " = " + String.join(" | ", label.positive()));
    }
    String classes = String.join(", ", label.classNames());
    return Phrase.of(
        "%s = %s, each".formatted(label.column(), classes),
        "%s = %s，各类分别给出".formatted(label.column(), classes));
  }

  private List<Statement> owners() {
    return facts.members().stream()
        .map(
            node -> {
              Statement name = facts.typed().of(node, Particular.NAME);
              return name.isMissing() ? Statement.of(node.value(), Trail.roster()) : name;
            })
        .toList();
  }

  private Chapter use() {
    Part.Fields fields = new Part.Fields(Phrase.of("Use", "用途"));
    fields.put(
        "title",
        Phrase.of("Asked", "研究问题"),
        Statement.of(facts.study().title(), Trail.study("title")));
    fields.put(
        "purpose_code", Phrase.of("Purpose as policies name it", "策略所用的目的代码"), facts.purposeCode());
    fields.ask(
        facts.typed()::ofStudy,
        Particular.INTENDED_USE,
        Particular.OUT_OF_SCOPE,
        Particular.LEGAL_BASIS);
    fields.put(
        "admitted",
        Phrase.of("Admitted by", "准入方"),
        facts.trail().admissions().stream()
            .map(
                each ->
                    Statement.of(each.what().node().value(), each.source().at("admission.node")))
            .toList());
    fields.ask(facts.typed()::ofStudy, Particular.APPROVALS);
    return new Chapter("use", Phrase.of("Intended use", "预期用途")).add(fields);
  }

  private Part.Fields data() {
    Part.Fields fields = new Part.Fields(Phrase.of("Data", "数据"));
    fields.put("contract", Phrase.of("Data contract", "数据契约"), facts.contract());
    fields.put(
        "unit",
        Phrase.of("Privacy unit", "隐私单元"),
        Statement.of(facts.unit(), Trail.contract("schema.customProperties")));
    fields.put("people", StudyFacts.PEOPLE, facts.people());
    fields.put("holdout", Phrase.of("Held out for evaluation", "留出用于评估"), heldOut(facts.study()));
    fields.put("cleaning", Phrase.of("Cleaning", "清洗"), facts.cleaning());
    fields.ask(facts.typed()::ofStudy, Particular.DATA_ORIGIN, Particular.DATA_SUBJECTS);
    return fields;
  }

  private static Statement heldOut(Study study) {
    return study
        .folds()
        .map(
            folds ->
                Statement.of(
                    Phrase.of(
                            "every unit once, in one of %d folds by a public hash; the model is the mean of those learnt outside each fold, and the figures are of these together",
                            "每个单元一次，按公开哈希分为 %d 折；模型为各折之外所学模型的平均，指标为这些模型合并的结果")
                        .with(folds.count()),
                    Trail.study("folds")))
        .orElseGet(
            () ->
                Statement.of(
                    Phrase.of("%d %% of the units, by a public hash", "单元的 %d %%，按公开哈希划分")
                        .with(study.holdoutPercent()),
                    Trail.study("holdout_percent")));
  }

  private Chapter procedure() {
    Part.Fields fields = new Part.Fields(Phrase.of("Procedure", "方法"));
    AnalysisChoice analysis = facts.findings().answered();
    fields.put(
        "algorithm",
        Phrase.of("Algorithm", "算法"),
        Statement.of(facts.analysis(), Trail.study("analysis")));
    if (analysis instanceof AnalysisChoice.Linear) {
      fields.put(
          "rounds",
          Phrase.of("Rounds", "轮数"),
          Statement.of(Integer.toString(facts.findings().rounds()), Trail.plan()));
    }
    if (facts.study().analysis() instanceof AnalysisChoice.Candidates candidates) {
      fields.put(
          "candidates", Phrase.of("Models tried", "尝试过的模型"), CandidateWords.tried(candidates));
    }
    fields.put("broken", Phrase.of("Attempts that broke down", "失败的尝试"), facts.brokenAttempts());
    Part.Rows rows =
        new Part.Rows(
            "releases",
            Phrase.of("Releases and who is in them", "各发布及其参与成员"),
            Phrase.of("Release", "发布"),
            Phrase.of("Records", "记录"),
            Phrase.of("When", "时间"),
            Phrase.of("Members", "成员"),
            Phrase.of("ρ>", "ρ>"));
    for (Trail.Logged<StudyEvent.Released> each : facts.trail().all(StudyEvent.Released.class)) {
      var spec = facts.plan().releases().get(each.what().release());
      rows.row(
          each.source().at("release", "survivors", "time").and(Trail.plan()),
          Phrase.same((each.what().release() + 1) + " " + spec.name()),
          PrivacyStatement.partition(spec.partition()),
          facts.time(each.entry()),
          Phrase.same(StudyFacts.names(each.what().survivors())),
          Phrase.same(StudyFacts.rho(spec.noise().rho())));
    }
    return new Chapter("procedure", Phrase.of("How it was fitted", "拟合过程"))
        .add(fields)
        .add(rows.orNone(facts.wholeLog()));
  }

  private Chapter privacy() {
    Rho paid = facts.dearest();
    return new Chapter("privacy", Phrase.of("Privacy of the people in the data", "数据中人员的隐私"))
        .add(
            new Part.Fields(Phrase.of("Privacy", "隐私"))
                .put(
                    "plain",
                    Phrase.of("Guarantee", "保障"),
                    Statement.of(PrivacyStatement.sentence(facts), facts.charged()))
                .put(
                    "loss",
                    Phrase.of("Privacy loss", "隐私损失"),
                    Statement.of(
                        "ρ = %s, ε = %s, δ = %s"
                            .formatted(StudyFacts.rho(paid), facts.epsilon(paid), facts.delta()),
                        facts.chargedAtDelta()))
                .put(
                    "attacks",
                    Phrase.of(
                        "Attacks tried on the model (membership, inversion)", "对模型的攻击测试（成员推断、反演）"),
                    Statement.unrecorded()));
  }

  private Chapter metrics() {
    Chapter chapter = new Chapter("metrics", Phrase.of("How well it does", "模型表现"));
    Optional<Performance> binary = facts.findings().outcome().evaluation();
    Optional<ClassPerformance> classes = facts.findings().outcome().classEvaluation();
    if (binary.isEmpty() && classes.isEmpty()) {
      return chapter.add(
          new Part.Fields(Phrase.of("Evaluation", "评估"))
              .put(
                  "evaluation",
                  Phrase.of("On held-out records", "留出记录上的表现"),
                  Statement.nowhere(Phrase.of("nothing was held out", "未留出任何记录"))));
    }
    Part.Rows rows =
        new Part.Rows(
            "metrics",
            Phrase.of("On held-out records", "留出记录上的表现"),
            Phrase.of("Figure", "指标"),
            Phrase.of("Value>", "值>"),
            Phrase.of("95 % interval>", "95 % 区间>"),
            Phrase.of("± noise>", "± 噪声>"),
            Phrase.of("± sampling>", "± 抽样>"));
    Source source = evaluated();
    facts
        .findings()
        .outcome()
        .choice()
        .map(CandidateWords::new)
        .ifPresent(words -> chapter.add(words.chosen(source)).add(words.rows(source)));
    binary.ifPresent(found -> Metric.of(found).forEach(metric -> row(rows, source, metric)));
    classes.ifPresent(found -> Metric.of(found).forEach(metric -> row(rows, source, metric)));
    chapter.add(rows);
    binary.ifPresent(
        found ->
            chapter.add(
                further(found.records(), found.probabilities(), source)
                    .put(
                        "log_odds_scale",
                        Phrase.of(
                            "Scale of the log-odds, by the held-out records; 1 is as trained",
                            "对数几率的缩放系数，由留出记录得出；1 表示与训练时相同"),
                        Statement.of(Decimal.fixed(found.scale(), 3), source))));
    classes.ifPresent(
        found -> chapter.add(further(found.records(), found.probabilities(), source)));
    facts
        .findings()
        .outcome()
        .groups()
        .ifPresent(
            groups ->
                chapter
                    .add(ofGroups(groups.column(), inGroups(groups), source))
                    .add(gaps(groups, source)));
    facts
        .findings()
        .outcome()
        .classGroups()
        .ifPresent(
            groups ->
                chapter
                    .add(ofGroups(groups.column(), inGroups(groups), source))
                    .add(gaps(groups, source)));
    return chapter;
  }

  private Statement groups(Source source) {
    StudyOutcome outcome = facts.findings().outcome();
    return outcome
        .groups()
        .map(GroupFindings::column)
        .or(() -> outcome.classGroups().map(ClassGroupFindings::column))
        .map(
            column ->
                Statement.of(
                    Phrase.of("by %s, in the tables below", "按 %s，见下表").with(column), source))
        .orElse(Statement.nowhere(Phrase.of("the study asked for no groups", "研究未要求分组")));
  }

  /** One group as a row. */
  private record InGroup(String name, Estimate records, List<Metric> metrics) {}

  private static List<InGroup> inGroups(GroupFindings findings) {
    return findings.groups().stream()
        .map(group -> new InGroup(group.name(), group.records(), Metric.of(group)))
        .toList();
  }

  /** Of more classes than fit beside each other the accuracy alone. */
  private static List<InGroup> inGroups(ClassGroupFindings findings) {
    int shown = findings.classes().size() > MOST_ACROSS ? 1 : 1 + findings.classes().size();
    return findings.groups().stream()
        .map(
            group ->
                new InGroup(
                    group.name(),
                    group.records(),
                    Metric.of(findings.classes(), group).subList(0, shown)))
        .toList();
  }

  private static Part.Rows ofGroups(String column, List<InGroup> groups, Source source) {
    List<Phrase> headings =
        new ArrayList<>(List.of(Phrase.of("Group", "分组"), Phrase.of("Records>", "记录数>")));
    groups.get(0).metrics().forEach(m -> headings.add(Phrase.of("%s>", "%s>").with(m.name())));
    Part.Rows rows =
        new Part.Rows(
            "groups",
            Phrase.of("In each group of %s, with 95 %% intervals", "%s 的各分组，附 95 %% 区间")
                .with(column),
            headings.toArray(Phrase[]::new));
    for (InGroup group : groups) {
      List<Phrase> cells =
          new ArrayList<>(
              List.of(
                  Phrase.same(group.name()),
                  Phrase.same(
                      Decimal.grouped(group.records().value())
                          + " ± "
                          + Decimal.grouped(group.records().noiseDeviation()))));
      group.metrics().forEach(metric -> cells.add(inBrief(metric)));
      rows.row(source, cells.toArray(Phrase[]::new));
    }
    return rows;
  }

  private static Phrase inBrief(Metric metric) {
    return metric
        .found()
        .map(
            found ->
                Phrase.same(
                    "%s (%s – %s)"
                        .formatted(
                            Decimal.fixed(metric.value(found), 3),
                            Decimal.fixed(metric.interval(found).low(), 3),
                            Decimal.fixed(metric.interval(found).high(), 3))))
        .orElse(TOO_NOISY);
  }

  private static Part.Rows noGaps() {
    return new Part.Rows(
        "gaps",
        Phrase.of("Largest difference between groups", "分组间的最大差距"),
        Phrase.of("Difference of", "差距"),
        Phrase.of("Found>", "数值>"),
        Phrase.of("95 % interval>", "95 % 区间>"),
        Phrase.of("Lowest", "最低"),
        Phrase.of("Highest", "最高"),
        Phrase.of("Told from noise", "能否与噪声区分"));
  }

  private static Part.Rows gaps(ClassGroupFindings findings, Source source) {
    Part.Rows rows = noGaps();
    gap(rows, source, Phrase.of("accuracy", "准确率"), findings.accuracy());
    for (int k = 0; k < findings.classes().size(); k++) {
      String name = findings.classes().get(k);
      gap(
          rows,
          source,
          Phrase.of("share predicted as %s (demographic parity)", "预测为 %s 的比例（人口均等）").with(name),
          findings.demographicParity().get(k));
      gap(
          rows,
          source,
          Phrase.of("recall of %s (equal opportunity)", "%s 的召回率（机会均等）").with(name),
          findings.equalOpportunity().get(k));
    }
    return rows;
  }

  private static Part.Rows gaps(GroupFindings findings, Source source) {
    Part.Rows rows = noGaps();
    gap(
        rows,
        source,
        Phrase.of("shares predicted positive (demographic parity)", "预测为阳性的比例（人口均等）"),
        findings.demographicParity());
    gap(
        rows,
        source,
        Phrase.of("true positive rates (equal opportunity)", "真阳性率（机会均等）"),
        findings.equalOpportunity());
    return rows;
  }

  private static void gap(
      Part.Rows rows, Source source, Phrase name, Optional<GroupFindings.Gap> found) {
    Phrase none = Phrase.same("–");
    if (found.isEmpty()) {
      rows.row(source, name, TOO_NOISY, none, none, none, none);
      return;
    }
    GroupFindings.Gap gap = found.get();
    rows.row(
        source,
        name,
        Phrase.same(Decimal.fixed(Math.min(1, gap.value()), 3)),
        Phrase.same(Decimal.fixed(gap.low(), 3) + " – " + Decimal.fixed(gap.high(), 3)),
        Phrase.same(gap.lowest()),
        Phrase.same(gap.highest()),
        gap.isTold() ? Phrase.of("yes", "能") : Phrase.of("no", "不能"));
  }

  /** The release over the held-out records, which the figures follow from. */
  private Source evaluated() {
    int last = facts.plan().releases().size() - 1;
    return facts
        .trail()
        .of(StudyEvent.Released.class, each -> each.release() == last)
        .map(log -> log.at("total", "survivors"))
        .orElseGet(facts::wholeLog);
  }

  private static void row(Part.Rows rows, Source source, Metric metric) {
    Phrase none = Phrase.same("–");
    if (metric.found().isEmpty()) {
      rows.row(source, metric.name(), TOO_NOISY, none, none, none);
      return;
    }
    Measure found = metric.found().get();
    Interval interval = metric.interval(found);
    rows.row(
        source,
        metric.name(),
        Phrase.same(Decimal.fixed(metric.value(found), 4)),
        Phrase.same(Decimal.fixed(interval.low(), 3) + " – " + Decimal.fixed(interval.high(), 3)),
        Phrase.same(Decimal.fixed(found.noiseDeviation(), 4)),
        Phrase.same(Decimal.fixed(found.samplingDeviation(), 4)));
  }

  private Part.Fields further(
      Estimate records, Performance.Probabilities probabilities, Source source) {
    return new Part.Fields(Phrase.of("More on how well it does", "表现的其他方面"))
        .put(
            "records",
            Phrase.of("Held-out records", "留出记录数"),
            Statement.of(
                Decimal.grouped(records.value())
                    + " ± "
                    + Decimal.grouped(records.noiseDeviation()),
                source))
        .put(
            "calibration",
            Phrase.of("Calibration error (ECE)", "校准误差（ECE）"),
            probabilities
                .calibration()
                .map(
                    error ->
                        Statement.of(
                            Phrase.of("%s, of which chance alone would show %s", "%s，其中仅由偶然即可产生 %s")
                                .with(
                                    Decimal.fixed(error.value(), 3),
                                    Decimal.fixed(error.byChance(), 3)),
                            source))
                .orElse(Statement.of(TOO_NOISY, source)))
        .put("groups", Phrase.of("By group of people", "按人群分组"), groups(source))
        .put(
            "single_node",
            Phrase.of("Against a single organisation's own model", "与单个机构自有模型相比"),
            Statement.nowhere(
                Phrase.of("no organisation's own figures ever leave it", "单个机构的数字从不离开该机构")));
  }

  private Chapter limits() {
    Part.Fields fields = new Part.Fields(Phrase.of("Limits", "局限"));
    fields.put(
        "noise",
        Phrase.of("Effect of the noise", "噪声的影响"),
        Statement.of(
            Phrase.of(
                "weights carry the noise of the sums they follow from; another run of the same study would give others",
                "权重带有其所依据的和中的噪声；同一研究再次运行会得到不同的权重"),
            new Source.Design()));
    fields.put(
        "linear",
        Phrase.of("Form", "形式"),
        Statement.of(
            Phrase.of(
                "linear in its features: it knows of no interplay between columns",
                "对特征是线性的：不反映列与列之间的交互"),
            new Source.Design()));
    fields.ask(facts.typed()::ofStudy, Particular.LIMITATIONS, Particular.BIAS, Particular.RISK);
    return new Chapter("limits", Phrase.of("Limits and risks", "局限与风险")).add(fields);
  }
}
