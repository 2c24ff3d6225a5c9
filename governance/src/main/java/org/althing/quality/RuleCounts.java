package org.althing.quality;

import java.util.Optional;
import org.althing.contract.RowPredicate.RowTest;
import org.althing.contract.RuleMeasure;
import org.althing.contract.Truth;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * The counts of one rule about whole rows: those it matches and, where it looks only among some,
 * the others of these; or the groups it speaks of. A record adds to at most one of them.
 */
record RuleCounts(String ruleId, RuleMeasure measure) {
  static final int MATCHING = 0;
  static final int OTHERS = 1;

  /** Whether a rule has counts of its own rather than being read off its column's cells. */
  static boolean areNeededFor(RuleMeasure measure) {
    return measure instanceof RuleMeasure.Matching || measure instanceof RuleMeasure.Groups;
  }

  int size() {
    return measure instanceof RuleMeasure.Matching matching && matching.among().isPresent() ? 2 : 1;
  }

  /** A counter that has seen no row. */
  Counter on(Schema schema) {
    if (measure instanceof RuleMeasure.Matching matching) {
      return new RowCounter(
          matching.where().on(schema), matching.among().map(among -> among.on(schema)), size());
    }
    return new GroupCounter((RuleMeasure.Groups) measure, schema);
  }

  /** The rule on the rows of one schema and organisation. */
  interface Counter {
    int size();

    /** Which count a row adds to; -1 for none. Every row is offered once. */
    int cellOf(RecordBatch batch, int row);
  }

  private record RowCounter(RowTest where, Optional<RowTest> among, int size) implements Counter {
    @Override
    public int cellOf(RecordBatch batch, int row) {
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
