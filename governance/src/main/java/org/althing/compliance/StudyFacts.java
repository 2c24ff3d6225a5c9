package org.althing.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.althing.cleaning.Step;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.report.Charges;
import org.althing.report.Decimal;
import org.althing.report.Findings;
import org.althing.report.Wording;
import org.althing.study.AnalysisChoice;
import org.althing.study.Plan;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.table.Domain;

/** What several reports say of a study, each with its source. */
final class StudyFacts {
  static final Phrase NONE = Phrase.of("none in the log of this study", "本研究的日志中没有");

  static final Phrase PEOPLE =
      Phrase.of("Declared, rough number of people, all members together", "声明的大致人数（全体成员合计）");

  private final VerifiedStudy verified;
  private final Particulars particulars;
  private final Trail trail;

  StudyFacts(VerifiedStudy verified, Particulars particulars) {
    this.verified = verified;
    this.particulars = particulars;
    this.trail = new Trail(verified.findings().record());
  }

  VerifiedStudy verified() {
    return verified;
  }

  Findings findings() {
    return verified.findings();
  }

  Study study() {
    return findings().study();
  }

  Plan plan() {
    return findings().plan();
  }

  Particulars typed() {
    return particulars;
  }

  Trail trail() {
    return trail;
  }

  List<NodeId> members() {
    return plan().roster().ids();
  }

  /** The day, in UTC, on which the study ended by the coordinator's clock. */
  LocalDate endDay() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(trail.end().timeMillis()), ZoneOffset.UTC);
  }

  Charges charges() {
    return Charges.of(findings().record());
  }

  /** The dearest any member paid for this study. */
  Rho dearest() {
    Rho most = Rho.ZERO;
    for (NodeId node : members()) {
      most = most.max(charges().paidBy(node));
    }
    return most;
  }

  String epsilon(Rho rho) {
    return Decimal.ceiling(Accountant.epsilonFor(rho, study().privacy().delta()), 3);
  }

  String delta() {
    return Decimal.significant(study().privacy().delta(), 1);
  }

  static String rho(Rho rho) {
    return Decimal.ceiling(rho.toDouble(), 6);
  }

  Phrase analysis() {
    AnalysisChoice analysis = findings().answered();
    if (analysis instanceof AnalysisChoice.Candidates candidates) {
      return Phrase.of("comparison of %d models", "%d 个模型的比较").with(candidates.candidates().size());
    }
    if (analysis instanceof AnalysisChoice.Quality) {
      return Phrase.of("quality audit", "数据质量审计");
    }
    if (analysis instanceof AnalysisChoice.Statistics) {
      return Phrase.of("statistics", "统计");
    }
    if (analysis instanceof AnalysisChoice.Clustering) {
      return Phrase.of("clusters by k-means", "k-means 聚类");
    }
    if (analysis instanceof AnalysisChoice.LinearSvm) {
      return Phrase.of("linear support vector machine", "线性支持向量机模型");
    }
    return analysis instanceof AnalysisChoice.NaiveBayes
        ? Phrase.of("naive Bayes model", "朴素贝叶斯模型")
        : Phrase.of("logistic regression", "逻辑回归模型");
  }

  Phrase unit() {
    PrivacyUnit unit = findings().contract().unit();
    return unit.keyColumn()
        .map(
            key ->
                Phrase.of(
                        "one %s, told apart by “%s”; its rows that count: at most %d",
                        "一个“%s”，以“%s”区分，最多计 %d 行")
                    .with(unit.name(), key, unit.maxRows()))
        .orElse(Phrase.of("one row, which stands for one %s", "一行，代表一个“%s”").with(unit.name()));
  }

  Statement purposeCode() {
    return Statement.of(study().purpose(), Trail.study("purpose"));
  }

  Statement lead() {
    return Statement.of(study().lead(), Trail.study("lead"));
  }

  Statement contract() {
    return Statement.of(
        Phrase.of("%s, version %s, SHA-256 %s", "%s，版本 %s，SHA-256 %s")
            .with(
                findings().contract().id(),
                findings().contract().version(),
                findings().contract().digest().hex()),
        Trail.contract("id", "version"));
  }

  /** A public, rough number: no exact one exists outside a node. */
  Statement people() {
    OptionalLong people = study().participation().people();
    return people.isPresent()
        ? Statement.of(
            Decimal.grouped((double) people.getAsLong()), Trail.study("participants.people"))
        : Statement.nowhere(Phrase.of("the study declares none", "研究未声明"));
  }

  /** The entries that say what was paid; all, where nothing was. */
  Source.Log charged() {
    return trail
        .of(StudyEvent.Charged.class, each -> true)
        .map(log -> log.at("statement.marginal"))
        .orElseGet(this::wholeLog);
  }

  /** The same of what is told as ε, which the study's δ goes into. */
  Source chargedAtDelta() {
    return charged().and(Trail.study("privacy.delta"));
  }

  /** The columns that the study reads, and those of the contract that it does not. */
  Part.Rows columns() {
    Part.Rows rows =
        new Part.Rows(
            "columns",
            Phrase.of("Columns of the data contract", "数据契约中的列"),
            Phrase.of("Column", "列"),
            Phrase.of("Description in the contract", "契约中的描述"),
            Phrase.of("Declared values", "声明的取值"),
            Phrase.of("In this study", "在本研究中"));
    for (ContractColumn column : findings().contract().columns()) {
      String name = column.column().name();
      rows.row(
          Trail.contract("schema.properties"),
          Phrase.same(name),
          column.description().isBlank() || column.description().equals(name)
              ? Phrase.of("none given", "未提供")
              : Phrase.same(column.description()),
          domain(column.column().domain()),
          use(column));
    }
    return rows;
  }

  private Phrase use(ContractColumn column) {
    String name = column.column().name();
    if (findings().contract().unit().keyColumn().equals(Optional.of(name))) {
      return Phrase.of("read by the node alone, to tell units apart", "仅由节点读取，用于区分单元");
    }
    if (!study().columnsRead(findings().contract()).contains(name)) {
      return Phrase.of("not read", "未读取");
    }
    return column.use() == ContractColumn.Use.FEDERATED
        ? Phrase.of("read; may leave inside noisy sums", "已读取；仅可在带噪声的和中离开")
        : Phrase.of("read by the node alone", "仅由节点读取");
  }

  private static Phrase domain(Domain domain) {
    if (domain instanceof Domain.Categories categories) {
      return Phrase.of("%d categories", "%d 个类别").with(categories.values().size());
    }
    if (domain instanceof Domain.Numbers numbers) {
      return Phrase.of("numbers from %s to %s", "数值，%s 至 %s")
          .with(Domain.Numbers.plain(numbers.minimum()), Domain.Numbers.plain(numbers.maximum()));
    }
    return domain instanceof Domain.Dates
        ? Phrase.of("days of the calendar", "日期")
        : Phrase.of("text", "文本");
  }

  List<Statement> cleaning() {
    List<Step> steps = study().cleaning().steps();
    if (steps.isEmpty()) {
      return List.of(
          Statement.of(Phrase.of("none declared", "未声明任何清洗步骤"), Trail.study("cleaning")));
    }
    return steps.stream()
        .map(step -> Statement.of(StepWords.of(step), Trail.study("cleaning")))
        .toList();
  }

  /** The measures that the plan in force has, as GDPR Art. 32(1) asks for them in general. */
  Part.Fields security() {
    Quorum q = plan().quorum();
    return new Part.Fields(Phrase.of("Technical measures in force", "已实施的技术措施"))
        .put(
            "secure_aggregation",
            Phrase.of("Secure aggregation", "安全聚合"),
            Statement.of(
                Phrase.of(
                        "every vector leaves masked; of %d members at least %d must help to open a sum, and at least %d are in it",
                        "每个向量均以掩码形式离开；%1$d 个成员中至少 %2$d 个协助方可开启一个和，且和中至少包含 %3$d 个成员")
                    .with(q.nodes(), q.threshold(), q.leastConfirmed()),
                Trail.roster()))
        .put(
            "noise",
            Phrase.of("Noise", "噪声"),
            Statement.of(
                Phrase.of(
                        "discrete Gaussian noise added by every node before masking; ρ = %s for the whole plan, enough while at most %d members work with the coordinator",
                        "每个节点在加掩码之前加入离散高斯噪声；整个计划 ρ = %s；只要与协调方合谋的成员不超过 %d 个即成立")
                    .with(rho(plan().cost()), q.colluders()),
                Trail.plan()))
        .put(
            "keys",
            Phrase.of("Signatures", "签名"),
            plan().roster().members().stream()
                .map(
                    m ->
                        Statement.of(
                            Phrase.of("%s signs with Ed25519 key %s", "%s 以 Ed25519 密钥 %s 签名")
                                .with(m.id(), m.key().fingerprint()),
                            Trail.roster()))
                .toList())
        .put(
            "admissions",
            Phrase.of("Decision of every owner", "各数据方的决定"),
            trail()
                .of(StudyEvent.NodeAdmitted.class, each -> true)
                .map(
                    source ->
                        Statement.of(
                            Phrase.of(
                                "signed consent to this very plan, by each owner's own policy",
                                "各方依据自身策略，签名同意本计划"),
                            source.at("admission.plan", "admission.policy")))
                .orElseGet(Statement::unrecorded))
        .put(
            "log",
            Phrase.of("Audit log", "审计日志"),
            Statement.of(
                Phrase.of(
                        "append-only Merkle log; the final checkpoint is cosigned by %s",
                        "仅追加的默克尔日志；最终检查点由 %s 联署")
                    .with(names(verified.receipt().cosigners())),
                new Source.Proof()));
  }

  static String names(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
  }

  /** Who got what of this study. */
  Part.Rows received() {
    Part.Rows rows =
        new Part.Rows(
            "received",
            Phrase.of("Who received what", "谁收到了什么"),
            Phrase.of("Recipient", "接收方"),
            Phrase.of("Received", "收到的内容"),
            Phrase.of("When", "时间"));
    Source submitted = Trail.submission();
    rows.row(
        submitted,
        Phrase.of("coordinator and every member", "协调方与全体成员"),
        Phrase.of("study, contract, roster and plan", "研究、契约、名册与计划"),
        time(0));
    trail
        .of(StudyEvent.Charged.class, each -> true)
        .ifPresent(
            source ->
                rows.row(
                    source.at("statement.node", "time"),
                    Phrase.of("coordinator", "协调方"),
                    Phrase.of(
                        "at most one masked vector of each paying node for each of its charges, which is random numbers to whoever holds it alone",
                        "每个付费节点每次扣减至多一个掩码向量；单独持有时与随机数无异"),
                    Phrase.of("from %s", "自 %s")
                        .with(time(trail.all(StudyEvent.Charged.class).get(0).entry()))));
    for (Trail.Logged<StudyEvent.Released> each : trail.all(StudyEvent.Released.class)) {
      int release = each.what().release();
      rows.row(
          each.source().at("release", "survivors", "time"),
          Phrase.of("coordinator, study lead, every member", "协调方、研究负责人、全体成员"),
          Phrase.of(
                  "release %d (%s): %s noisy sums over %d members", "发布 %d（%s）：%s 个带噪声的和，包含 %d 个成员")
              .with(
                  release + 1,
                  plan().releases().get(release).name(),
                  Decimal.grouped(plan().releases().get(release).noise().shape().length()),
                  each.what().survivors().size()),
          time(each.entry()));
    }
    findings()
        .outcome()
        .model()
        .ifPresent(
            model ->
                rows.row(
                    trail.ofReport(),
                    Phrase.of("study lead", "研究负责人"),
                    Phrase.of("the fitted model (model.json)", "拟合所得的模型（model.json）"),
                    Phrase.of("after the end of the study", "研究结束之后")));
    rows.row(
        wholeLog(),
        Phrase.of("whoever reads the log", "日志的读者"),
        Phrase.of(
            "who took part, when, at which price; digests of the releases", "谁在何时以何价格参与；各发布的摘要"),
        Phrase.of("from %s", "自 %s").with(time(0)));
    return rows;
  }

  Phrase time(int entry) {
    return Phrase.same(Wording.time(trail.timeOf(entry)));
  }

  Phrase outcome() {
    if (findings().record().completed()) {
      return Phrase.of("completed", "已完成");
    }
    return Phrase.of("stopped: %s", "已停止：%s")
        .with(
            findings()
                .record()
                .stopped()
                .map(stopped -> GroundWords.stop(stopped.reason(), findings().record()))
                .orElse(Phrase.same("–")));
  }

  /** What proves the report, and how to check it. */
  Chapter receipt() {
    Receipt receipt = verified.receipt();
    Part.Fields fields = new Part.Fields(Phrase.of("What proves this report", "本报告的证明"));
    Source proof = new Source.Proof();
    fields.put(
        "study",
        Phrase.of("Study, by its plan", "研究（以计划标识）"),
        Statement.of("SHA-256 " + plan().digest().hex(), Trail.plan()));
    fields.put("outcome", Phrase.of("State", "状态"), Statement.of(outcome(), trail.ofEnd()));
    fields.put(
        "entries",
        Phrase.of("Entries of the study", "研究的日志条目"),
        Statement.of(
            Phrase.of("%d, at places %d to %d of the log", "%d 条，位于日志第 %d 至 %d 位")
                .with(
                    receipt.places().size(),
                    receipt.places().get(0),
                    receipt.places().get(receipt.places().size() - 1)),
            proof));
    fields.put("log", Phrase.of("Log", "日志"), Statement.of(receipt.checkpoint().origin(), proof));
    fields.put(
        "log_size",
        Phrase.of("Entries of the log", "日志条目总数"),
        Statement.of(Decimal.grouped((double) receipt.checkpoint().size()), proof));
    fields.put(
        "log_root",
        Phrase.of("Root of the log", "日志树根"),
        Statement.of("SHA-256 " + receipt.checkpoint().root().hex(), proof));
    fields.put(
        "log_key", Phrase.of("Key of the log", "日志密钥"), Statement.of(receipt.logKey(), proof));
    fields.put(
        "cosigners",
        Phrase.of("Cosigned by", "联署者"),
        receipt.cosigners().stream().map(n -> Statement.of(n.value(), proof)).toList());
    fields.put(
        "issue",
        Phrase.of("Entry that issues the study's files", "签发研究文件的日志条目"),
        Statement.of("SHA-256 " + receipt.issue().hex(), trail.ofReport()));
    particulars
        .digest()
        .ifPresent(
            digest ->
                fields.put(
                    "particulars",
                    Phrase.of("File of particulars", "补充说明文件"),
                    Statement.of("SHA-256 " + digest.hex(), new Source.Typed("*"))));
    return new Chapter("receipt", Phrase.of("Receipt", "凭证"))
        .say(
            Phrase.of(
                "This report was rendered after every file of the study's folder had been verified. “Log n” names entry n of the study, log/000n.entry in the folder; entry 0 holds the study, the contract and the roster byte for byte. “Declaration n” names declared/000n.entry. “Particulars” names what people typed, which nothing here proves. To check: althing verify FOLDER.",
                "本报告在研究文件夹的全部文件通过验证之后生成。“日志 n”指研究的第 n 条日志，即文件夹中的 log/000n.entry；第 0 条逐字节包含研究、契约与名册。“声明 n”指 declared/000n.entry。“补充说明”指由人填写的内容，本报告不作证明。核验命令：althing verify FOLDER。"))
        .add(fields);
  }

  /** Every refusal and every attempt that broke down. */
  List<Statement> refusals() {
    List<Statement> refusals = new ArrayList<>();
    trail
        .all(StudyEvent.NodeRefused.class)
        .forEach(
            each ->
                refusals.add(
                    Statement.of(
                        Phrase.of("%s refused: %s", "%s 拒绝：%s")
                            .with(each.what().node(), GroundWords.refusal(each.what())),
                        each.source().at("refusal.node", "refusal.reasons"))));
    if (refusals.isEmpty()) {
      refusals.add(Statement.of(NONE, wholeLog()));
    }
    return refusals;
  }

  List<Statement> brokenAttempts() {
    List<Statement> broken = new ArrayList<>();
    trail
        .all(StudyEvent.RoundAborted.class)
        .forEach(
            each ->
                broken.add(
                    Statement.of(
                        Phrase.of("release %d, attempt %d: %s", "发布 %d，第 %d 次尝试：%s")
                            .with(
                                each.what().release() + 1,
                                each.what().attempt(),
                                GroundWords.attempt(each.what().reason())),
                        each.source().at("release", "attempt", "reason"))));
    if (broken.isEmpty()) {
      broken.add(Statement.of(NONE, wholeLog()));
    }
    return broken;
  }

  /** Of what is said of all entries together. */
  Source.Log wholeLog() {
    return new Source.Log(
        findings().record().entries().stream().map(e -> e.sequence()).toList(), List.of());
  }
}
