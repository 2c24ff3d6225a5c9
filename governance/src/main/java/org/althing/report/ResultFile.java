package org.althing.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.model.evaluation.ClassGroupFindings;
import org.althing.model.evaluation.Comparison;
import org.althing.model.evaluation.Criterion;
import org.althing.model.evaluation.GroupFindings;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.Classifier;
import org.althing.model.kmeans.Clusters;
import org.althing.privacy.Accountant;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Rho;
import org.althing.quality.ColumnFindings;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.release.ReleaseSpec;
import org.althing.study.ChargeStatement;
import org.althing.study.Choice;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.table.Verdict;
import org.althing.vector.Block;

/**
 * {@code result.json}: what a study found and what it cost, for programs, under schema {@value
 * #SCHEMA}. Every estimate carries its noise; the same findings give the same bytes.
 */
public final class ResultFile {
  public static final String SCHEMA = "althing/result/v1";
  public static final String NAME = "result.json";
  private final Findings findings;

  private ResultFile(Findings findings) {
    this.findings = findings;
  }

  public static byte[] render(Findings findings) {
    return Json.write(new ResultFile(findings).root());
  }

  private ObjectNode root() {
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA);
    root.put("state", findings.record().completed() ? "completed" : "stopped");
    findings
        .record()
        .stopped()
        .map(StudyEvent.StudyStopped::reason)
        .ifPresent(r -> root.put("reason", r));
    study(root.putObject("study"));
    plan(root.putObject("plan"));
    charges(root.putArray("charges"));
    findings.outcome().quality().ifPresent(q -> quality(root.putObject("quality"), q));
    findings
        .outcome()
        .statistics()
        .ifPresent(s -> StatisticsNode.write(root.putObject("statistics"), s));
    findings.outcome().clusters().ifPresent(c -> clusters(root.putObject("clusters"), c));
    findings.outcome().choice().ifPresent(c -> candidates(root.putObject("candidates"), c));
    findings.outcome().evaluation().ifPresent(e -> evaluation(root.putObject("evaluation"), e));
    findings
        .outcome()
        .classEvaluation()
        .ifPresent(e -> ClassEvaluationNode.write(root.putObject("evaluation"), e));
    findings.outcome().groups().ifPresent(g -> groups(root.putObject("groups"), g));
    findings.outcome().classGroups().ifPresent(g -> classGroups(root.putObject("groups"), g));
    if (findings.outcome().model().isPresent()) {
      root.put("model", ModelFile.NAME);
    }
    if (!findings.outcome().weights().isEmpty()) {
      weights(root.putArray("weights"));
    }
    if (!findings.outcome().words().words().isEmpty()) {
      words(root.putArray("words"));
    }
    return root;
  }

  private void study(ObjectNode node) {
    Study study = findings.study();
    node.put("id", study.id()).put("title", study.title()).put("purpose", study.purpose());
    node.put("lead", study.lead()).put("analysis", study.analysis().word());
    node.put("digest", study.digest().hex());
    ObjectNode contract = node.putObject("contract");
    contract.put("id", findings.contract().id()).put("version", findings.contract().version());
    contract.put("digest", findings.contract().digest().hex());
    ObjectNode privacy = node.putObject("privacy");
    privacy.set("epsilon", Json.number(study.privacy().epsilon()));
    privacy.set("delta", Json.number(study.privacy().delta()));
    privacy.put("unit", findings.contract().unit().name());
    privacy.put("rows_per_unit", findings.contract().unit().maxRows());
    if (!study.cleaning().isEmpty()) {
      ObjectNode cleaning = node.putObject("cleaning");
      cleaning.put("stability", study.cleaning().stability());
      ArrayNode steps = cleaning.putArray("steps");
      study.cleaning().inWords().forEach(steps::add);
    }
  }

  private void plan(ObjectNode node) {
    node.put("digest", findings.plan().digest().hex());
    Quorum quorum = findings.plan().quorum();
    node.put("nodes", quorum.nodes()).put("threshold", quorum.threshold());
    node.put("colluders", quorum.colluders()).put("least_survivors", quorum.leastConfirmed());
    cost(node.putObject("cost"), findings.plan().cost());
    cost(node.putObject("cost_if_all_others_collude"), findings.plan().costIfAllOthersCollude());
    ArrayNode members = node.putArray("members");
    for (Roster.Member member : findings.plan().roster().members()) {
      members.addObject().put("node", member.id().value()).put("key", member.key().hex());
    }
    ArrayNode releases = node.putArray("releases");
    for (int i = 0; i < findings.plan().releases().size(); i++) {
      release(releases.addObject(), i);
    }
  }

  private void cost(ObjectNode node, Rho rho) {
    double delta = findings.study().privacy().delta();
    node.put("rho", rho.toString()).set("epsilon", Json.number(Accountant.epsilonFor(rho, delta)));
  }

  private void release(ObjectNode node, int index) {
    ReleaseSpec spec = findings.plan().releases().get(index);
    NoisePlan noise = spec.noise();
    node.put("name", spec.name()).put("records", spec.partition().name());
    node.put("rho", noise.rho().toString());
    boolean released = index < findings.releases().size();
    node.put("released", released);
    if (released) {
      node.put("survivors", findings.releases().get(index).survivors());
      node.put("total", findings.record().releases().get(index).total().hex());
    }
    ArrayNode blocks = node.putArray("blocks");
    for (int b = 0; b < noise.shape().blocks().size(); b++) {
      Block block = noise.shape().blocks().get(b);
      ObjectNode blockNode = blocks.addObject();
      blockNode.put("name", block.name()).put("numbers", block.length());
      blockNode.put("steps_per_unit", block.scale());
      blockNode.put("record_l2_squared_steps", block.recordL2Squared());
      blockNode.put("sigma_per_node_steps", noise.sigmas().get(b));
    }
  }

  private void charges(ArrayNode node) {
    for (ChargeStatement charge : Charges.of(findings.record()).all()) {
      ObjectNode each = node.addObject();
      each.put("node", charge.node().value());
      each.put("release", charge.receipt().release().release());
      each.put("attempt", charge.receipt().release().attempt());
      each.put("rho", charge.receipt().gross().toString());
      each.put("rho_added", charge.receipt().marginal().toString());
      each.put("rho_spent_since", charge.receipt().spent().toString());
    }
  }

  private static void quality(ObjectNode node, QualityFindings quality) {
    estimate(node.putObject("rows"), quality.rowCount());
    ArrayNode columns = node.putArray("columns");
    for (ColumnFindings column : quality.columns()) {
      ObjectNode each = columns.addObject().put("column", column.column());
      ArrayNode faults = each.putArray("faults");
      for (ColumnFindings.FaultShare fault : column.faults()) {
        share(faults.addObject().put("verdict", word(fault.verdict())), fault.share());
      }
      ArrayNode values = each.putArray("values");
      for (ColumnFindings.ValueShare value : column.values()) {
        share(values.addObject().put("value", value.cell()), value.share());
      }
    }
    ArrayNode rules = node.putArray("rules");
    quality.rules().forEach(outcome -> rule(rules.addObject(), outcome));
  }

  private static String word(Verdict verdict) {
    return verdict.name();
  }

  private static void rule(ObjectNode node, RuleOutcome outcome) {
    node.put("id", outcome.rule().id()).put("demand", Wording.rule(outcome.rule()));
    node.put("unit", outcome.rule().unit().name().toLowerCase(Locale.ROOT));
    node.put("severity", outcome.rule().severity()).put("dimension", outcome.rule().dimension());
    if (outcome instanceof RuleOutcome.NotRun notRun) {
      node.put("verdict", "NOT_RUN").put("reason", notRun.reason());
    } else if (outcome instanceof RuleOutcome.Judged judged) {
      node.put("verdict", judged.verdict().name());
      judged.metric().ifPresent(metric -> estimate(node.putObject("metric"), metric));
      judged.noiseFloor().ifPresent(floor -> node.set("noise_floor", Json.number(floor)));
    }
  }

  private static void share(ObjectNode node, ColumnFindings.Share share) {
    estimate(node.putObject("rows"), share.count());
    share.rate().ifPresent(rate -> estimate(node.putObject("rate"), rate));
  }

  private static void clusters(ObjectNode node, Clusters clusters) {
    estimate(node.putObject("records"), clusters.records());
    estimate(node.putObject("squares_total"), clusters.total());
    estimate(node.putObject("squares_within"), clusters.within());
    ArrayNode all = node.putArray("clusters");
    for (Clusters.Cluster cluster : clusters.clusters()) {
      ObjectNode each = all.addObject();
      estimate(each.putObject("records"), cluster.size());
      each.put("below_noise", !cluster.isDistinct());
      estimate(each.putObject("squares_within"), cluster.within());
      ArrayNode centre = each.putArray("centre");
      for (int c = 0; c < cluster.centre().size(); c++) {
        ObjectNode coordinate = centre.addObject().put("column", clusters.columns().get(c));
        measure(coordinate, cluster.centre().get(c));
      }
    }
  }

  static void estimate(ObjectNode node, Estimate estimate) {
    node.set("value", Json.number(estimate.value()));
    node.set("noise_deviation", Json.number(estimate.noiseDeviation()));
  }

  private static void evaluation(ObjectNode node, Performance performance) {
    estimate(node.putObject("records"), performance.records());
    performance.rates().accuracy().ifPresent(m -> measure(node.putObject("accuracy"), m));
    performance.rates().auc().ifPresent(m -> measure(node.putObject("auc"), m));
    performance.rates().baseRate().ifPresent(m -> measure(node.putObject("base_rate"), m));
    performance
        .rates()
        .commonerClass()
        .ifPresent(m -> measure(node.putObject("commoner_class_accuracy"), m));
    Performance.PositiveClass positive = performance.positiveClass();
    positive.precision().ifPresent(m -> measure(node.putObject("precision"), m));
    positive.recall().ifPresent(m -> measure(node.putObject("recall"), m));
    positive.f1().ifPresent(m -> measure(node.putObject("f1"), m));
    probabilities(node, performance.probabilities());
    ObjectNode confusion = node.putObject("confusion");
    estimate(confusion.putObject("true_positives"), performance.confusion().truePositives());
    estimate(confusion.putObject("false_positives"), performance.confusion().falsePositives());
    estimate(confusion.putObject("true_negatives"), performance.confusion().trueNegatives());
    estimate(confusion.putObject("false_negatives"), performance.confusion().falseNegatives());
    numbers(node.putArray("positives_by_score"), performance.positives());
    numbers(node.putArray("negatives_by_score"), performance.negatives());
    node.set("noise_deviation_by_score", Json.number(performance.cellDeviation()));
    node.set("log_odds_scale", Json.number(performance.scale()));
  }

  private void candidates(ObjectNode node, Choice choice) {
    Comparison comparison = choice.comparison();
    node.put("choose_by", comparison.criterion().word()).put("chosen", choice.chosen().name());
    comparison.optimism().ifPresent(most -> node.set("optimism_at_most", Json.number(most)));
    comparison
        .allowing()
        .ifPresent(span -> span(node.putArray("interval_allowing_for_choice"), span));
    ArrayNode models = node.putArray("models");
    for (int i = 0; i < choice.candidates().size(); i++) {
      Choice.Candidate candidate = choice.candidates().get(i);
      ObjectNode each = models.addObject().put("name", candidate.name());
      findings
          .study()
          .analysis()
          .candidate(candidate.name())
          .ifPresent(model -> each.put("analysis", model.word()));
      each.put("rounds", candidate.rounds());
      for (Criterion criterion : Criterion.values()) {
        candidate
            .figure(criterion)
            .ifPresent(m -> measure(each.putObject(criterion.word().replace('-', '_')), m));
      }
      comparison.behind().get(i).ifPresent(b -> behind(each.putObject("behind_chosen"), b));
    }
  }

  private static void behind(ObjectNode node, Comparison.Behind behind) {
    node.set("value", Json.number(behind.value()));
    span(node.putArray("interval"), behind.span());
    node.put("told_from_noise", behind.isTold());
  }

  private static void span(ArrayNode node, Comparison.Span span) {
    node.add(Json.number(span.low())).add(Json.number(span.high()));
  }

  private static void groups(ObjectNode node, GroupFindings findings) {
    node.put("column", findings.column());
    ArrayNode groups = node.putArray("groups");
    for (GroupFindings.Group group : findings.groups()) {
      ObjectNode each = groups.addObject().put("group", group.name());
      estimate(each.putObject("records"), group.records());
      group.baseRate().ifPresent(m -> measure(each.putObject("base_rate"), m));
      group.predictedPositive().ifPresent(m -> measure(each.putObject("predicted_positive"), m));
      group.accuracy().ifPresent(m -> measure(each.putObject("accuracy"), m));
      group.truePositiveRate().ifPresent(m -> measure(each.putObject("true_positive_rate"), m));
      group.falsePositiveRate().ifPresent(m -> measure(each.putObject("false_positive_rate"), m));
      group.auc().ifPresent(m -> measure(each.putObject("auc"), m));
    }
    findings
        .demographicParity()
        .ifPresent(gap -> gap(node.putObject("demographic_parity_difference"), gap));
    findings
        .equalOpportunity()
        .ifPresent(gap -> gap(node.putObject("equal_opportunity_difference"), gap));
  }

  private static void classGroups(ObjectNode node, ClassGroupFindings findings) {
    node.put("column", findings.column());
    ArrayNode groups = node.putArray("groups");
    for (ClassGroupFindings.Group group : findings.groups()) {
      ObjectNode each = groups.addObject().put("group", group.name());
      estimate(each.putObject("records"), group.records());
      group.accuracy().ifPresent(m -> measure(each.putObject("accuracy"), m));
      ArrayNode classes = each.putArray("classes");
      for (int k = 0; k < findings.classes().size(); k++) {
        ObjectNode one = classes.addObject().put("class", findings.classes().get(k));
        ClassGroupFindings.OneClass found = group.classes().get(k);
        found.share().ifPresent(m -> measure(one.putObject("share"), m));
        found.predicted().ifPresent(m -> measure(one.putObject("predicted"), m));
        found.recall().ifPresent(m -> measure(one.putObject("recall"), m));
      }
    }
    findings.accuracy().ifPresent(gap -> gap(node.putObject("accuracy_difference"), gap));
    ArrayNode classes = node.putArray("classes");
    for (int k = 0; k < findings.classes().size(); k++) {
      ObjectNode one = classes.addObject().put("class", findings.classes().get(k));
      findings
          .demographicParity()
          .get(k)
          .ifPresent(gap -> gap(one.putObject("demographic_parity_difference"), gap));
      findings
          .equalOpportunity()
          .get(k)
          .ifPresent(gap -> gap(one.putObject("equal_opportunity_difference"), gap));
    }
  }

  private static void gap(ObjectNode node, GroupFindings.Gap gap) {
    node.put("lowest", gap.lowest()).put("highest", gap.highest());
    node.put("groups_compared", gap.compared()).set("value", Json.number(gap.value()));
    node.putArray("interval").add(Json.number(gap.low())).add(Json.number(gap.high()));
    node.put("told_from_noise", gap.isTold());
  }

  static void probabilities(ObjectNode node, Performance.Probabilities probabilities) {
    probabilities.logLoss().ifPresent(m -> measure(node.putObject("log_loss"), m));
    probabilities.brier().ifPresent(m -> measure(node.putObject("brier"), m));
    probabilities
        .calibration()
        .ifPresent(
            error -> {
              ObjectNode each = node.putObject("calibration_error");
              each.set("value", Json.number(error.value()));
              each.set("by_chance", Json.number(error.byChance()));
            });
  }

  private void weights(ArrayNode node) {
    List<String> names = findings.outcome().model().orElseThrow().features().coordinateNames();
    List<Measure> weights = findings.outcome().weights();
    for (int i = 0; i < weights.size(); i++) {
      measure(node.addObject().put("of", names.get(i)), weights.get(i));
    }
  }

  /** The loudest of each class, as the report draws them. */
  private void words(ArrayNode node) {
    Classifier model = findings.outcome().model().orElseThrow();
    for (WordsFigure.Side side : new WordsFigure(model, findings.outcome().words()).sides()) {
      ObjectNode one = node.addObject().put("speak", side.name());
      ArrayNode words = one.putArray("words");
      for (WordsFigure.Word word : side.words()) {
        ObjectNode each = words.addObject().put("word", word.name());
        each.set("weight", Json.number(word.weight().value()));
        each.putArray("interval")
            .add(Json.number(word.weight().low()))
            .add(Json.number(word.weight().high()));
        each.put("told_from_noise", word.weight().told());
      }
    }
  }

  static void measure(ObjectNode node, Measure measure) {
    node.set("value", Json.number(measure.value()));
    node.set("noise_deviation", Json.number(measure.noiseDeviation()));
    node.set("sampling_deviation", Json.number(measure.samplingDeviation()));
  }

  private static void numbers(ArrayNode node, List<Double> values) {
    values.forEach(value -> node.add(Json.number(value)));
  }
}
