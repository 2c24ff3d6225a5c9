package org.althing.contract;

import java.util.Optional;

/**
 * A rule of the contract that federates: a count over one column's verdicts, or the number of rows,
 * against a threshold.
 *
 * @param column the column it speaks of; none for {@link Metric#ROW_COUNT}
 * @param percent whether the threshold is a percentage of the rows rather than a number of rows
 */
public record QualityRule(
    String id,
    Optional<String> column,
    Metric metric,
    Operator operator,
    double threshold,
    boolean percent,
    String dimension,
    String severity) {
  /** ODCS library metrics that are sums over rows. */
  public enum Metric {
    /** Verdict {@code MISSING}. */
    NULL_VALUES,
    /** Verdict {@code MISSING} or {@code SENTINEL}. */
    MISSING_VALUES,
    /** Verdict {@code UNPARSABLE}, {@code OUT_OF_RANGE} or {@code NOT_IN_SET}. */
    INVALID_VALUES,
    ROW_COUNT
  }

  /** ODCS operators with one bound. */
  public enum Operator {
    MUST_BE_LESS_THAN,
    MUST_BE_LESS_OR_EQUAL_TO,
    MUST_BE_GREATER_THAN,
    MUST_BE_GREATER_OR_EQUAL_TO
  }
}
