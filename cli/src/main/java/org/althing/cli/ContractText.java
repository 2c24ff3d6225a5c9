package org.althing.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.QualityRule;
import org.althing.contract.RowPredicate;
import org.althing.contract.RuleMeasure;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Rho;
import org.althing.quality.QualityAudit;
import org.althing.release.ReleaseTemplate;
import org.althing.sheet.Brief;
import org.althing.sheet.TextTable;
import org.althing.table.Domain;

/** A data contract in plain words, for the stewards who agree to it. */
final class ContractText {
  private static final int MOST_VALUES_SHOWN = 6;

  /** The numbers of a release do not depend on what is paid for it. */
  private static final Rho ANY_COST = Rho.roundedUp(1);

  private final Contract contract;
  private final StringBuilder text = new StringBuilder();

  private ContractText(Contract contract) {
    this.contract = contract;
  }

  /** Several lines, each ended by a line feed. */
  static String of(Contract contract) {
    ContractText page = new ContractText(contract);
    page.heading();
    page.leaving();
    page.staying();
    page.rules();
    return page.text.toString();
  }

  private void heading() {
    line(
        "Contract %s %s   digest %s"
            .formatted(contract.id(), contract.version(), contract.digest().brief()));
    line("  %s, table %s".formatted(contract.name(), contract.table()));
    PrivacyUnit unit = contract.unit();
    line(
        unit.keyColumn().isPresent()
            ? "  The budget protects each %s, known by %s; at most %s of one %s count."
                .formatted(unit.name(), unit.keyColumn().get(), rows(unit.maxRows()), unit.name())
            : "  The budget protects each %s; every row is taken for another one."
                .formatted(unit.name()));
  }

  private void leaving() {
    line("");
    line("WHAT MAY LEAVE, only in sums over the organisations and under noise");
    TextTable table = new TextTable("  ", List.of(3));
    table.row("column", "its values", "not known where", "numbers in an audit");
    for (ContractColumn column : contract.columns()) {
      if (column.use() == ContractColumn.Use.FEDERATED) {
        table.row(
            name(column),
            values(column.column().domain()),
            missing(column),
            Integer.toString(length(audit(List.of(column.column().name()), List.of()))));
      }
    }
    text.append(table);
    ReleaseTemplate whole = audit(List.of(), contract.rules());
    long squared = whole.blocks().get(0).bound().recordL2Squared(1);
    int rows = contract.unit().maxRows();
    line(
        "  An audit of all of them sums %d numbers: for every column one count for each of its values and one"
            .formatted(length(whole)));
    line(
        "  for each fault (empty, code for unknown, unreadable, out of range, not listed), and one or two for each"
            + " rule about");
    line(
        "  whole rows. A row adds 1 to one of each, so one %s moves them by at most %s (L2); other rules cost nothing."
            .formatted(contract.unit().name(), Brief.number(rows * Math.sqrt((double) squared))));
    contract.rules().stream()
        .map(QualityRule::measure)
        .filter(RuleMeasure.MeanWords.class::isInstance)
        .map(RuleMeasure.MeanWords.class::cast)
        .distinct()
        .forEach(
            words ->
                line(
                    "  The words of %s are summed too: one %s moves that sum by at most %d."
                        .formatted(
                            words.column(), contract.unit().name(), (long) rows * words.most())));
  }

  private ReleaseTemplate audit(List<String> columns, List<QualityRule> rules) {
    return new QualityAudit(contract.schema(), columns, rules, ANY_COST).releases().get(0);
  }

  private static int length(ReleaseTemplate release) {
    return release.blocks().stream().mapToInt(BlockDemand::length).sum();
  }

  private void staying() {
    List<ContractColumn> staying =
        contract.columns().stream().filter(c -> c.use() != ContractColumn.Use.FEDERATED).toList();
    if (staying.isEmpty()) {
      return;
    }
    line("");
    line("WHAT NEVER LEAVES");
    TextTable table = new TextTable("  ", List.of());
    for (ContractColumn column : staying) {
      table.row(
          name(column),
          column.use() == ContractColumn.Use.LOCAL
              ? "read by the organisation alone"
              : "not even read");
    }
    text.append(table);
  }

  private void rules() {
    line("");
    line(
        contract.rules().isEmpty()
            ? "NO RULES: an audit shows shares, and judges nothing"
            : "WHAT AN AUDIT JUDGES");
    TextTable table = new TextTable("  ", List.of());
    for (QualityRule rule : contract.rules()) {
      table.row(rule.id(), inWords(rule), rule.dimension() + ", " + rule.severity());
    }
    text.append(table);
  }

  private static String inWords(QualityRule rule) {
    String amount = amount(rule);
    if (rule.measure() instanceof RuleMeasure.Faults faults) {
      return amount
          + switch (faults.kind()) {
            case NULL_VALUES -> " have an empty " + faults.column();
            case MISSING_VALUES -> " have no known " + faults.column();
            case INVALID_VALUES ->
                " have something in " + faults.column() + " that is none of its values";
          };
    }
    if (rule.measure() instanceof RuleMeasure.Matching matching) {
      String among = matching.among().map(a -> " where " + a.sql()).orElse("");
      return amount + among + " match " + matching.where().sql() + days(matching);
    }
    if (rule.measure() instanceof RuleMeasure.Groups groups) {
      return groups(rule, groups);
    }
    if (rule.measure() instanceof RuleMeasure.Drift drift) {
      String bound = Brief.number(rule.threshold());
      return switch (drift.distance()) {
        case L_INFINITY ->
            "no share of a value of %s is more than %s from its reference"
                .formatted(drift.column(), bound);
        case KOLMOGOROV_SMIRNOV ->
            "no share of the values of %s up to an edge is more than %s from its reference"
                .formatted(drift.column(), bound);
        case JENSEN_SHANNON -> spread(drift, "Jensen-Shannon divergence in bits", bound);
        case STABILITY_INDEX -> spread(drift, "population stability index", bound);
        case CHI_SQUARE -> spread(drift, "chi-square per row", bound);
      };
    }
    if (rule.measure() instanceof RuleMeasure.MeanWords words) {
      return "the valid texts of %s have %s%s words on average, at most %d of one counting"
          .formatted(
              words.column(), bound(rule.operator()), Brief.number(rule.threshold()), words.most());
    }
    return "there are " + amount + " in all";
  }

  /** What each difference in a rule means. */
  private static String days(RuleMeasure.Matching matching) {
    return Stream.concat(matching.among().stream(), Stream.of(matching.where()))
        .flatMap(RowPredicate::parts)
        .filter(RowPredicate.DaysApart.class::isInstance)
        .map(RowPredicate.DaysApart.class::cast)
        .map(apart -> ", in days from %s to %s".formatted(apart.earlier(), apart.later()))
        .distinct()
        .collect(Collectors.joining());
  }

  private static String groups(QualityRule rule, RuleMeasure.Groups groups) {
    String what =
        rule.unit() == QualityRule.Unit.PERCENT
            ? " groups per 100 rows"
            : rule.threshold() == 1 ? " group" : " groups";
    return "%s%s%s of one organisation's rows are equal in %s%s"
        .formatted(
            bound(rule.operator()),
            Brief.number(rule.threshold()),
            what,
            String.join(", ", groups.equal()),
            groups.label().map(label -> " and differ in " + label).orElse(""));
  }

  private static String spread(RuleMeasure.Drift drift, String distance, String bound) {
    return "the shares of the values of %s are at most %s from their reference (%s)"
        .formatted(drift.column(), bound, distance);
  }

  private static String amount(QualityRule rule) {
    if (rule.operator() == QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO && rule.threshold() == 0) {
      return "no rows";
    }
    String threshold = Brief.number(rule.threshold());
    String what =
        rule.unit() == QualityRule.Unit.PERCENT
            ? threshold + " % of the rows"
            : threshold + " rows";
    return bound(rule.operator()) + what;
  }

  private static String bound(QualityRule.Operator operator) {
    return switch (operator) {
      case MUST_BE_LESS_THAN -> "fewer than ";
      case MUST_BE_LESS_OR_EQUAL_TO -> "at most ";
      case MUST_BE_GREATER_THAN -> "more than ";
      case MUST_BE_GREATER_OR_EQUAL_TO -> "at least ";
    };
  }

  private static String name(ContractColumn column) {
    return column.column().name()
        + column.unitOfMeasure().map(unit -> " (" + unit + ")").orElse("");
  }

  private static String values(Domain domain) {
    if (domain instanceof Domain.Categories categories) {
      List<String> values = categories.values();
      String shown = values.stream().limit(MOST_VALUES_SHOWN).collect(Collectors.joining(" | "));
      return values.size() <= MOST_VALUES_SHOWN
          ? shown
          : shown + " | … %d in all".formatted(values.size());
    }
    if (domain instanceof Domain.Numbers numbers) {
      return numbers.inWords() + cut(numbers);
    }
    if (domain instanceof Domain.Dates dates) {
      return dates.inWords() + cut(dates);
    }
    if (domain instanceof Domain.Words words) {
      return words.inWords();
    }
    if (domain instanceof Domain.Formed formed) {
      return formed.inWords();
    }
    return "any text";
  }

  private static String cut(Domain domain) {
    return domain.cells() == 0 ? ", not cut" : ", cut into %d bins".formatted(domain.cells());
  }

  private static String missing(ContractColumn column) {
    String codes = String.join(" | ", column.missingCodes());
    return codes.isEmpty() ? "empty" : "empty | " + codes;
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
