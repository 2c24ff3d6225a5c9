package org.althing.quality;

import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure.MeanWords;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * What one rule about the mean number of words sums: of each valid text its words, at most {@code
 * most} of them.
 *
 * @param position of the column in the schema
 */
record WordSum(String ruleId, int position, int most) {
  static WordSum of(QualityRule rule, MeanWords measure, Schema schema) {
    return new WordSum(rule.id(), schema.indexOf(measure.column()), measure.most());
  }

  /** What a record adds, 0 to {@code most} whatever it holds. */
  long of(RecordBatch batch, int row) {
    return batch.verdict(position, row) == Verdict.OK
        ? (long) Math.max(0, Math.min(most, batch.number(position, row)))
        : 0;
  }
}
