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
 * A study as an entry of the OpenDP deployments registry, tier 3: the fields of its {@code
 * deployments/*.yaml} (github.com/opendp/deployments-registry-data), as JSON, which YAML contains.
 *
 * <p>A draft: whoever submits it completes what is not stated. The registry is in English.
 */
public final class RegistryEntry {
  private RegistryEntry() {}

  public static byte[] of(VerifiedStudy study, Particulars particulars) {
    StudyFacts facts = new StudyFacts(study, particulars);
    ObjectNode root = Json.object();
    root.put("url_slug", facts.study().id() + "-" + facts.endDay().getYear());
    root.put("status", "Draft").put("tier", 3);
    ObjectNode deployment = root.putObject("deployment");
    product(deployment.putObject("product"), facts);
    ObjectNode flavor = deployment.putObject("dp_flavor");
    flavor.put("name", "Zero-concentrated DP");
    flavor.put(
        "data_domain",
        "All tables that fit the data contract %s, version %s, at %d organisations"
            .formatted(
                facts.findings().contract().id(),
                facts.findings().contract().version(),
                facts.members().size()));
    flavor.put("unprotected_quantities", unprotected());
    loss(deployment.putObject("privacy_loss"), facts);
    model(deployment.putObject("model"), facts);
    ObjectNode accounting = deployment.putObject("accounting");
    accounting.put("post_processing", PrivacyStatement.POST_PROCESSING.english());
    accounting.put("composition", PrivacyStatement.composed().english());
    ObjectNode implementation = deployment.putObject("implementation");
    implementation.put(
        "pre_processing_eda_hyperparameter_tuning",
        "Cleaning: %s. Tuning: %s."
            .formatted(
                facts.cleaning().stream()
                    .map(step -> step.text().english())
                    .collect(Collectors.joining("; ")),
                PrivacyStatement.TUNING.english()));
    implementation.put("mechanisms", PrivacyStatement.MECHANISM.english());
    implementation.put("justification", typed(facts.typed().ofStudy(Particular.NECESSITY)));
    ObjectNode resources = deployment.putObject("resources");
    resources.put(
        "sources",
        "Log %s, plan SHA-256 %s"
            .formatted(
                facts.verified().receipt().checkpoint().origin(), facts.plan().digest().hex()));
    resources.putArray("registry_authors").add(typed(facts.typed().ofOperator(Particular.CONTACT)));
    return Json.write(root);
  }

  private static void product(ObjectNode product, StudyFacts facts) {
    product.put("name", facts.study().title());
    ArrayNode curators = product.putArray("data_curators");
    for (NodeId node : facts.members()) {
      Statement name = facts.typed().of(node, Particular.NAME);
      curators.add(name.isMissing() ? node.value() : name.text().english());
    }
    product.put("intended_use", typed(facts.typed().ofStudy(Particular.INTENDED_USE)));
    product.put(
        "data_product_type",
        facts.study().analysis().fitsModel() ? "Machine learning model" : "Summary statistics");
    product.put("data_product_region", typed(facts.typed().ofStudy(Particular.REGION)));
    product.put(
        "description",
        "%s of purpose %s over %d organisations"
            .formatted(
                facts.analysis().english(), facts.study().purpose(), facts.members().size()));
    product.put("publication_date", facts.endDay().toString());
    Statement sector = facts.typed().ofStudy(Particular.SECTOR);
    if (!sector.isMissing()) {
      product.put("data_product_sector", sector.text().english());
    }
  }

  private static void loss(ObjectNode loss, StudyFacts facts) {
    Rho rho = facts.dearest();
    String unit = facts.findings().contract().unit().name();
    loss.put("privacy_unit", unit.substring(0, 1).toUpperCase(Locale.ROOT) + unit.substring(1));
    loss.put(
        "privacy_unit_description",
        "%s; %s".formatted(facts.unit().english(), PrivacyStatement.NEIGHBOURS.english()));
    ObjectNode parameters = loss.putObject("privacy_parameters");
    double delta = facts.study().privacy().delta();
    parameters.set("epsilon", Json.number(Accountant.epsilonFor(rho, delta)));
    parameters.set("delta", Json.number(delta));
    parameters.set("rho", Json.number(rho.toDouble()));
    loss.put(
        "privacy_parameters_description",
        "The dearest organisation's spend for this study, as charged; epsilon follows from rho at the delta given.");
  }

  private static void model(ObjectNode model, StudyFacts facts) {
    Quorum q = facts.plan().quorum();
    int releases = facts.findings().releases().size();
    model.put("model_name", "Federated");
    model.put(
        "model_name_description",
        "Every organisation adds its share of the noise before secure aggregation; nobody sees a single organisation's sum.");
    model.put(
        "actors",
        "%d organisations, of whom at most %d work with the coordinator; a coordinator that is not trusted with data; the study lead and readers of the log, who see the releases."
            .formatted(q.nodes(), q.colluders()));
    model.put("release_type", releases > 1 ? "Many releases" : "One release");
    model.put(
        "release_type_description",
        "%d releases in one study; further studies of the same people are limited by each organisation's budget, which does not come back."
            .formatted(releases));
    model.put("data_source_type", "Static");
    model.put("access_type", "Non-interactive");
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
