package org.althing.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a contract that a file's rows would fit. Every line that was derived from data ends
 * in "# to confirm".
 */
final class ContractProposal {
  private static final String TO_CONFIRM = "  # to confirm";
  private static final int MOST_VALUES = 20;

  /** Below so many rows for each value, values that repeat are as likely names as categories. */
  private static final int LEAST_REPEATS = 3;

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?");
  private static final List<String> NOT_KNOWN =
      List.of("?", "-", "NA", "N/A", "NaN", "nan", "NULL", "null");

  private final StringBuilder text = new StringBuilder();

  private ContractProposal() {}

  static String of(DelimitedText.Rows file) {
    ContractProposal proposal = new ContractProposal();
    proposal.heading();
    for (int column = 0; column < file.names().size(); column++) {
      proposal.column(file, column);
    }
    return proposal.text.toString();
  }

  private void heading() {
    text.append(
        """
        # A proposal. Lines marked "to confirm" come from one organisation's data and can tell of people in it:
        # replace them by what is known without the data, and remove the marks, before anybody else sees this.
        apiVersion: v3.1.0
        kind: DataContract
        id: my-contract  # to confirm
        version: 0.1.0
        status: draft
        schema:
          - name: records  # to confirm
            logicalType: object
            customProperties:
              # Whom the budget protects. If one of them can have several rows, name the key column and the most rows
              # that count, such as {name: patient, key: patient_id, rows: 5}, and give the key althing.use local.
              - {property: althing.unit-of-privacy, value: {name: row}}  # to confirm
            properties:
        """);
  }

  private void column(DelimitedText.Rows file, int column) {
    Map<String, Integer> values = new LinkedHashMap<>();
    TreeSet<String> notKnown = new TreeSet<>();
    int known = 0;
    for (List<String> row : file.rows()) {
      String value = row.get(column).strip();
      if (NOT_KNOWN.contains(value)) {
        notKnown.add(value);
      } else if (!value.isEmpty()) {
        values.merge(value, 1, Integer::sum);
        known++;
      }
    }
    line(6, "- name: " + quoted(file.names().get(column)));
    boolean few = values.size() <= MOST_VALUES && known >= LEAST_REPEATS * values.size();
    boolean numbers = values.keySet().stream().allMatch(v -> NUMBER.matcher(v).matches());
    boolean days = values.keySet().stream().allMatch(v -> day(v).isPresent());
    if (values.isEmpty()) {
      never();
    } else if (few && !(numbers && values.keySet().stream().anyMatch(v -> v.contains(".")))) {
      categories(values);
    } else if (numbers) {
      range(values);
    } else if (days) {
      days(values);
    } else {
      never();
      return;
    }
    if (!notKnown.isEmpty()) {
      property("althing.missing", list(notKnown));
    }
  }

  private void never() {
    line(8, "logicalType: string");
    line(8, "customProperties:");
    property("althing.use", "never");
  }

  private void categories(Map<String, Integer> values) {
    line(8, "logicalType: string" + TO_CONFIRM);
    line(8, "customProperties:");
    property("althing.categories", list(new TreeSet<>(values.keySet())));
  }

  private void range(Map<String, Integer> values) {
    List<BigDecimal> sorted = values.keySet().stream().map(BigDecimal::new).sorted().toList();
    BigDecimal least = sorted.get(0);
    BigDecimal most = sorted.get(sorted.size() - 1);
    boolean whole = values.keySet().stream().noneMatch(v -> v.contains("."));
    BigDecimal step = step(most.subtract(least), whole);
    line(8, "logicalType: " + (whole ? "integer" : "number") + TO_CONFIRM);
    BigDecimal low = least.divide(step, 0, RoundingMode.FLOOR).multiply(step);
    BigDecimal high = most.divide(step, 0, RoundingMode.CEILING).multiply(step);
    limits(
        low.stripTrailingZeros().toPlainString(),
        (high.compareTo(low) == 0 ? high.add(step) : high).stripTrailingZeros().toPlainString());
    line(8, "customProperties:");
    property("althing.use", "federated");
  }

  /**
   * The power of ten below the width: what is left of the least and greatest value is one digit.
   */
  private static BigDecimal step(BigDecimal width, boolean whole) {
    if (width.signum() == 0) {
      return BigDecimal.ONE;
    }
    int power = width.precision() - width.scale() - 1;
    return BigDecimal.ONE.scaleByPowerOfTen(whole ? Math.max(0, power) : power);
  }

  private void days(Map<String, Integer> values) {
    TreeSet<LocalDate> days =
        values.keySet().stream()
            .flatMap(v -> day(v).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    line(8, "logicalType: date" + TO_CONFIRM);
    limits(
        days.first().withDayOfYear(1).toString(),
        LocalDate.of(days.last().getYear(), 12, 31).toString());
    line(8, "customProperties:");
    property("althing.use", "federated");
  }

  private static Optional<LocalDate> day(String value) {
    try {
      return value.length() == 10 ? Optional.of(LocalDate.parse(value)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void limits(String least, String most) {
    line(8, "logicalTypeOptions: {minimum: %s, maximum: %s}%s".formatted(least, most, TO_CONFIRM));
  }

  private void property(String name, String value) {
    line(10, "- {property: %s, value: %s}%s".formatted(name, value, TO_CONFIRM));
  }

  private static String list(SortedSet<String> values) {
    return values.stream()
        .map(ContractProposal::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** In YAML's double quotes, which never change what a word means. */
  private static String quoted(String value) {
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
