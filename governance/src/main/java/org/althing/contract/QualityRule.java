package org.althing.contract;

/**
 * A rule of the contract that federates: a measure against a threshold.
 *
 * @param threshold in the rule's unit; of a percentage 0 to 100, of a distance not negative
 */
public record QualityRule(
    String id,
    RuleMeasure measure,
    Operator operator,
    double threshold,
    Unit unit,
    String dimension,
    String severity) {
  /** ODCS operators with one bound. */
  public enum Operator {
    MUST_BE_LESS_THAN,
    MUST_BE_LESS_OR_EQUAL_TO,
    MUST_BE_GREATER_THAN,
    MUST_BE_GREATER_OR_EQUAL_TO
  }

  /** What the threshold counts. */
  public enum Unit {
    /** Or groups of them. */
    ROWS,
    /** Of the rows, or of those that the measure speaks of; groups for each hundred rows. */
    PERCENT,
    /** Between two spreads of values. */
    DISTANCE,
    /** Of a text, on average. */
    WORDS
  }

  public QualityRule {
    if ((measure instanceof RuleMeasure.Drift) != (unit == Unit.DISTANCE)
        || (measure instanceof RuleMeasure.MeanWords) != (unit == Unit.WORDS)
        || (measure instanceof RuleMeasure.RowCount && unit != Unit.ROWS)) {
      throw new IllegalArgumentException("rule " + id + " has no threshold in " + unit);
    }
  }
}
