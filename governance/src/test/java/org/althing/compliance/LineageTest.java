package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.report.Charges;
import org.althing.report.PaperStudy;
import org.althing.report.StudyFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lineage says what the log says, in the forms that catalogues read, and nothing of one row. */
class LineageTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Stream<VerifiedStudy> studies() {
    return Stream.concat(
        Stream.of(
                PaperStudy.QUALITY,
                PaperStudy.STATISTICS,
                PaperStudy.NAIVE_BAYES,
                PaperStudy.LOGISTIC,
                PaperStudy.SVM,
                PaperStudy.CLASSES,
                PaperStudy.CANDIDATES,
                PaperStudy.CANDIDATES_OF_CLASSES,
                PaperStudy.CLUSTERS)
            .map(VerifiedPaper::completed),
        Stream.of(PaperStudy.QUALITY, PaperStudy.LOGISTIC).map(VerifiedPaper::stopped));
  }

  private static List<JsonNode> events(VerifiedStudy study) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    String lines = new String(OpenLineage.of(study), StandardCharsets.UTF_8);
    assertThat(lines).endsWith("}\n");
    for (String line : lines.lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static JsonNode prov(VerifiedStudy study) throws IOException {
    return JSON.readTree(ProvDocument.of(study));
  }

  /** Every field of a tree, wherever it stands, with its name. */
  private static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      visitor.accept(field.getKey(), field.getValue());
    }
    node.forEach(child -> walk(child, visitor));
  }

  @ParameterizedTest
  @MethodSource("studies")
  void aStudyIsOneRunWithAStartAndAnEnd(VerifiedStudy study) throws IOException {
    List<JsonNode> events = events(study);
    boolean completed = study.findings().record().completed();
    assertThat(events)
        .extracting(e -> e.get("eventType").textValue())
        .containsExactly("START", completed ? "COMPLETE" : "ABORT");
    for (JsonNode event : events) {
      assertThat(event.get("schemaURL").textValue())
          .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
      assertThat(event.get("producer").textValue()).isNotBlank();
      UUID run = UUID.fromString(event.at("/run/runId").textValue());
      assertThat(run.version()).isEqualTo(8);
      assertThat(run.variant()).isEqualTo(2);
      assertThat(run.toString().substring(0, 8))
          .isEqualTo(study.findings().plan().digest().hex().substring(0, 8));
      assertThat(event.at("/job/namespace").textValue()).isEqualTo(PaperStudy.ORIGIN);
      assertThat(event.at("/job/name").textValue()).isEqualTo(study.findings().study().id());
      assertThat(event.at("/job/facets/ownership/owners/0/name").textValue()).isEqualTo("lead-one");
      for (JsonNode input : event.get("inputs")) {
        assertThat(input.get("name").textValue()).isEqualTo("heart");
        assertThat(input.at("/facets/schema/fields")).isNotEmpty();
      }
    }
    assertThat(events.get(0).at("/run/runId")).isEqualTo(events.get(1).at("/run/runId"));
    assertThat(Instant.parse(events.get(0).get("eventTime").textValue()).toEpochMilli())
        .isEqualTo(study.findings().record().entries().get(0).timeMillis());
    assertThat(Instant.parse(events.get(1).get("eventTime").textValue()))
        .isAfter(Instant.parse(events.get(0).get("eventTime").textValue()));
  }

  /** A refused study read nobody's records: it has no inputs, no participants and no cost. */
  @ParameterizedTest
  @MethodSource("studies")
  void dataCountAsReadOnceTheirOwnerSignedACharge(VerifiedStudy study) throws IOException {
    JsonNode end = events(study).get(1);
    int read = study.findings().record().completed() ? 4 : 0;
    assertThat(end.get("inputs")).hasSize(read);
    JsonNode privacy = end.at("/run/facets/althing_privacy");
    assertThat(privacy.get("participants")).hasSize(read);
    assertThat(privacy.get("rho").doubleValue())
        .isEqualTo(Charges.of(study.findings().record()).paidBy(VerifiedPaper.ORG_A).toDouble());
    assertThat(end.at("/run/facets").has("errorMessage")).isEqualTo(read == 0);
  }

  @ParameterizedTest
  @MethodSource("studies")
  void outputsAreTheFilesOfTheFolderByTheirDigests(VerifiedStudy study) throws IOException {
    List<String> expected = new ArrayList<>();
    StudyFolder.derived(study.findings())
        .forEach(
            (name, bytes) -> {
              if (!name.endsWith(".yaml")) {
                expected.add(name + " sha256:" + Digest.of(bytes.toArray()).hex());
              }
            });
    List<String> outputs = new ArrayList<>();
    String id = study.findings().study().id() + "/";
    for (JsonNode output : events(study).get(1).get("outputs")) {
      String name = output.get("name").textValue();
      assertThat(name).startsWith(id);
      outputs.add(
          name.substring(id.length())
              + " "
              + output.at("/facets/version/datasetVersion").textValue());
    }
    assertThat(outputs).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyFacetNamesItsProducerAndSchemaAndOursKeepToTheirs(VerifiedStudy study)
      throws IOException {
    for (JsonNode event : events(study)) {
      walk(
          event,
          (name, facets) -> {
            if (name.equals("facets")) {
              facets.forEach(facet -> assertThat(facet.get("_producer").isTextual()).isTrue());
              facets.forEach(facet -> assertThat(facet.get("_schemaURL").isTextual()).isTrue());
            }
            if (name.startsWith("althing_")) {
              assertThat(facets.get("_schemaURL").textValue()).startsWith(OpenLineage.FACETS);
              assertThat(keys(facets)).isEqualTo(required(facets.get("_schemaURL").textValue()));
            }
          });
    }
  }

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new HashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static Set<String> required(String schema) {
    String name = schema.substring(schema.lastIndexOf('/') + 1);
    try {
      JsonNode file = JSON.readTree(Path.of("..", "docs", "openlineage", name + ".json").toFile());
      assertThat(schema).isEqualTo(file.get("$id").textValue() + "#/$defs/" + name);
      Set<String> required = new HashSet<>();
      file.at("/$defs/" + name + "/required").forEach(each -> required.add(each.textValue()));
      assertThat(keys(file.at("/$defs/" + name + "/properties"))).isEqualTo(required);
      return required;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void verdictsStandWithTheRunAndNeverWithOneOrganisation() throws IOException {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.QUALITY);
    JsonNode end = events(study).get(1);
    JsonNode tests = end.at("/run/facets/test/tests");
    assertThat(tests).hasSameSizeAs(study.findings().outcome().quality().orElseThrow().rules());
    for (JsonNode test : tests) {
      assertThat(test.get("name").textValue()).isNotBlank();
      assertThat(test.get("status").textValue()).isIn("pass", "fail", "skip");
    }
    assertThat(end.get("inputs").toString()).doesNotContain("ssertion");
  }

  /** Numbers are of the plan, the ledger's words and the log: no field could hold a count. */
  @ParameterizedTest
  @MethodSource("studies")
  void noFieldCouldHoldAValueOfARowOrACountOfANode(VerifiedStudy study) throws IOException {
    Set<String> numbers = new HashSet<>();
    for (JsonNode event : events(study)) {
      walk(
          event,
          (name, value) -> {
            if (value.isNumber()) {
              numbers.add(name);
            }
            assertThat(name).doesNotContainIgnoringCase("quantile").isNotIn("min", "max", "count");
          });
    }
    assertThat(numbers)
        .isSubsetOf("rho", "epsilon", "delta", "share", "scale", "honestShares", "logIndex");
    Set<String> inProv = new HashSet<>();
    walk(
        prov(study),
        (name, value) -> {
          if (value.isNumber()) {
            inProv.add(name);
          }
        });
    assertThat(inProv).isSubsetOf("althing:rho", "althing:epsilon", "althing:delta");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyEndOfARelationIsAnElementOfItsKind(VerifiedStudy study) throws IOException {
    JsonNode prov = prov(study);
    Map<String, String> kinds =
        Map.of(
            "prov:entity", "entity",
            "prov:plan", "entity",
            "prov:activity", "activity",
            "prov:informed", "activity",
            "prov:informant", "activity",
            "prov:agent", "agent",
            "prov:delegate", "agent",
            "prov:responsible", "agent");
    int last = study.findings().record().entries().size();
    int relations = 0;
    for (Map.Entry<String, JsonNode> group : prov.properties()) {
      for (Map.Entry<String, JsonNode> record : group.getValue().properties()) {
        if (group.getKey().equals("prefix")) {
          continue;
        }
        assertThat(record.getValue().get("althing:entry")).isNotEmpty();
        record
            .getValue()
            .get("althing:entry")
            .forEach(entry -> assertThat(entry.intValue()).isBetween(0, last));
        if (!record.getKey().startsWith("_:")) {
          assertThat(prov.get("prefix").has(record.getKey().split(":", 2)[0])).isTrue();
          continue;
        }
        relations++;
        for (Map.Entry<String, JsonNode> end : record.getValue().properties()) {
          if (kinds.containsKey(end.getKey())) {
            assertThat(prov.get(kinds.get(end.getKey())).has(end.getValue().textValue()))
                .as(record.toString())
                .isTrue();
          }
        }
      }
    }
    assertThat(relations).isGreaterThan(6);
    assertThat(prov.get("wasGeneratedBy")).hasSize(events(study).get(1).get("outputs").size());
  }

  @Test
  void theSameStudyGivesTheSameBytes() {
    VerifiedStudy one = VerifiedPaper.completed(PaperStudy.LOGISTIC);
    VerifiedStudy other = VerifiedPaper.completed(PaperStudy.LOGISTIC);
    assertThat(OpenLineage.of(one)).isEqualTo(OpenLineage.of(other));
    assertThat(ProvDocument.of(one)).isEqualTo(ProvDocument.of(other));
  }
}
