package org.althing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is a contract here is one by the published schema of the standard. */
class PublishedContractTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Every key of the standard that a contract of ours may have, most of them once. */
  private static final String WHOLE =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: heart
      version: 1.0.0
      status: active
      name: Heart disease
      tenant: clinics
      domain: cardiology
      dataProduct: hearts
      contractCreatedTs: 2026-06-30T12:00:00Z
      tags: [heart]
      description:
        purpose: Learn together
        limitations: Adults
        usage: Models
        authoritativeDefinitions: [{url: "https://example.org/heart", type: businessDefinition}]
      authoritativeDefinitions: [{id: a1, url: "https://example.org", type: tutorial, description: How}]
      support: [{channel: mail, url: "mailto:a@example.org", tool: email, scope: issues}]
      team: {name: Stewards, members: [{username: anna, role: steward, dateIn: 2026-01-01}]}
      customProperties:
        - {property: althing.reference-day, value: 2026-06-30, description: told}
      slaProperties:
        - {property: latency, value: 30, unit: d, element: visits.seen, driver: analytics}
      schema:
        - id: t1
          name: visits
          logicalType: object
          physicalType: table
          physicalName: V
          businessName: Visits
          description: of patients
          dataGranularityDescription: one row per patient
          tags: [visit]
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: patient_id, rows: 2}}
          quality:
            - {id: enough, metric: rowCount, mustBeGreaterOrEqualTo: 200, severity: error, name: Enough}
            - {id: again, metric: duplicateValues, arguments: {properties: [age, sex]}, mustBe: 0}
            - {id: old, type: sql, query: SELECT COUNT(*) FROM {object} WHERE age > 90, mustBeLessThan: 5}
            - id: told
              type: custom
              engine: althing
              implementation: {check: rows, where: age > 90, max_percent: 1}
          properties:
            - {name: patient_id, logicalType: string, required: true, classification: restricted}
            - name: age
              id: c1
              logicalType: integer
              physicalType: INT
              physicalName: AGE
              businessName: Age
              description: in years
              encryptedName: AGE_E
              criticalDataElement: true
              examples: [40, "50"]
              tags: [number]
              logicalTypeOptions: {minimum: 0, maximum: 120}
              customProperties:
                - {property: althing.bins, value: [40, 50, 60]}
            - name: sex
              logicalType: string
              quality:
                - {id: sex_codes, metric: invalidValues, arguments: {validValues: [f, m]}, mustBe: 0}
            - name: code
              logicalType: string
              logicalTypeOptions: {minLength: 1, maxLength: 5, pattern: "^[A-Z]+$"}
            - name: seen
              logicalType: date
              logicalTypeOptions: {format: yyyy-MM-dd, minimum: 2020-01-01, maximum: 2026-12-31}
      """
          .replace(
              "SELECT COUNT(*) FROM {object} WHERE age > 90",
              "\"SELECT COUNT(*) FROM {object} WHERE age > 90\"");

  private static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "tags",
          "description",
          "authoritativeDefinitions",
          "customProperties",
          "physicalType",
          "examples",
          "criticalDataElement",
          "required",
          "unit",
          "severity",
          "method",
          "rule",
          "team",
          "support",
          "tenant",
          "slaDefaultElement",
          "transformLogic",
          "transformDescription",
          "partitionKeyPosition",
          "unique",
          "businessImpact",
          "dimension",
          "mustBe",
          "mustBeLessThan",
          "metric",
          "type",
          "nonsense");

  private static List<JsonNode> values() {
    return Stream.of("\"a b\"", "\"ab\"", "1", "true", "null", "[1]", "[{}]", "{}")
        .map(PublishedContractTest::json)
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode loaded(String yaml) {
    return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  private static boolean isTaken(JsonNode contract) {
    try {
      ContractDocument.parse("c.yaml", contract.toString().getBytes(UTF_8));
      return true;
    } catch (DocumentError e) {
      return false;
    }
  }

  @Test
  void aContractWithEveryKeyOfOurProfileHasThePublishedForm() {
    assertThat(isTaken(loaded(WHOLE))).isTrue();
    assertThat(PublishedContract.faults(WHOLE.getBytes(UTF_8))).isEmpty();
    assertThat(PublishedContract.faults(ContractDocumentTest.HEART.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void whateverIsChangedWhatIsTakenHereIsTakenByThePublishedForm() {
    List<String> wrong = new ArrayList<>();
    int[] seen = new int[2];
    JsonNode root = loaded(WHOLE);
    for (String path : paths(root, "")) {
      for (String field : FIELDS) {
        for (JsonNode value : values()) {
          JsonNode changed = root.deepCopy();
          if (changed.at(path) instanceof ObjectNode object) {
            object.set(field, value);
            judge(changed, path + " with " + field + " " + value, wrong, seen);
          }
        }
      }
      for (JsonNode value : values()) {
        JsonNode changed = root.deepCopy();
        replace(changed, path, value);
        judge(changed, path + " as " + value, wrong, seen);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen[0]).as("changes").isGreaterThan(7_000);
    assertThat(seen[1]).as("of them taken here").isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1.0.0|version: 1.1",
        "name: Heart disease|name: 7",
        "id: enough|id: enough rows",
        "id: enough|id: 足够",
        "tags: [heart]|tags: heart",
        "tags: [visit]|tags: [1]",
        "tool: email|tool: true",
        "username: anna|name: anna",
        "type: tutorial,|",
        "examples: [40, \"50\"]|examples: 40",
        "criticalDataElement: true|criticalDataElement: often",
        "classification: restricted|classification: 3",
        "value: 2026-06-30,|",
      })
  void whatThePublishedFormRefusesIsRefusedHere(String change) {
    String[] parts = change.split("\\|", -1);
    String text = WHOLE.replaceFirst(java.util.regex.Pattern.quote(parts[0]), parts[1]);
    assertThat(text).isNotEqualTo(WHOLE);
    assertThat(PublishedContract.faults(text.getBytes(UTF_8))).isNotEmpty();
    assertThat(isTaken(loaded(text))).isFalse();
  }

  private static void judge(JsonNode contract, String change, List<String> wrong, int[] seen) {
    seen[0]++;
    if (isTaken(contract)) {
      seen[1]++;
      PublishedContract.faults(contract).forEach(fault -> wrong.add(change + ": " + fault));
    }
  }

  /** Of every node below the root. */
  private static List<String> paths(JsonNode node, String path) {
    List<String> paths = new ArrayList<>();
    if (!path.isEmpty()) {
      paths.add(path);
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(f -> paths.addAll(paths(f.getValue(), path + "/" + f.getKey())));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        paths.addAll(paths(array.get(i), path + "/" + i));
      }
    }
    return paths;
  }

  private static void replace(JsonNode root, String path, JsonNode value) {
    int last = path.lastIndexOf('/');
    JsonNode parent = root.at(path.substring(0, last));
    String key = path.substring(last + 1);
    if (parent instanceof ObjectNode object) {
      object.set(key, value);
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), value);
    }
  }
}
