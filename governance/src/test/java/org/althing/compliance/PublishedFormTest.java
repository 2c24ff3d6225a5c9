package org.althing.compliance;

import static org.althing.compliance.PublishedForm.NUMBER;
import static org.althing.compliance.PublishedForm.OBJECT;
import static org.althing.compliance.PublishedForm.TEXT;
import static org.althing.compliance.PublishedForm.URI_TEXT;
import static org.althing.compliance.PublishedForm.fields;
import static org.althing.compliance.PublishedForm.listOf;
import static org.althing.compliance.PublishedForm.oneOf;
import static org.althing.compliance.PublishedForm.someOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forms whose publishers ship no schema that a build could read offline are held to what they
 * state.
 *
 * <p>OpenLineage: core specification 2-0-2 and its facets ({@code spec/} of
 * github.com/OpenLineage/OpenLineage), fields, kinds, permitted words and addresses of schemas as
 * in its Java client 1.55.0, which reads these events and writes them again unchanged. A field that
 * the schema would let pass as additional is a fault here: it would be a slip of the pen.
 *
 * <p>OpenDP deployments registry: {@code tests/good_deployments/template.yaml}, which its own tests
 * hold to list every field, and the words its entries of 2025 and 2026 use
 * (github.com/opendp/deployments-registry-data).
 */
class PublishedFormTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FACETS = "https://openlineage.io/spec/facets/";

  // OpenLineage.

  private static PublishedForm.Fields facet(String schema) {
    String name = schema.substring(schema.indexOf('/') + 1);
    return fields()
        .must("_producer", URI_TEXT)
        .must("_schemaURL", oneOf(FACETS + schema + ".json#/$defs/" + name));
  }

  private static PublishedForm.Fields documentation(String schema) {
    return facet(schema).must("description", TEXT).may("contentType", TEXT);
  }

  private static PublishedForm.Fields ownership(String schema) {
    return facet(schema).may("owners", listOf(fields().must("name", TEXT).may("type", TEXT)));
  }

  /** Of ours the core asks what it asks of every facet; their own schemas stand in docs. */
  private static final PublishedForm OWN =
      (path, value) ->
          Stream.of("_producer", "_schemaURL")
              .flatMap(name -> URI_TEXT.faults(path + "/" + name, value.path(name)).stream())
              .toList();

  private static final PublishedForm TEST =
      fields()
          .must("name", TEXT)
          .must("status", oneOf("pass", "fail", "skip"))
          .may("severity", oneOf("error", "warn"))
          .may("type", TEXT)
          .may("description", TEXT)
          .may("expected", TEXT)
          .may("actual", TEXT)
          .may("content", TEXT)
          .may("contentType", TEXT)
          .may("params", OBJECT);

  private static final PublishedForm RUN_FACETS =
      fields()
          .may("test", facet("1-0-1/TestRunFacet").must("tests", listOf(TEST)))
          .may(
              "errorMessage",
              facet("1-0-1/ErrorMessageRunFacet")
                  .must("message", TEXT)
                  .must("programmingLanguage", TEXT)
                  .may("stackTrace", TEXT))
          .may("althing_privacy", OWN)
          .may("althing_log", OWN);

  private static final PublishedForm JOB_FACETS =
      fields()
          .may("documentation", documentation("1-1-0/DocumentationJobFacet"))
          .may("ownership", ownership("1-0-1/OwnershipJobFacet"))
          .may("althing_log", OWN);

  private static final PublishedForm COLUMN =
      fields()
          .must("name", TEXT)
          .may("type", TEXT)
          .may("description", TEXT)
          .may("ordinal_position", NUMBER);

  private static final PublishedForm DATASET =
      fields()
          .must("namespace", TEXT)
          .must("name", TEXT)
          .may(
              "facets",
              fields()
                  .may("documentation", documentation("1-1-0/DocumentationDatasetFacet"))
                  .may("ownership", ownership("1-0-1/OwnershipDatasetFacet"))
                  .may("schema", facet("1-2-0/SchemaDatasetFacet").may("fields", listOf(COLUMN)))
                  .may(
                      "version",
                      facet("1-0-1/DatasetVersionDatasetFacet").must("datasetVersion", TEXT))
                  .may("althing_log", OWN));

  private static final PublishedForm RUN_EVENT =
      fields()
          .must("eventTime", PublishedForm.TIME)
          .must("producer", URI_TEXT)
          .must(
              "schemaURL",
              oneOf("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"))
          .may("eventType", oneOf("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"))
          .must("run", fields().must("runId", PublishedForm.UUID_FORM).may("facets", RUN_FACETS))
          .must(
              "job", fields().must("namespace", TEXT).must("name", TEXT).may("facets", JOB_FACETS))
          .may("inputs", listOf(DATASET))
          .may("outputs", listOf(DATASET));

  static Stream<VerifiedStudy> studies() {
    return Stream.concat(
        Stream.of(PaperStudy.QUALITY, PaperStudy.STATISTICS, PaperStudy.LOGISTIC)
            .map(VerifiedPaper::completed),
        Stream.of(VerifiedPaper.stopped(PaperStudy.LOGISTIC)));
  }

  private static List<JsonNode> events(VerifiedStudy study) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : new String(OpenLineage.of(study), StandardCharsets.UTF_8).lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyEventIsARunEvent(VerifiedStudy study) throws IOException {
    for (JsonNode event : events(study)) {
      assertThat(RUN_EVENT.faults("", event)).isEmpty();
    }
  }

  @Test
  void theFormOfAnEventSeesWhatIsWrong() throws IOException {
    Map<String, Consumer<ObjectNode>> slips =
        Map.of(
            " has eventTime", event -> event.remove("eventTime"),
            "/eventTime is an RFC 3339 time", event -> event.put("eventTime", "yesterday"),
            "/run/runId is a UUID", event -> in(event, "/run").put("runId", "17"),
            "/producer is a URI", event -> event.put("producer", "althing"),
            "/outcome is no field", event -> event.put("outcome", "good"),
            "/run/facets/test/tests/0/status is one of [pass, fail, skip]",
                event -> in(event, "/run/facets/test/tests/0").put("status", "maybe"),
            "/job/facets/documentation has description",
                event -> in(event, "/job/facets/documentation").remove("description"),
            "/inputs/2/facets/schema/_producer is a URI",
                event -> in(event, "/inputs/2/facets/schema").put("_producer", ""));
    for (Map.Entry<String, Consumer<ObjectNode>> slip : slips.entrySet()) {
      JsonNode event = events(VerifiedPaper.completed(PaperStudy.QUALITY)).get(1);
      slip.getValue().accept((ObjectNode) event);
      assertThat(RUN_EVENT.faults("", event)).containsExactly(slip.getKey());
    }
  }

  private static ObjectNode in(JsonNode event, String path) {
    return (ObjectNode) event.at(path);
  }

  // The registry.

  private static final PublishedForm CURATOR =
      fields().must("data_curator_name", TEXT).must("data_curator_type", TEXT);

  /**
   * Tier 3 has every section; what its template gives as an example of its words is one of them.
   */
  private static final PublishedForm ENTRY =
      fields()
          .must("url_slug", TEXT)
          .must(
              "deployment",
              fields()
                  .must(
                      "basic",
                      fields()
                          .must("name", TEXT)
                          .must("data_curators", someOf(CURATOR))
                          .must("description", TEXT)
                          .must("intended_use", TEXT)
                          .must(
                              "data_product_type",
                              oneOf("Summary statistics", "Machine learning model"))
                          .must("data_product_region", TEXT)
                          .may("data_product_sector", TEXT)
                          .must("publication_date", PublishedForm.DATE))
                  .must(
                      "dp_variant",
                      fields()
                          .must("variant_name", oneOf("Zero-concentrated DP"))
                          .must("data_domain", TEXT)
                          .must("unprotected_quantities", TEXT))
                  .must(
                      "privacy_loss",
                      fields()
                          .must("privacy_unit", TEXT)
                          .must("privacy_unit_details", TEXT)
                          .must(
                              "privacy_parameters",
                              fields()
                                  .may("epsilon", NUMBER)
                                  .may("delta", NUMBER)
                                  .may("rho", NUMBER))
                          .must("privacy_parameters_details", TEXT))
                  .must(
                      "deployment_model",
                      fields()
                          .must("model_name", oneOf("Federated"))
                          .must("model_name_details", TEXT)
                          .must("actors", TEXT)
                          .must("release_type", oneOf("One release", "Many releases"))
                          .must("release_type_details", TEXT)
                          .must("data_source_type", oneOf("Static", "Dynamic"))
                          .must("access_type", oneOf("Non-interactive", "Interactive")))
                  .must(
                      "implementation",
                      fields()
                          .must("preprocessing_and_hyperparameter_tuning", TEXT)
                          .must("mechanisms", TEXT)
                          .must("composition", TEXT)
                          .must("post_processing", TEXT)
                          .must("justification", TEXT)
                          .may("additional_information", TEXT))
                  .must(
                      "administrative",
                      fields()
                          .must("status", oneOf("Draft"))
                          .must("registry_authors", someOf(TEXT))
                          .must("tier", NUMBER)));

  @ParameterizedTest
  @MethodSource("studies")
  void everyEntryOfTheRegistryHasItsSections(VerifiedStudy study) throws IOException {
    for (Particulars said : List.of(Particulars.NONE, VerifiedPaper.everything())) {
      JsonNode entry = JSON.readTree(RegistryEntry.of(study, said));
      assertThat(ENTRY.faults("", entry)).isEmpty();
      assertThat(entry.at("/deployment/administrative/tier").intValue()).isEqualTo(3);
    }
  }

  @Test
  void theFormOfAnEntrySeesWhatIsWrong() throws IOException {
    JsonNode entry =
        JSON.readTree(
            RegistryEntry.of(VerifiedPaper.completed(PaperStudy.QUALITY), Particulars.NONE));
    in(entry, "/deployment/basic").put("publication_date", "1/1/2026").remove("name");
    in(entry, "/deployment").putObject("surprise");
    assertThat(ENTRY.faults("", entry))
        .containsExactlyInAnyOrder(
            "/deployment/basic has name",
            "/deployment/basic/publication_date is a day",
            "/deployment/surprise is no field");
  }
}
