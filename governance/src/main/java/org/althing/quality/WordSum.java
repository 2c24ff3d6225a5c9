package org.althing.quality;

import org.althing.contract.RuleMeasure.MeanWords;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * What rules about one mean number of words sum: of each valid text its words, at most so many of
 * them as the measure says.
 *
 * @param position of the column in the schema
 */
record WordSum(MeanWords measure, int position) {
  /** What a record adds, from 0 to the most that counts, whatever it holds. */
  long of(RecordBatch batch, int row) {
    return batch.verdict(position, row) == Verdict.OK
        ? (long) Math.max(0, Math.min(measure.most(), batch.number(position, row)))
        : 0;
  }
}
