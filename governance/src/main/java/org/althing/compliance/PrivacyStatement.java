package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.privacy.Accountant;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.ReleaseSpec;
import org.althing.report.Charts;
import org.althing.report.Decimal;
import org.althing.report.Figure;
import org.althing.report.Table;
import org.althing.sheet.Language;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.StudyEvent;
import org.althing.vector.Block;

/**
 * What a study promises the people in its data: one page in plain words, then everything that an
 * expert needs in order to check it.
 */
public final class PrivacyStatement {
  static final Phrase NEIGHBOURS =
      Phrase.of(
          "two data sets are neighbours if one has all rows of one unit more than the other",
          "若一个数据集比另一个多出一个单元的全部行，则两者相邻");
  static final Phrase POST_PROCESSING =
      Phrase.of(
          "everything in result.json, model.json and report.html is computed from the released sums alone; it costs nothing further, and verification recomputes it bit for bit; pages show shares cut to what is possible",
          "result.json、model.json 与 report.html 的全部内容仅由已发布的和计算得出，不再产生隐私损失，验证时逐位重算；页面所示占比截断至可能的范围");
  static final Phrase TUNING =
      Phrase.of(
          "bounds, values and bins are declared in the contract and never learnt from the data; what the study's text does not set follows from public numbers; the study releases nothing before its first charge, and what earlier studies told was charged there",
          "界、取值与分箱均在契约中声明，从不由数据得出；研究文本未设定的参数仅由公开数字推出；首次扣费之前本研究不发布任何内容，此前研究所得已在其账上扣费");
  static final Phrase MECHANISM =
      Phrase.of(
          "distributed discrete Gaussian mechanism on bounded integer vectors: each node adds its own share of noise before it masks and sends",
          "有界整数向量上的分布式离散高斯机制：每个节点在加掩码并发送之前加入自己的噪声份额");
  private static final Phrase LEDE =
      Phrase.of(
          "What anybody can learn about one person from this study at most, first in plain words, then exactly.",
          "任何人最多能从本研究得知某一个人的多少信息：先以通俗语言说明，再给出精确表述。");

  private final StudyFacts facts;

  private PrivacyStatement(StudyFacts facts) {
    this.facts = facts;
  }

  public static ComplianceReport of(VerifiedStudy study, Particulars particulars) {
    StudyFacts facts = new StudyFacts(study, particulars);
    return new ComplianceReport(
        ReportKind.PRIVACY, facts, LEDE, new PrivacyStatement(facts).chapters());
  }

  private List<Chapter> chapters() {
    return List.of(
        plain(),
        exact(),
        mechanism(),
        composition(),
        trust(),
        new Chapter("received", Phrase.of("Who saw what", "谁看到了什么")).add(facts.received()),
        around(),
        unprotected(),
        facts.receipt());
  }

  private Chapter plain() {
    Source source = facts.charged();
    return new Chapter("plain", Phrase.of("In plain words", "通俗说明"))
        .add(new Part.Prose(Statement.of(sentence(facts), source)))
        .add(new Part.Picture(this::spend))
        .add(
            new Part.Fields(Phrase.of("The same in short", "概要"))
                .put(
                    "hidden",
                    Phrase.of("What it does not hide", "不予隐藏的内容"),
                    Statement.of(
                        Phrase.of(
                            "what is true of many people together: that is what the study was for; and who took part when",
                            "许多人共同的规律（这正是研究的目的），以及哪些机构在何时参与"),
                        new Source.Design()))
                .put(
                    "repeats",
                    Phrase.of("If there are more studies", "若有更多研究"),
                    Statement.of(
                        Phrase.of(
                            "each adds to what can be learnt; every owner's budget ends it",
                            "每项研究都会增加可得知的信息；各数据方的预算为其设限"),
                        new Source.Design())));
  }

  /** One paragraph for whoever is in the data. */
  static Phrase sentence(StudyFacts facts) {
    Rho rho = facts.dearest();
    String unit = facts.findings().contract().unit().name();
    if (rho.equals(Rho.ZERO)) {
      return Phrase.of(
              "Nothing was paid for and nothing was released: nobody can have learnt anything about any %s from this study.",
              "未扣费，也未发布任何结果：没有人能从本研究得知任何“%s”的信息。")
          .with(unit);
    }
    String times = Decimal.ceiling(100 * Accountant.membershipGuessAtMost(rho), 0);
    return Phrase.of(
            "%1$d organisations answered one question together. No record left its owner. Only sums over at least %3$d organisations came out (releases: %2$d), each number blurred by chance before it left. Suppose someone sees all of it, knows all other records, and has to say whether one particular %4$s is in the data, when both are equally likely. They are right at most %5$s times in 100; by tossing a coin, 50 times.",
            "%1$d 个机构共同回答了一个问题。任何记录都没有离开其所有者：公开的只有至少涵盖 %3$d 个机构的和，共 %2$d 次发布，每个数字在离开之前都已加入随机噪声。假设有人看到全部结果，并知道其他所有记录，要判断某一特定的“%4$s”是否在数据之中（两种情况事先机会均等），则 100 次中最多猜对 %5$s 次；抛硬币为 50 次。")
        .with(
            facts.plan().quorum().nodes(),
            facts.findings().releases().size(),
            facts.plan().quorum().leastConfirmed(),
            unit,
            times);
  }

  private Figure spend(Language language) {
    Phrase title = Phrase.of("Spent of what was set aside", "已花费与已预留");
    Table table =
        new Table(
            Phrase.of("ρ by organisation", "各机构的 ρ").in(language),
            Phrase.of("Node", "节点").in(language),
            Phrase.of("Spent>", "已花费>").in(language),
            Phrase.of("Set aside>", "已预留>").in(language),
            Phrase.of("All studies so far>", "迄今全部研究>").in(language));
    List<Charts.Bar> bars = new ArrayList<>();
    for (NodeId node : facts.members()) {
      Rho paid = facts.charges().paidBy(node);
      Optional<Rho> reserved = reserved(node);
      String aside = reserved.map(StudyFacts::rho).orElse("–");
      table.row(
          node.value(),
          StudyFacts.rho(paid),
          aside,
          facts.charges().spentBy(node).map(StudyFacts::rho).orElse("–"));
      bars.add(new Charts.Bar(node.value(), paid.toDouble(), 0, StudyFacts.rho(paid)));
      bars.add(
          new Charts.Bar(
              Phrase.of("… set aside", "… 已预留").in(language),
              reserved.orElse(Rho.ZERO).toDouble(),
              0,
              aside));
    }
    Phrase finding =
        Phrase.of(
                "The dearest share is ρ = %s; ρ is the currency in which every owner's budget is counted.",
                "最大的花费为 ρ = %s；ρ 是各数据方预算的计量单位。")
            .with(StudyFacts.rho(facts.dearest()));
    return new Figure(
        "spend", title.in(language), finding.in(language), Charts.bars(bars, "ρ"), table);
  }

  private Optional<Rho> reserved(NodeId node) {
    return facts.trail().admissionOf(node).map(Trail.Logged::what).map(Admission::reserved);
  }

  private Chapter exact() {
    Rho planned = facts.plan().cost();
    Rho paid = facts.dearest();
    return new Chapter("exact", Phrase.of("The guarantee, exactly", "精确的保障"))
        .add(
            new Part.Fields(Phrase.of("Guarantee", "保障"))
                .put(
                    "variant",
                    Phrase.of("Notion", "定义"),
                    Statement.of(
                        Phrase.of(
                            "zero-concentrated differential privacy (Bun and Steinke 2016), against whoever sees all releases and works with up to c members",
                            "零集中差分隐私（Bun 与 Steinke，2016），对手可见全部发布并与至多 c 个成员合谋"),
                        new Source.Design()))
                .put(
                    "rho",
                    Phrase.of("ρ spent by this study", "本研究花费的 ρ"),
                    Statement.of(StudyFacts.rho(paid), facts.charged()))
                .put(
                    "epsilon",
                    Phrase.of("ε at δ", "ε（给定 δ）"),
                    Statement.of(
                        "ε = %s, δ = %s".formatted(facts.epsilon(paid), facts.delta()),
                        facts.chargedAtDelta()))
                .put(
                    "planned",
                    Phrase.of("As planned", "按计划"),
                    Statement.of(
                        "ρ = %s, ε = %s, δ = %s"
                            .formatted(
                                StudyFacts.rho(planned), facts.epsilon(planned), facts.delta()),
                        Trail.plan()))
                .put(
                    "terms",
                    Phrase.of("Terms of the study", "研究的约定"),
                    Statement.of(
                        "ε ≤ %s, δ = %s"
                            .formatted(
                                Decimal.significant(facts.study().privacy().epsilon(), 4),
                                facts.delta()),
                        Trail.study("privacy")))
                .put(
                    "guess",
                    Phrase.of("Guess at membership, at most", "成员推断的正确率上限"),
                    Statement.of(
                        Phrase.of(
                                "%s, from ½ + ½·min(√(ρ/2), √(1 − e^−ρ))",
                                "%s，由 ½ + ½·min(√(ρ/2), √(1 − e^−ρ)) 得出")
                            .with(Decimal.ceiling(Accountant.membershipGuessAtMost(paid), 4)),
                        facts.charged()))
                .put(
                    "unit",
                    Phrase.of("Privacy unit", "隐私单元"),
                    Statement.of(facts.unit(), Trail.contract("schema.customProperties")))
                .put(
                    "unit_enforced",
                    Phrase.of("How the unit is held to", "单元的执行方式"),
                    Statement.of(
                        Phrase.of(
                            "each node counts no more rows of a unit than declared; one person at two organisations is two units",
                            "每个节点对一个单元计入的行数不超过声明值；同一人在两个机构即为两个单元"),
                        new Source.Design()))
                .put(
                    "neighbours",
                    Phrase.of("Neighbours", "相邻关系"),
                    Statement.of(NEIGHBOURS, new Source.Design()))
                .put(
                    "period",
                    Phrase.of("Over which releases", "涵盖的发布"),
                    Statement.of(
                        Phrase.of(
                                "%d, all of this study, %s to %s; other studies are added by each owner's ledger",
                                "本研究的全部 %d 个发布，%s 至 %s；其他研究由各数据方的账本累加")
                            .with(
                                facts.findings().releases().size(),
                                facts.time(0),
                                facts.time(facts.trail().end().sequence())),
                        facts.wholeLog().at("time")))
                .put(
                    "budget",
                    Phrase.of("Whole budget of each owner", "各数据方的总预算"),
                    Statement.nowhere(
                        Phrase.of(
                            "in each owner's policy; the log holds only its digest",
                            "见各数据方的策略；日志仅含其摘要"))));
  }

  private Chapter mechanism() {
    Part.Rows rows =
        new Part.Rows(
            "blocks",
            Phrase.of("Every block of every release", "每个发布的每个分块"),
            Phrase.of("Release, block", "发布，分块"),
            Phrase.of("Records", "记录"),
            Phrase.of("Numbers>", "数字个数>"),
            Phrase.of("L2 bound of one unit>", "单个单元的 L2 界>"),
            Phrase.of("Steps of 1>", "每 1 的步数>"),
            Phrase.of("σ of a node, steps>", "节点 σ（步）>"),
            Phrase.of("± in the sum>", "和中的 ±>"),
            Phrase.of("ρ>", "ρ>"));
    for (int i = 0; i < facts.plan().releases().size(); i++) {
      addBlocks(rows, i);
    }
    Quorum q = facts.plan().quorum();
    return new Chapter("mechanism", Phrase.of("Mechanism", "机制"))
        .add(
            new Part.Fields(Phrase.of("How noise is made", "噪声的产生"))
                .put(
                    "mechanism",
                    Phrase.of("Mechanism", "机制"),
                    Statement.of(MECHANISM, new Source.Design()))
                .put(
                    "shares",
                    Phrase.of("Shares that are counted on", "计入保障的噪声份额"),
                    Statement.of(
                        Phrase.of(
                                "h = u − c = %d: at least %d members in a sum, of whom %d may work with the coordinator",
                                "h = u − c = %d：和中至少 %d 个成员，其中 %d 个可能与协调方合谋")
                            .with(q.honestSurvivors(), q.leastConfirmed(), q.colluders()),
                        Trail.roster()))
                .put(
                    "sensitivity",
                    Phrase.of("Sensitivity", "敏感度"),
                    Statement.of(
                        Phrase.of(
                            "certified: every row's vector is checked against the block's integer L2 bound before it is added; times the rows per unit and the stability of cleaning",
                            "经认证：每行的向量在计入之前均按分块的整数 L2 界检查；再乘以每单元行数与清洗的稳定性"),
                        new Source.Design()))
                .put(
                    "bounds",
                    Phrase.of("Where bounds are from", "界的来源"),
                    Statement.of(
                        Phrase.of("declared in the data contract", "在数据契约中声明"),
                        Trail.contract("schema.properties")))
                .put(
                    "cost",
                    Phrase.of("Cost of a release", "一个发布的成本"),
                    Statement.of(
                        Phrase.same("ρ = Σ Δ² / (2·h·σ²), ⌈·⌉ 10⁻¹² + 10⁻¹²"),
                        new Source.Design())))
        .add(rows);
  }

  private void addBlocks(Part.Rows rows, int index) {
    ReleaseSpec spec = facts.plan().releases().get(index);
    NoisePlan noise = spec.noise();
    Source source =
        facts
            .trail()
            .of(StudyEvent.Released.class, each -> each.release() == index)
            .map(released -> Trail.plan().and(released.at("survivors")))
            .orElse(Trail.plan());
    for (int b = 0; b < noise.shape().blocks().size(); b++) {
      Block block = noise.shape().blocks().get(b);
      double bound =
          StrictMath.sqrt((double) block.recordL2Squared()) / block.scale() * noise.rowsPerUnit();
      boolean released = index < facts.findings().releases().size();
      rows.row(
          source,
          Phrase.same((index + 1) + " " + spec.name() + ", " + block.name()),
          partition(spec.partition()),
          Phrase.same(Decimal.grouped(block.length())),
          Phrase.same(Decimal.significant(bound, 4)),
          Phrase.same(Decimal.grouped((double) block.scale())),
          Phrase.same(Decimal.grouped((double) noise.sigmas().get(b))),
          released
              ? Phrase.same(
                  Decimal.significant(facts.findings().releases().get(index).noiseDeviation(b), 3))
              : Phrase.of("not released", "未发布"),
          Phrase.same(b == 0 ? StudyFacts.rho(noise.rho()) : "″"));
    }
  }

  static Phrase partition(Partition partition) {
    return switch (partition) {
      case ALL -> Phrase.of("all", "全部");
      case TRAIN -> Phrase.of("training", "训练");
      case HOLDOUT -> Phrase.of("held out", "留出");
    };
  }

  private Chapter composition() {
    Part.Rows rows =
        new Part.Rows(
            "paid",
            Phrase.of("What each owner's ledger says", "各数据方账本的记录"),
            Phrase.of("Node", "节点"),
            Phrase.of("Charges>", "扣费次数>"),
            Phrase.of("ρ of this study>", "本研究的 ρ>"),
            Phrase.of("ε>", "ε>"),
            Phrase.of("ρ set aside>", "预留的 ρ>"),
            Phrase.of("ρ of all studies so far>", "迄今全部研究的 ρ>"));
    for (NodeId node : facts.members()) {
      var charges = facts.trail().chargesOf(node);
      if (!charges.isEmpty()) {
        Rho paid = facts.charges().paidBy(node);
        rows.row(
            paid(node, charges),
            Phrase.same(node.value()),
            Phrase.same(Integer.toString(charges.size())),
            Phrase.same(StudyFacts.rho(paid)),
            Phrase.same(facts.epsilon(paid)),
            Phrase.same(reserved(node).map(StudyFacts::rho).orElse("–")),
            Phrase.same(facts.charges().spentBy(node).map(StudyFacts::rho).orElse("–")));
      }
    }
    return new Chapter("composition", Phrase.of("Accountant and composition", "隐私会计与组合"))
        .add(
            new Part.Fields(Phrase.of("How costs add", "成本的累加"))
                .put(
                    "composition",
                    Phrase.of("Composition", "组合"),
                    Statement.of(composed(), new Source.Design()))
                .put(
                    "conversion",
                    Phrase.of("From ρ to ε", "由 ρ 到 ε"),
                    Statement.of(
                        Phrase.of(
                            "Canonne, Kamath and Steinke 2020, corollary 13, rounded up",
                            "Canonne、Kamath 与 Steinke（2020）推论 13，向上取整"),
                        new Source.Design())))
        .add(renewed())
        .add(rows.orNone(facts.wholeLog()));
  }

  private Part.Fields renewed() {
    Part.Fields fields = new Part.Fields(Phrase.of("Budgets that grew, by owner", "各数据方增加的预算"));
    DeclaredWords declared = new DeclaredWords(facts.verified());
    for (NodeId node : facts.members()) {
      fields.put("renewed_" + node, Phrase.same(node.value()), declared.changes(node));
    }
    return fields;
  }

  /** What the node signed that it set aside, and what it signed each time it paid. */
  private Source paid(NodeId node, List<Trail.Logged<ChargeStatement>> charges) {
    Source.Log paid = facts.trail().sourceOf(charges, "statement.marginal", "statement.spent");
    return facts
        .trail()
        .admissionOf(node)
        .map(each -> each.source().at("admission.reserved").and(paid))
        .orElse(paid)
        .and(Trail.study("privacy.delta"));
  }

  static Phrase composed() {
    return Phrase.of(
        "ρ adds exactly, in whole units of 10⁻¹², over releases of the same records; training and held-out records are never the same unit's, so of these two only the dearer counts; with folds every release counts as one of all records; each owner's ledger charges before its vector leaves",
        "同一批记录的各次发布的 ρ 以 10⁻¹² 为单位精确相加；训练与留出的记录不会属于同一单元，故两者只计较大者；交叉验证的每次发布均按全部记录计费；各数据方的账本在向量离开之前扣费");
  }

  private Chapter trust() {
    Quorum q = facts.plan().quorum();
    Rho worst = facts.plan().costIfAllOthersCollude();
    return new Chapter("trust", Phrase.of("Whom one has to trust", "需要信任谁"))
        .add(
            new Part.Fields(Phrase.of("Trust", "信任"))
                .put(
                    "coordinator",
                    Phrase.of("Coordinator", "协调方"),
                    Statement.of(
                        Phrase.of(
                            "not trusted with data: it sees masked vectors and the noisy sums",
                            "不向其托付数据：仅见掩码向量与带噪声的和"),
                        new Source.Design()))
                .put(
                    "colluders",
                    Phrase.of("Colluding members", "合谋成员"),
                    Statement.of(
                        Phrase.of(
                                "up to %d with the coordinator: the guarantee above holds in full",
                                "至多 %d 个与协调方合谋：上述保障完全成立")
                            .with(q.colluders()),
                        Trail.roster()))
                .put(
                    "alone",
                    Phrase.of("If everybody else colludes", "若其余各方全部合谋"),
                    Statement.of(
                        Phrase.of(
                                "a node's own noise remains: ρ = %s, ε = %s at δ = %s",
                                "节点自身的噪声仍在：ρ = %s，ε = %s（δ = %s）")
                            .with(StudyFacts.rho(worst), facts.epsilon(worst), facts.delta()),
                        Trail.plan()))
                .put(
                    "dropouts",
                    Phrase.of("Members that may drop out of a sum", "一个和中可退出的成员数"),
                    Statement.of(Integer.toString(q.nodes() - q.leastConfirmed()), Trail.roster()))
                .put(
                    "node",
                    Phrase.of("Each owner", "各数据方"),
                    Statement.of(
                        Phrase.of(
                            "trusts its own node's program, its keys and its machine",
                            "信任自己节点的程序、密钥与机器"),
                        new Source.Design())));
  }

  private Chapter around() {
    return new Chapter("around", Phrase.of("Before and after the noise", "噪声之前与之后"))
        .add(
            new Part.Fields(Phrase.of("Processing around it", "前后的处理"))
                .put("cleaning", Phrase.of("Cleaning before", "此前的清洗"), facts.cleaning())
                .put(
                    "stability",
                    Phrase.of("Rows that one row can change through cleaning", "清洗中一行最多影响的行数"),
                    Statement.of(
                        Long.toString(facts.study().cleaning().stability()),
                        Trail.study("cleaning")))
                .put("tuning", Phrase.of("Tuning", "调参"), Statement.of(TUNING, new Source.Design()))
                .put(
                    "post_processing",
                    Phrase.of("Post-processing", "后处理"),
                    Statement.of(POST_PROCESSING, new Source.Design()))
                .put(
                    "arithmetic",
                    Phrase.of("Arithmetic and randomness", "算术与随机性"),
                    Statement.of(
                        Phrase.of(
                            "whole numbers throughout, an exact sampler of the discrete Gaussian, the system's cryptographic randomness; no floating point before the noise",
                            "全程整数运算，离散高斯精确采样，使用系统的密码学随机源；加噪之前没有浮点运算"),
                        new Source.Design()))
                .put("version", Phrase.of("Version and build", "版本与构建"), Statement.unrecorded())
                .put(
                    "security",
                    Phrase.of("Security of the data at their owners", "数据在其所有者处的安全"),
                    security()));
  }

  private List<Statement> security() {
    return facts.members().stream()
        .map(node -> facts.typed().of(node, Particular.SECURITY))
        .distinct()
        .toList();
  }

  private Chapter unprotected() {
    Part.Fields fields = new Part.Fields(Phrase.of("Not protected by noise", "不受噪声保护"));
    int number = 1;
    for (Phrase each : open()) {
      fields.put(
          "open_" + number,
          Phrase.same(Integer.toString(number++)),
          Statement.of(each, new Source.Design()));
    }
    return new Chapter("unprotected", Phrase.of("What is not protected", "不受保护的内容")).add(fields);
  }

  /** What everybody may know. */
  static List<Phrase> open() {
    return List.of(
        Phrase.of(
            "that an organisation took part, when, at which price, and whether it dropped out",
            "某机构是否参与、何时参与、价格多少、是否中途退出"),
        Phrase.of(
            "the data contract: names of columns, declared values, ranges and bins",
            "数据契约：列名、声明的取值、范围与分箱"),
        Phrase.of("reasons that an owner chose to give for a refusal", "数据方自愿给出的拒绝理由"),
        Phrase.of(
            "the declared, rough number of people, where the study's text gives one",
            "研究文本中声明的大致人数（如有）"),
        Phrase.of(
            "what a person's data tell about others, such as members of a family",
            "一个人的数据所揭示的他人信息，例如家庭成员"),
        Phrase.of(
            "one person at several organisations, who counts there each time", "同一人在多个机构时在每处分别计入"));
  }
}
