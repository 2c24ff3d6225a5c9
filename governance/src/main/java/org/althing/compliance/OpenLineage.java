package org.althing.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.contract.ContractColumn;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;
import org.althing.federation.NodeId;
import org.althing.privacy.Accountant;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Rho;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.release.ReleaseSpec;
import org.althing.report.Decimal;
import org.althing.report.Json;
import org.althing.study.StudyEvent;
import org.althing.vector.Block;

/**
 * A study as two OpenLineage run events of specification 2-0-2, one to a line, as the file
 * transport of its clients writes them: its start and its end.
 *
 * <p>Verdicts of a quality audit are of all organisations together, so they stand with the run
 * ({@code TestRunFacet}) and never with one organisation's data set. No count, minimum, maximum or
 * quantile of one organisation is in them: none is in the log.
 */
public final class OpenLineage {
  private static final String SPEC = "https://openlineage.io/spec/";
  private static final String RUN_EVENT = SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent";

  /** Of what has no address of its own: a name, not a place to fetch from. */
  static final String NAME = "urn:althing:";

  static final String PRODUCER = NAME + "lineage:v1";
  static final String FACETS = NAME + "openlineage:1-0-0:";

  private final Lineage lineage;
  private final StudyFacts facts;

  private OpenLineage(Lineage lineage) {
    this.lineage = lineage;
    this.facts = lineage.facts();
  }

  public static byte[] of(VerifiedStudy study) {
    OpenLineage events = new OpenLineage(new Lineage(study));
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(Json.line(events.start()));
    lines.writeBytes(Json.line(events.end()));
    return lines.toByteArray();
  }

  private ObjectNode start() {
    ObjectNode event = event("START", 0);
    ObjectNode run = run(event);
    privacy(run, "planned", facts.plan().cost(), facts.members(), 0);
    evidence(run, List.of(0));
    rest(event);
    return event;
  }

  private ObjectNode end() {
    int end = lineage.endEntry();
    ObjectNode event = event(lineage.end().name(), end);
    ObjectNode run = run(event);
    privacy(run, "charged", lineage.paid(), lineage.inSums(), end);
    evidence(run, Lineage.numbers(facts.wholeLog()));
    facts.findings().outcome().quality().ifPresent(quality -> tests(run, quality));
    facts
        .findings()
        .record()
        .stopped()
        .ifPresent(
            stopped ->
                standard(run, "errorMessage", "1-0-1/ErrorMessageRunFacet")
                    .put("message", stopped.reason())
                    .put("programmingLanguage", "JAVA"));
    ArrayNode outputs = rest(event);
    lineage.outputs().forEach(output -> write(outputs.addObject(), output));
    return event;
  }

  private ObjectNode event(String type, int entry) {
    ObjectNode event = Json.object();
    event.put("eventType", type).put("eventTime", lineage.timeOf(entry));
    event.put("producer", PRODUCER).put("schemaURL", RUN_EVENT);
    return event;
  }

  /** The facets of the event's run. */
  private ObjectNode run(ObjectNode event) {
    return event.putObject("run").put("runId", lineage.run().toString()).putObject("facets");
  }

  /** The job and the inputs, which both events have alike, and the outputs, still empty. */
  private ArrayNode rest(ObjectNode event) {
    ObjectNode job = event.putObject("job");
    job.put("namespace", lineage.origin()).put("name", facts.study().id());
    ObjectNode about = job.putObject("facets");
    standard(about, "documentation", "1-1-0/DocumentationJobFacet")
        .put(
            "description",
            "%s. Analysis: %s. Purpose as policies name it: %s."
                .formatted(
                    facts.study().title(),
                    facts.study().analysis().word(),
                    facts.study().purpose()));
    standard(about, "ownership", "1-0-1/OwnershipJobFacet")
        .putArray("owners")
        .addObject()
        .put("name", facts.study().lead())
        .put("type", "LEAD");
    evidence(about, List.of(0));
    ArrayNode inputs = event.putArray("inputs");
    lineage.readFrom().forEach(node -> write(inputs.addObject(), node));
    return event.putArray("outputs");
  }

  private void write(ObjectNode dataset, NodeId node) {
    dataset.put("namespace", node.value()).put("name", lineage.contract().id());
    ObjectNode about = dataset.putObject("facets");
    standard(about, "documentation", "1-1-0/DocumentationDatasetFacet")
        .put("description", "Records under data contract " + lineage.contractInWords());
    standard(about, "ownership", "1-0-1/OwnershipDatasetFacet")
        .putArray("owners")
        .addObject()
        .put("name", node.value());
    ArrayNode fields = standard(about, "schema", "1-2-0/SchemaDatasetFacet").putArray("fields");
    for (ContractColumn column : lineage.columns()) {
      ObjectNode field = fields.addObject();
      field.put("name", column.column().name()).put("type", Lineage.type(column));
      if (!column.description().isBlank()) {
        field.put("description", column.description());
      }
    }
    List<Integer> charges =
        facts.trail().chargesOf(node).stream().map(Trail.Logged::entry).toList();
    evidence(about, Stream.concat(Stream.of(0), charges.stream()).toList());
  }

  private void write(ObjectNode dataset, Lineage.Output output) {
    dataset.put("namespace", lineage.origin());
    dataset.put("name", facts.study().id() + "/" + output.name());
    ObjectNode about = dataset.putObject("facets");
    standard(about, "documentation", "1-1-0/DocumentationDatasetFacet")
        .put("description", output.inWords());
    standard(about, "version", "1-0-1/DatasetVersionDatasetFacet")
        .put("datasetVersion", "sha256:" + output.digest().hex());
    evidence(about, output.entries());
  }

  /** What the run costs the people in the data: as planned at its start, as paid at its end. */
  private void privacy(ObjectNode facets, String basis, Rho rho, List<NodeId> in, int entry) {
    double delta = facts.study().privacy().delta();
    ObjectNode facet = own(facets, "althing_privacy", "AlthingPrivacyRunFacet");
    facet.put("basis", basis);
    facet.set("rho", Json.number(rho.toDouble()));
    facet.set("epsilon", Json.number(Accountant.epsilonFor(rho, delta)));
    facet.set("delta", Json.number(delta));
    ArrayNode sigmas = facet.putArray("sigma");
    int releases =
        basis.equals("planned")
            ? facts.plan().releases().size()
            : facts.trail().all(StudyEvent.Released.class).size();
    facts.plan().releases().stream().limit(releases).forEach(release -> write(sigmas, release));
    facet.put("unit", facts.unit().english());
    ArrayNode participants = facet.putArray("participants");
    in.forEach(node -> participants.add(node.value()));
    facet.put("logIndex", lineage.placeOf(entry));
    facet.put("root", facts.verified().receipt().checkpoint().root().hex());
  }

  private static void write(ArrayNode sigmas, ReleaseSpec release) {
    NoisePlan noise = release.noise();
    for (int b = 0; b < noise.sigmas().size(); b++) {
      Block block = noise.shape().blocks().get(b);
      ObjectNode sigma = sigmas.addObject();
      sigma.put("release", release.name()).put("block", block.name());
      sigma.put("share", noise.sigmas().get(b)).put("scale", block.scale());
      sigma.put("honestShares", noise.honestSurvivors());
    }
  }

  private void tests(ObjectNode facets, QualityFindings quality) {
    ArrayNode tests = standard(facets, "test", "1-0-1/TestRunFacet").putArray("tests");
    for (RuleOutcome outcome : quality.rules()) {
      QualityRule rule = outcome.rule();
      Optional<RuleVerdict> verdict =
          outcome instanceof RuleOutcome.Judged judged
              ? Optional.of(judged.verdict())
              : Optional.empty();
      ObjectNode test = tests.addObject();
      test.put("name", rule.id()).put("status", status(verdict));
      test.put("severity", rule.severity().equals("warning") ? "warn" : rule.severity());
      test.put("type", type(rule.measure()));
      test.put("description", RuleWords.demand(rule).english());
      test.put("expected", expected(rule)).put("actual", RuleWords.found(outcome).english());
      ObjectNode params = test.putObject("params");
      params.put("dimension", rule.dimension());
      params.put("verdict", verdict.map(v -> v.name().toLowerCase(Locale.ROOT)).orElse("not run"));
    }
  }

  /** What noise leaves open did not pass and did not fail. */
  private static String status(Optional<RuleVerdict> verdict) {
    if (verdict.isEmpty()) {
      return "skip";
    }
    return switch (verdict.get()) {
      case PASS -> "pass";
      case FAIL -> "fail";
      case INCONCLUSIVE -> "skip";
    };
  }

  private static String type(RuleMeasure measure) {
    if (measure instanceof RuleMeasure.Faults faults) {
      return faults.kind().name().toLowerCase(Locale.ROOT);
    }
    if (measure instanceof RuleMeasure.Matching) {
      return "rows_matching";
    }
    if (measure instanceof RuleMeasure.Groups) {
      return "equal_rows";
    }
    if (measure instanceof RuleMeasure.MeanWords) {
      return "mean_words";
    }
    return measure instanceof RuleMeasure.Drift drift
        ? "drift_" + drift.distance().name().toLowerCase(Locale.ROOT)
        : "row_count";
  }

  private static String expected(QualityRule rule) {
    String operator =
        switch (rule.operator()) {
          case MUST_BE_LESS_THAN -> "< ";
          case MUST_BE_LESS_OR_EQUAL_TO -> "<= ";
          case MUST_BE_GREATER_THAN -> "> ";
          case MUST_BE_GREATER_OR_EQUAL_TO -> ">= ";
        };
    boolean percent = rule.unit() == QualityRule.Unit.PERCENT;
    return operator + Decimal.significant(rule.threshold(), 6) + (percent ? " %" : "");
  }

  /** The entries a facet's neighbours rest on: their numbers in the study, and in the log. */
  private void evidence(ObjectNode facets, List<Integer> entries) {
    ObjectNode facet = own(facets, "althing_log", "AlthingLogFacet");
    ArrayNode numbers = facet.putArray("entries");
    entries.forEach(numbers::add);
    ArrayNode places = facet.putArray("logIndexes");
    entries.forEach(entry -> places.add(lineage.placeOf(entry)));
  }

  private static ObjectNode own(ObjectNode facets, String key, String name) {
    return facet(facets, key, FACETS + name + ".json#/$defs/" + name);
  }

  private static ObjectNode standard(ObjectNode facets, String key, String schema) {
    String name = schema.substring(schema.indexOf('/') + 1);
    return facet(facets, key, SPEC + "facets/" + schema + ".json#/$defs/" + name);
  }

  private static ObjectNode facet(ObjectNode facets, String key, String schema) {
    return facets.putObject(key).put("_producer", PRODUCER).put("_schemaURL", schema);
  }
}
