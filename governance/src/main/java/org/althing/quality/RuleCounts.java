package org.althing.quality;

import java.util.Optional;
import org.althing.contract.RowPredicate.RowTest;
import org.althing.contract.RuleMeasure;
import org.althing.contract.Truth;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * The counts of one rule about rows: those it matches and, where it looks only among some, the
 * others of these. A record adds to at most one of them.
 */
record RuleCounts(String ruleId, RuleMeasure.Matching measure) {
  static final int MATCHING = 0;
  static final int OTHERS = 1;

  int size() {
    return measure.among().isPresent() ? 2 : 1;
  }

  Counter on(Schema schema) {
    return new Counter(
        measure.where().on(schema), measure.among().map(among -> among.on(schema)), size());
  }

  /** The rule on the rows of one schema. */
  record Counter(RowTest where, Optional<RowTest> among, int size) {
    /** Which count a row adds to; -1 for none. */
    int cellOf(RecordBatch batch, int row) {
      if (among.isPresent() && among.get().of(batch, row) != Truth.TRUE) {
        return -1;
      }
      if (where.of(batch, row) == Truth.TRUE) {
        return MATCHING;
      }
      return among.isPresent() ? OTHERS : -1;
    }
  }
}
