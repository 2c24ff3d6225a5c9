package org.althing.quality;

import java.util.Optional;
import org.althing.contract.RuleMeasure;
import org.althing.table.RecordBatch;
import org.althing.table.RowKey;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * Counts the groups of one organisation's rows that are equal in declared columns: those with more
 * than one row or, where a label is declared, with more than one label. A row with a missing or
 * faulty value in one of the columns is in no group.
 *
 * <p>A row adds 1 where it makes its group count, so the sum is the number of such groups in
 * whatever order the rows come. Sensitivity: a row is in at most one group, so the m rows of one
 * unit touch at most m of them, and each counts once or not at all: without the unit the sum is
 * less by 0 to m, which is what m records that add at most 1 each are charged for. (Another unit's
 * row may then add in place of one of these; it is the sum that is bounded.) Groups are told apart
 * by a 64-bit hash. Two that share one are one group, for which the same holds, whatever the rows.
 *
 * <p>Holds at most 48 bytes per group and no values. Sees every row once. Not safe for concurrent
 * use.
 */
final class GroupCounter implements RuleCounts.Counter {
  private static final int FIRST_ROOM = 1024;
  private static final int COUNTED = -1;

  private final RowKey key;
  private final Optional<Integer> label;
  private long[] hashes = new long[FIRST_ROOM];

  /** 1 + the first label of each group, or COUNTED; 0 where there is none. */
  private int[] states = new int[FIRST_ROOM];

  private int groups;

  GroupCounter(RuleMeasure.Groups measure, Schema schema) {
    this.key = new RowKey(schema, measure.equal());
    this.label = measure.label().map(schema::indexOf);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int cellOf(RecordBatch batch, int row) {
    if (!isWhole(batch, row)) {
      return -1;
    }
    int state = 1 + (label.isPresent() ? batch.cell(label.get(), row) : 0);
    int slot = slot(key.of(batch, row));
    if (states[slot] == 0) {
      states[slot] = state;
      groups++;
      if (2 * groups > hashes.length) {
        grow();
      }
      return -1;
    }
    boolean counts = states[slot] != COUNTED && (label.isEmpty() || states[slot] != state);
    if (counts) {
      states[slot] = COUNTED;
    }
    return counts ? RuleCounts.MATCHING : -1;
  }

  private boolean isWhole(RecordBatch batch, int row) {
    return key.isWhole(batch, row)
        && (label.isEmpty() || batch.verdict(label.get(), row) == Verdict.OK);
  }

  /** Where a hash stands, or would be put. */
  private int slot(long hash) {
    int slot = (int) (hash & (hashes.length - 1));
    while (states[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & (hashes.length - 1);
    }
    hashes[slot] = hash;
    return slot;
  }

  private void grow() {
    long[] formerHashes = hashes;
    int[] formerStates = states;
    hashes = new long[2 * formerHashes.length];
    states = new int[hashes.length];
    for (int i = 0; i < formerHashes.length; i++) {
      if (formerStates[i] != 0) {
        states[slot(formerHashes[i])] = formerStates[i];
      }
    }
  }
}
