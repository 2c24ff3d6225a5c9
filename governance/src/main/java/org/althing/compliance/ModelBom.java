package org.althing.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.model.evaluation.GroupFindings;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.report.Decimal;
import org.althing.report.Json;
import org.althing.report.ModelFile;
import org.althing.study.AnalysisChoice;
import org.althing.study.StudyOutcome;

/**
 * A fitted model as a CycloneDX 1.6 bill of materials with one component of type {@code
 * machine-learning-model} and its {@code modelCard} (ECMA-424).
 *
 * <p>What nobody stated is left out where the schema lets it, and listed under the property {@code
 * althing:not-stated}.
 */
public final class ModelBom {
  private final StudyFacts facts;
  private final ModelFile file;
  private final Digest digest;

  private ModelBom(StudyFacts facts, ModelFile file) {
    this.facts = facts;
    this.file = file;
    this.digest = Digest.of(file.toBytes());
  }

  /** Empty where the study fitted no model. */
  public static Optional<byte[]> of(VerifiedStudy study, Particulars particulars) {
    StudyFacts facts = new StudyFacts(study, particulars);
    return ModelFile.of(study.findings()).map(file -> Json.write(new ModelBom(facts, file).root()));
  }

  private ObjectNode root() {
    ObjectNode root = Json.object();
    root.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
    root.put("bomFormat", "CycloneDX").put("specVersion", "1.6");
    root.put("serialNumber", "urn:uuid:" + serial()).put("version", 1);
    ObjectNode metadata = root.putObject("metadata");
    metadata.put(
        "timestamp",
        Instant.ofEpochMilli(facts.trail().end().timeMillis())
            .truncatedTo(ChronoUnit.SECONDS)
            .toString());
    ObjectNode tool = metadata.putObject("tools").putArray("components").addObject();
    tool.put("type", "application").put("name", "Althing");
    ObjectNode component = root.putArray("components").addObject();
    component.put("type", "machine-learning-model");
    component.put("bom-ref", "model-" + file.study());
    component.put("name", file.study()).put("description", file.title());
    ObjectNode hash = component.putArray("hashes").addObject();
    hash.put("alg", "SHA-256").put("content", digest.hex());
    card(component.putObject("modelCard"));
    return root;
  }

  /** Follows from what the document is of, so that the same model gives the same bytes. */
  private UUID serial() {
    String of = digest.hex() + facts.typed().digest().map(Digest::hex).orElse("");
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
  }

  private void card(ObjectNode card) {
    card.put("bom-ref", "card-" + file.study());
    parameters(card.putObject("modelParameters"));
    StudyOutcome outcome = facts.findings().outcome();
    outcome.evaluation().ifPresent(performance -> metrics(card, Metric.of(performance)));
    outcome.classEvaluation().ifPresent(performance -> metrics(card, Metric.of(performance)));
    considerations(card.putObject("considerations"));
    properties(card.putArray("properties"));
  }

  private void metrics(ObjectNode card, List<Metric> all) {
    ArrayNode metrics = card.putObject("quantitativeAnalysis").putArray("performanceMetrics");
    write(metrics, all, "held-out records");
    facts.findings().outcome().groups().ifPresent(groups -> ofGroups(metrics, groups));
    facts
        .findings()
        .outcome()
        .classGroups()
        .ifPresent(
            found ->
                found
                    .groups()
                    .forEach(
                        group ->
                            write(
                                metrics,
                                Metric.of(found.classes(), group),
                                slice(found.column(), group.name()))));
  }

  private static String slice(String column, String group) {
    return "held-out records, %s: %s".formatted(column, group);
  }

  private static void ofGroups(ArrayNode metrics, GroupFindings findings) {
    for (GroupFindings.Group group : findings.groups()) {
      write(metrics, Metric.of(group), slice(findings.column(), group.name()));
    }
  }

  private static void write(ArrayNode metrics, List<Metric> all, String slice) {
    all.forEach(metric -> metric.found().ifPresent(m -> write(metrics, metric, m, slice)));
  }

  private static void write(ArrayNode metrics, Metric metric, Measure found, String slice) {
    ObjectNode node = metrics.addObject();
    node.put("type", metric.key()).put("value", Decimal.fixed(metric.value(found), 4));
    node.put("slice", slice);
    ObjectNode interval = node.putObject("confidenceInterval");
    interval.put("lowerBound", Decimal.fixed(metric.interval(found).low(), 4));
    interval.put("upperBound", Decimal.fixed(metric.interval(found).high(), 4));
  }

  private void parameters(ObjectNode parameters) {
    parameters.putObject("approach").put("type", "supervised");
    parameters.put("task", "classification");
    AnalysisChoice analysis = facts.findings().answered();
    parameters.put(
        "architectureFamily",
        analysis instanceof AnalysisChoice.NaiveBayes
            ? "naive Bayes"
            : analysis instanceof AnalysisChoice.Logistic
                ? "generalised linear model"
                : "linear model");
    parameters.put("modelArchitecture", facts.analysis().english());
    ObjectNode data = parameters.putArray("datasets").addObject();
    data.put("type", "dataset").put("name", facts.findings().contract().id());
    data.put(
        "description",
        "Data contract %s, version %s, SHA-256 %s; each organisation's records stay with it"
            .formatted(
                facts.findings().contract().id(),
                facts.findings().contract().version(),
                facts.findings().contract().digest().hex()));
    ArrayNode owners = data.putObject("governance").putArray("owners");
    for (NodeId node : facts.members()) {
      Statement name = facts.typed().of(node, Particular.NAME);
      owners
          .addObject()
          .putObject("organization")
          .put("name", name.isMissing() ? node.value() : name.text().english());
    }
    ArrayNode inputs = parameters.putArray("inputs");
    file.model()
        .features()
        .columnsRead()
        .forEach(column -> inputs.addObject().put("format", column));
    parameters
        .putArray("outputs")
        .addObject()
        .put(
            "format",
            (analysis instanceof AnalysisChoice.LinearSvm
                    ? "margin read as log-odds, scaled as held-out records ask, of "
                    : "probability of ")
                + ModelReport.outcome(file.model()).english());
  }

  private void considerations(ObjectNode considerations) {
    ArrayNode uses = considerations.putArray("useCases");
    uses.add("Purpose as the owners' policies name it: " + facts.study().purpose());
    typed(Particular.INTENDED_USE).ifPresent(uses::add);
    ArrayNode limits = considerations.putArray("technicalLimitations");
    limits.add(
        "Linear in its features; its weights carry the privacy noise of the sums they follow from.");
    facts
        .findings()
        .outcome()
        .choice()
        .ifPresent(choice -> limits.add(new CandidateWords(choice).sentence().english()));
    typed(Particular.OUT_OF_SCOPE).ifPresent(text -> limits.add("Out of scope: " + text));
    typed(Particular.LIMITATIONS).ifPresent(limits::add);
    considerations
        .putArray("performanceTradeoffs")
        .add("Accuracy is traded for privacy: less noise would cost the people in the data more.");
    ArrayNode ethical = considerations.putArray("ethicalConsiderations");
    typed(Particular.RISK)
        .ifPresent(
            risk -> {
              ObjectNode node = ethical.addObject().put("name", risk);
              typed(Particular.MEASURES_JUDGED).ifPresent(m -> node.put("mitigationStrategy", m));
            });
  }

  private void properties(ArrayNode properties) {
    Rho paid = facts.dearest();
    property(properties, "althing:plan", facts.plan().digest().hex());
    property(properties, "althing:log", facts.verified().receipt().checkpoint().origin());
    property(properties, "althing:issue", facts.verified().receipt().issue().hex());
    property(properties, "althing:rho", paid.toString());
    property(properties, "althing:epsilon", facts.epsilon(paid));
    property(properties, "althing:delta", facts.delta());
    property(properties, "althing:privacy-unit", facts.unit().english());
    for (Particular particular :
        new Particular[] {
          Particular.INTENDED_USE,
          Particular.OUT_OF_SCOPE,
          Particular.LIMITATIONS,
          Particular.RISK,
          Particular.BIAS
        }) {
      if (typed(particular).isEmpty()) {
        property(properties, "althing:not-stated", particular.key());
      }
    }
    typed(Particular.BIAS).ifPresent(text -> property(properties, "althing:bias", text));
  }

  private static void property(ArrayNode properties, String name, String value) {
    properties.addObject().put("name", name).put("value", value);
  }

  private Optional<String> typed(Particular particular) {
    Statement statement = facts.typed().ofStudy(particular);
    return statement.isMissing() ? Optional.empty() : Optional.of(statement.text().english());
  }
}
