package org.althing.cli;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.althing.table.Domain;
import org.althing.table.Language;

/**
 * The text of a contract that rows would fit. Every line that was derived from data ends in "# to
 * confirm".
 */
final class ContractProposal {
  private static final String TO_CONFIRM = "  # to confirm";

  /** Per cent of the rows. */
  private static final int MOST_INVALID = 1;

  private static final int MOST_MISSING = 5;

  private final Map<String, Language> texts;
  private final Optional<String> unit;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> ruleNames = new HashSet<>();

  private ContractProposal(Map<String, Language> texts, Optional<String> unit) {
    this.texts = texts;
    this.unit = unit;
  }

  /**
   * @param texts the columns of free text, with what they are written in
   */
  static String of(String id, SourceSummary summary, Map<String, Language> texts) {
    ContractProposal proposal = new ContractProposal(texts, summary.unit());
    proposal.heading(id, summary);
    summary.columns().forEach(proposal::column);
    return proposal.text.toString();
  }

  private void heading(String id, SourceSummary summary) {
    text.append(
        """
        # A proposal. Lines marked "to confirm" come from data and can tell of people in it:
        # replace them by what is known without the data, and remove the marks, before anybody else sees this.
        apiVersion: v3.1.0
        kind: DataContract
        id: %s  # to confirm
        version: 0.1.0
        status: draft
        schema:
          - name: records  # to confirm
            logicalType: object
            customProperties:
              # Whom the budget protects. If one of them can have several rows, name the key column and the most rows
              # that count, such as {name: patient, key: patient_id, rows: 5}, and give the key althing.use local.
              - {property: althing.unit-of-privacy, value: %s}  # to confirm
            properties:
        """
            .formatted(
                quoted(id),
                summary
                    .unit()
                    .map(
                        key ->
                            "{name: person, key: %s, rows: %d}"
                                .formatted(quoted(key), summary.rowsOfMostUnits()))
                    .orElse("{name: row}")));
  }

  private void column(String name, ColumnSummary column) {
    line(6, "- name: " + quoted(name));
    if (unit.filter(name::equals).isPresent()) {
      line(8, "logicalType: string");
      line(8, "customProperties:");
      property("althing.use", "local");
      return;
    }
    Language language = texts.get(name);
    if (language != null) {
      line(
          8,
          "# Every word counts. With words known in public that tell what is looked for, such as");
      line(
          8,
          "# {language: en, vocabulary: [good, bad]}, models have less noise by far, and can name them.");
      line(8, "logicalType: string");
      rules(name);
      line(8, "customProperties:");
      property("althing.text", "{language: %s}".formatted(language.code()));
      return;
    }
    switch (column.kind()) {
      case EMPTY -> never(column);
      case IDENTIFIER, OTHER -> {
        never(column);
        return;
      }
      case CATEGORIES -> {
        line(8, "logicalType: string" + TO_CONFIRM);
        rules(name);
        line(8, "customProperties:");
        property("althing.categories", list(column.categories()));
      }
      case NUMBERS -> numbers(name, column);
      case DAYS -> {
        line(8, "logicalType: date" + TO_CONFIRM);
        String format = column.dayFormat();
        String written =
            format.equals(Domain.Dates.FORMATS.get(0)) ? "" : "format: %s, ".formatted(format);
        limits(written, column.firstDay().toString(), column.lastDay().toString());
        rules(name);
        line(8, "customProperties:");
        property("althing.use", "federated");
      }
    }
    if (!column.notKnown().isEmpty()) {
      property("althing.missing", list(column.notKnown()));
    }
  }

  /** What a first audit judges; how much is too much is for people to say. */
  private void rules(String name) {
    String of = ruleName(name);
    line(8, "quality:");
    line(10, rule(of + "_valid", "invalidValues", MOST_INVALID));
    line(10, rule(of + "_known", "missingValues", MOST_MISSING));
  }

  /** A column's name in the characters that the standard has for ids, unlike all before. */
  private String ruleName(String column) {
    String plain = column.replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("^_+|_+$", "");
    String first = plain.isEmpty() ? "column" : plain;
    String name = first;
    for (int n = 2; !ruleNames.add(name); n++) {
      name = first + "_" + n;
    }
    return name;
  }

  private static String rule(String id, String metric, int percent) {
    return "- {id: %s, metric: %s, unit: percent, mustBeLessOrEqualTo: %d}%s"
        .formatted(id, metric, percent, TO_CONFIRM);
  }

  private void never(ColumnSummary column) {
    line(8, "# It " + column.whyNotRead() + ".");
    line(8, "logicalType: string");
    line(8, "customProperties:");
    property("althing.use", "never");
  }

  private void numbers(String name, ColumnSummary column) {
    if (column.strangers() > 0) {
      line(8, "# Some of its values are no numbers, and count as faults." + TO_CONFIRM);
    }
    line(8, "logicalType: " + (column.isWhole() ? "integer" : "number") + TO_CONFIRM);
    ColumnSummary.Range range = column.range();
    limits("", plain(range.low()), plain(range.high()));
    rules(name);
    line(8, "customProperties:");
    property("althing.use", "federated");
    String edges =
        column.edges().stream()
            .map(ContractProposal::plain)
            .collect(Collectors.joining(", ", "[", "]"));
    if (!edges.equals("[]")) {
      property("althing.bins", edges);
    }
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private void limits(String written, String least, String most) {
    line(
        8,
        "logicalTypeOptions: {%sminimum: %s, maximum: %s}%s"
            .formatted(written, least, most, TO_CONFIRM));
  }

  private void property(String name, String value) {
    line(10, "- {property: %s, value: %s}%s".formatted(name, value, TO_CONFIRM));
  }

  /** A flow sequence of quoted texts. */
  static String list(Collection<String> values) {
    return values.stream()
        .map(ContractProposal::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** In YAML's double quotes, which never change what a word means. */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private void line(int indent, String words) {
    text.append(" ".repeat(indent)).append(words).append('\n');
  }
}
