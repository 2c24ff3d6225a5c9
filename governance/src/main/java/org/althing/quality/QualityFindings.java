package org.althing.quality;

import java.util.List;
import java.util.NoSuchElementException;
import org.althing.release.Estimate;

/**
 * What an audit found, all of it with its noise.
 *
 * @param rowCount N̂, from all columns together
 * @param cellDeviation standard deviation of the noise on every single count
 * @param columns in the order of the schema
 * @param rules one outcome per rule of the contract, in its order
 */
public record QualityFindings(
    Estimate rowCount,
    double cellDeviation,
    List<ColumnFindings> columns,
    List<RuleOutcome> rules) {
  public QualityFindings {
    columns = List.copyOf(columns);
    rules = List.copyOf(rules);
  }

  /** The findings of a column, such as the label's histogram for the balance of classes. */
  public ColumnFindings column(String name) {
    return columns.stream()
        .filter(c -> c.column().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no column " + name + " in the audit"));
  }

  /** How many of the declared rules ran. */
  public Coverage coverage() {
    int run = (int) rules.stream().filter(RuleOutcome.Judged.class::isInstance).count();
    return new Coverage(rules.size(), run, rules.size() - run);
  }

  /** Rules that were declared, that ran, and that did not; the last is no silent gap. */
  public record Coverage(int declared, int run, int notRun) {}
}
