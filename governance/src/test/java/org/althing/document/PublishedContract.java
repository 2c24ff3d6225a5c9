package org.althing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.althing.compliance.PublishedForm.ANY;
import static org.althing.compliance.PublishedForm.FLAG;
import static org.althing.compliance.PublishedForm.NUMBER;
import static org.althing.compliance.PublishedForm.OBJECT;
import static org.althing.compliance.PublishedForm.TEXT;
import static org.althing.compliance.PublishedForm.WHOLE;
import static org.althing.compliance.PublishedForm.exactlyOne;
import static org.althing.compliance.PublishedForm.fields;
import static org.althing.compliance.PublishedForm.listOf;
import static org.althing.compliance.PublishedForm.matching;
import static org.althing.compliance.PublishedForm.oneOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.althing.compliance.PublishedForm;
import org.althing.compliance.PublishedForm.Fields;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The form of a contract by the Open Data Contract Standard 3.1.0, as its published JSON Schema has
 * it ({@code schema/odcs-json-schema-v3.1.0.json} of bitol-io/open-data-contract-standard, the
 * version with StableId), stated as facts: fields, kinds, permitted words, what is required.
 *
 * <p>Left out are servers, roles, prices and relationships, which our profile refuses: here they
 * are no fields. YAML is read by its core schema, as other tools read it.
 */
public final class PublishedContract {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final PublishedForm STABLE_ID = matching(Pattern.compile("[A-Za-z0-9_-]+"));
  private static final PublishedForm NOT_NEGATIVE =
      (path, value) ->
          value.isIntegralNumber() && value.longValue() >= 0 ? List.of() : List.of(path + " < 0");
  private static final List<String> OPERATORS =
      List.of(
          "mustBe",
          "mustNotBe",
          "mustBeGreaterThan",
          "mustBeGreaterOrEqualTo",
          "mustBeLessThan",
          "mustBeLessOrEqualTo",
          "mustBeBetween",
          "mustNotBeBetween");
  private static final PublishedForm CONTRACT = contract();

  private PublishedContract() {}

  /** What the published schema would not take of a contract, each fault behind its path. */
  public static List<String> faults(byte[] yaml) {
    Object loaded =
        new Load(LoadSettings.builder().build()).loadFromString(new String(yaml, UTF_8));
    return faults(JSON.<JsonNode>valueToTree(loaded));
  }

  static List<String> faults(JsonNode contract) {
    return CONTRACT.faults("", contract);
  }

  private static Fields identified() {
    return fields().may("id", STABLE_ID);
  }

  private static Fields texts(Fields fields, String... names) {
    Stream.of(names).forEach(name -> fields.may(name, TEXT));
    return fields;
  }

  private static Fields readable(Fields fields) {
    return fields
        .may("tags", listOf(TEXT))
        .may(
            "authoritativeDefinitions",
            listOf(texts(identified(), "description").must("url", TEXT).must("type", TEXT)));
  }

  private static Fields customised(Fields fields) {
    return fields.may(
        "customProperties",
        listOf(texts(identified(), "description").must("property", TEXT).must("value", ANY)));
  }

  private static PublishedForm contract() {
    Fields described = texts(fields(), "usage", "purpose", "limitations");
    readable(described);
    Fields member =
        texts(
                identified(),
                "name",
                "description",
                "role",
                "dateIn",
                "dateOut",
                "replacedByUsername")
            .must("username", TEXT);
    Fields team =
        texts(identified(), "name", "description")
            .may("members", listOf(customised(readable(member))));
    Fields channel =
        texts(identified(), "url", "description", "tool", "scope", "invitationUrl")
            .must("channel", TEXT);
    Fields level =
        texts(identified(), "unit", "element", "driver", "description", "scheduler", "schedule")
            .must("property", TEXT)
            .must("value", PublishedContract::scalar)
            .may("valueExt", PublishedContract::scalar);
    Fields contract =
        texts(fields(), "name", "tenant", "domain", "dataProduct", "contractCreatedTs")
            .must("version", TEXT)
            .must("apiVersion", oneOf("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0"))
            .must("kind", oneOf("DataContract"))
            .must("id", TEXT)
            .must("status", TEXT)
            .may("description", customised(described))
            .may("support", listOf(customised(channel)))
            .may(
                "team",
                exactlyOne(customised(readable(team)), listOf(customised(readable(member)))))
            .may("slaDefaultElement", TEXT)
            .may("slaProperties", listOf(level))
            .may("schema", listOf(table()));
    return customised(readable(contract));
  }

  private static List<String> scalar(String path, JsonNode value) {
    return value.isContainerNode() ? List.of(path + " is no scalar") : List.of();
  }

  private static Fields element() {
    return customised(readable(texts(identified(), "physicalType", "description", "businessName")));
  }

  private static PublishedForm table() {
    return texts(element(), "physicalName", "dataGranularityDescription")
        .must("name", TEXT)
        .may("logicalType", oneOf("object"))
        .may("properties", listOf(PublishedContract::column))
        .may("quality", listOf(PublishedContract::rule));
  }

  private static List<String> column(String path, JsonNode value) {
    return texts(element(), "physicalName", "classification", "encryptedName", "transformLogic")
        .must("name", TEXT)
        .may("transformDescription", TEXT)
        .may("transformSourceObjects", listOf(TEXT))
        .may("logicalType", oneOf(OPTIONS.keySet().toArray(String[]::new)))
        .may("logicalTypeOptions", OPTIONS.getOrDefault(value.path("logicalType").asText(), OBJECT))
        .may("primaryKey", FLAG)
        .may("primaryKeyPosition", WHOLE)
        .may("required", FLAG)
        .may("unique", FLAG)
        .may("partitioned", FLAG)
        .may("partitionKeyPosition", WHOLE)
        .may("criticalDataElement", FLAG)
        .may("examples", listOf(ANY))
        .may("quality", listOf(PublishedContract::rule))
        .faults(path, value);
  }

  private static Fields bounds(PublishedForm kind) {
    return fields()
        .may("minimum", kind)
        .may("maximum", kind)
        .may("exclusiveMinimum", kind)
        .may("exclusiveMaximum", kind);
  }

  private static final Map<String, PublishedForm> OPTIONS =
      Map.of(
          "string",
          texts(fields(), "pattern", "format")
              .may("minLength", NOT_NEGATIVE)
              .may("maxLength", NOT_NEGATIVE),
          "date",
          bounds(TEXT).may("format", TEXT),
          "timestamp",
          bounds(TEXT).may("format", TEXT).may("timezone", FLAG).may("defaultTimezone", TEXT),
          "time",
          bounds(TEXT).may("format", TEXT).may("timezone", FLAG).may("defaultTimezone", TEXT),
          "integer",
          bounds(NUMBER).may("multipleOf", NUMBER).may("format", TEXT),
          "number",
          bounds(NUMBER).may("multipleOf", NUMBER).may("format", oneOf("f32", "f64")),
          "object",
          OBJECT,
          "array",
          OBJECT,
          "boolean",
          OBJECT);

  /** A metric makes a rule one of the library, whatever its type says. */
  private static List<String> rule(String path, JsonNode value) {
    Fields rule =
        texts(identified(), "businessImpact", "description", "method", "name", "schedule")
            .may("scheduler", TEXT)
            .may("severity", TEXT)
            .may("unit", TEXT)
            .may("type", oneOf("text", "library", "sql", "custom"))
            .may(
                "dimension",
                oneOf(
                    "accuracy",
                    "completeness",
                    "conformity",
                    "consistency",
                    "coverage",
                    "timeliness",
                    "uniqueness"));
    customised(readable(rule));
    String type = value.path("type").asText();
    boolean library = type.equals("library") || value.path("metric").isTextual();
    if (library) {
      rule.must(
              "metric",
              oneOf("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"))
          .may("rule", TEXT)
          .may("arguments", OBJECT);
    }
    if (type.equals("sql")) {
      rule.must("query", TEXT);
    }
    if (type.equals("custom")) {
      rule.must("engine", TEXT).must("implementation", exactlyOne(TEXT, OBJECT));
    }
    if (library || type.equals("sql")) {
      OPERATORS.forEach(
          name -> rule.may(name, name.matches("mustBe|mustNotBe") ? ANY : bound(name)));
      if (OPERATORS.stream().filter(value::has).count() != 1) {
        return List.of(path + " has exactly one operator");
      }
    }
    return rule.faults(path, value);
  }

  private static PublishedForm bound(String operator) {
    return operator.endsWith("Between") ? listOf(NUMBER) : NUMBER;
  }
}
