package org.althing.document;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The form that the published JSON Schema of the Open Data Contract Standard 3.1.0 gives to keys
 * that people read and nothing here computes with, so that a contract which is accepted here is one
 * elsewhere too.
 *
 * <p>Stated as facts of that schema ({@code schema/odcs-json-schema-v3.1.0.json} of
 * bitol-io/open-data-contract-standard); keys that this platform does compute with are read by the
 * readers of columns and rules, which ask for more.
 */
final class StandardForm {
  /** The schema's StableId. */
  private static final Pattern STABLE_ID = Pattern.compile("[A-Za-z0-9_-]+");

  private StandardForm() {}

  static void ofContract(Mapping root) throws DocumentError {
    strings(root, "id", "version", "status", "name", "tenant", "domain", "dataProduct");
    strings(root, "contractCreatedTs");
    readable(root);
    if (root.has("description")) {
      Mapping description = root.mapping("description");
      strings(description, "purpose", "limitations", "usage");
      definitions(description);
    }
    for (Mapping channel : root.optionalMappings("support")) {
      identified(channel);
      channel.string("channel");
      strings(channel, "url", "description", "tool", "scope", "invitationUrl");
      customProperties(channel);
    }
    if (root.has("team")) {
      team(root);
    }
  }

  /** The list is the form of earlier versions, which 3.1 still takes. */
  private static void team(Mapping root) throws DocumentError {
    if (root.isList("team")) {
      members(root.mappings("team"));
      return;
    }
    Mapping team = root.mapping("team");
    identified(team);
    strings(team, "name", "description");
    readable(team);
    customProperties(team);
    members(team.optionalMappings("members"));
  }

  private static void members(List<Mapping> members) throws DocumentError {
    for (Mapping member : members) {
      identified(member);
      member.string("username");
      strings(member, "name", "description", "role", "dateIn", "dateOut", "replacedByUsername");
      readable(member);
      customProperties(member);
    }
  }

  static void ofTable(Mapping table) throws DocumentError {
    identified(table);
    strings(table, "name", "physicalType", "physicalName", "description", "businessName");
    strings(table, "dataGranularityDescription");
    readable(table);
  }

  static void ofColumn(Mapping property) throws DocumentError {
    identified(property);
    strings(property, "name", "physicalType", "physicalName", "description", "businessName");
    strings(property, "classification", "encryptedName");
    readable(property);
    if (property.has("examples")) {
      property.requireList("examples");
    }
    if (property.has("criticalDataElement")) {
      property.flag("criticalDataElement");
    }
  }

  static void ofRule(Mapping rule) throws DocumentError {
    identified(rule);
    strings(rule, "name", "description", "businessImpact");
    readable(rule);
  }

  static void ofServiceLevel(Mapping level) throws DocumentError {
    identified(level);
    strings(level, "driver", "description");
  }

  /** Of an entry of {@code customProperties}, whose name and value its reader knows. */
  static void ofCustomProperty(Mapping property) throws DocumentError {
    identified(property);
    strings(property, "description");
    if (!property.has("value")) {
      throw property.problem(Problem.MISSING_KEY, "value", "", "add \"value:\" here");
    }
  }

  private static void customProperties(Mapping owner) throws DocumentError {
    for (Mapping property : owner.optionalMappings("customProperties")) {
      property.string("property");
      ofCustomProperty(property);
    }
  }

  private static void readable(Mapping owner) throws DocumentError {
    if (owner.has("tags")) {
      owner.strings("tags");
    }
    definitions(owner);
  }

  private static void definitions(Mapping owner) throws DocumentError {
    for (Mapping definition : owner.optionalMappings("authoritativeDefinitions")) {
      identified(definition);
      definition.string("url");
      definition.string("type");
      strings(definition, "description");
    }
  }

  private static void identified(Mapping owner) throws DocumentError {
    if (owner.has("id") && !STABLE_ID.matcher(owner.string("id")).matches()) {
      throw owner.error(
          "id",
          "the standard has an id of letters A to Z, digits, _ and - alone",
          "write it so; \"name:\" takes any text");
    }
  }

  private static void strings(Mapping owner, String... keys) throws DocumentError {
    for (String key : keys) {
      if (owner.has(key)) {
        owner.string(key);
      }
    }
  }
}
