package org.althing.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Collectors;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.report.Json;
import org.althing.sheet.Language;

/**
 * A study as an entry of the OpenDP deployments registry, tier 3, as JSON, which YAML contains: the
 * sections and fields of its template ({@code tests/good_deployments/template.yaml} of
 * github.com/opendp/deployments-registry-data, 2026).
 *
 * <p>A draft: whoever submits it completes what is not stated, and names published evidence. The
 * registry is in English.
 */
public final class RegistryEntry {
  private RegistryEntry() {}

  public static byte[] of(VerifiedStudy study, Particulars particulars) {
    StudyFacts facts = new StudyFacts(study, particulars);
    ObjectNode root = Json.object();
    root.put("url_slug", facts.study().id() + "-" + facts.endDay().getYear());
    ObjectNode deployment = root.putObject("deployment");
    basic(deployment.putObject("basic"), facts);
    ObjectNode variant = deployment.putObject("dp_variant");
    variant.put("variant_name", "Zero-concentrated DP");
    variant.put(
        "data_domain",
        "All tables that fit the data contract %s, version %s, at %d organisations"
            .formatted(
                facts.findings().contract().id(),
                facts.findings().contract().version(),
                facts.members().size()));
    variant.put("unprotected_quantities", unprotected());
    loss(deployment.putObject("privacy_loss"), facts);
    model(deployment.putObject("deployment_model"), facts);
    implementation(deployment.putObject("implementation"), facts);
    ObjectNode administrative = deployment.putObject("administrative");
    administrative.put("status", "Draft");
    administrative
        .putArray("registry_authors")
        .add(typed(facts.typed().ofOperator(Particular.CONTACT)));
    administrative.put("tier", 3);
    return Json.write(root);
  }

  private static void basic(ObjectNode basic, StudyFacts facts) {
    basic.put("name", facts.study().title());
    ArrayNode curators = basic.putArray("data_curators");
    for (NodeId node : facts.members()) {
      Statement name = facts.typed().of(node, Particular.NAME);
      curators
          .addObject()
          .put("data_curator_name", name.isMissing() ? node.value() : name.text().english())
          .put("data_curator_type", typed(facts.typed().of(node, Particular.CURATOR_TYPE)));
    }
    basic.put(
        "description",
        "%s of purpose %s over %d organisations"
            .formatted(
                facts.analysis().english(), facts.study().purpose(), facts.members().size()));
    basic.put("intended_use", typed(facts.typed().ofStudy(Particular.INTENDED_USE)));
    basic.put(
        "data_product_type",
        facts.study().analysis().fitsModel() ? "Machine learning model" : "Summary statistics");
    basic.put("data_product_region", typed(facts.typed().ofStudy(Particular.REGION)));
    Statement sector = facts.typed().ofStudy(Particular.SECTOR);
    if (!sector.isMissing()) {
      basic.put("data_product_sector", sector.text().english());
    }
    basic.put("publication_date", facts.endDay().toString());
  }

  private static void loss(ObjectNode loss, StudyFacts facts) {
    Rho rho = facts.dearest();
    String unit = facts.findings().contract().unit().name();
    loss.put("privacy_unit", unit.substring(0, 1).toUpperCase(Locale.ROOT) + unit.substring(1));
    loss.put(
        "privacy_unit_details",
        "%s; %s".formatted(facts.unit().english(), PrivacyStatement.NEIGHBOURS.english()));
    ObjectNode parameters = loss.putObject("privacy_parameters");
    double delta = facts.study().privacy().delta();
    parameters.set("epsilon", Json.number(Accountant.epsilonFor(rho, delta)));
    parameters.set("delta", Json.number(delta));
    parameters.set("rho", Json.number(rho.toDouble()));
    loss.put(
        "privacy_parameters_details",
        "The dearest organisation's spend for this study, as charged; epsilon follows from rho at the delta given.");
  }

  private static void model(ObjectNode model, StudyFacts facts) {
    Quorum q = facts.plan().quorum();
    int releases = facts.findings().releases().size();
    model.put("model_name", "Federated");
    model.put(
        "model_name_details",
        "Every organisation adds its share of the noise before secure aggregation; nobody sees a single organisation's sum.");
    model.put(
        "actors",
        "%d organisations, of whom at most %d work with the coordinator; a coordinator that is not trusted with data; the study lead and readers of the log, who see the releases."
            .formatted(q.nodes(), q.colluders()));
    model.put("release_type", releases > 1 ? "Many releases" : "One release");
    model.put(
        "release_type_details",
        "%d releases in one study; further studies of the same people are limited by each organisation's budget, which does not come back."
            .formatted(releases));
    model.put("data_source_type", "Static");
    model.put("access_type", "Non-interactive");
  }

  private static void implementation(ObjectNode implementation, StudyFacts facts) {
    implementation.put(
        "preprocessing_and_hyperparameter_tuning",
        "Cleaning: %s. Tuning: %s."
            .formatted(
                facts.cleaning().stream()
                    .map(step -> step.text().english())
                    .collect(Collectors.joining("; ")),
                PrivacyStatement.TUNING.english()));
    implementation.put("mechanisms", PrivacyStatement.MECHANISM.english());
    implementation.put("composition", PrivacyStatement.composed().english());
    implementation.put("post_processing", PrivacyStatement.POST_PROCESSING.english());
    implementation.put("justification", typed(facts.typed().ofStudy(Particular.NECESSITY)));
    implementation.put(
        "additional_information",
        "Log %s, plan SHA-256 %s"
            .formatted(
                facts.verified().receipt().checkpoint().origin(), facts.plan().digest().hex()));
  }

  private static String unprotected() {
    return PrivacyStatement.open().stream().map(Phrase::english).collect(Collectors.joining("; "));
  }

  private static String typed(Statement statement) {
    return statement.isMissing()
        ? Statement.NOT_STATED.in(Language.EN)
        : statement.text().english();
  }
}
