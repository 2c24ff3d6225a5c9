package org.althing.quality;

import java.util.List;
import java.util.Optional;
import org.althing.contract.RuleMeasure;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
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

  /** What of a value is compared; of free texts the set of their words. */
  private enum Kind {
    CELL,
    NUMBER,
    WORDS
  }

  private final int[] equal;
  private final Kind[] kinds;
  private final Optional<Integer> label;
  private long[] hashes = new long[FIRST_ROOM];

  /** 1 + the first label of each group, or COUNTED; 0 where there is none. */
  private int[] states = new int[FIRST_ROOM];

  private int groups;

  GroupCounter(RuleMeasure.Groups measure, Schema schema) {
    List<String> columns = measure.equal();
    this.equal = columns.stream().mapToInt(schema::indexOf).toArray();
    this.kinds =
        columns.stream().map(name -> kind(schema.column(name).domain())).toArray(Kind[]::new);
    this.label = measure.label().map(schema::indexOf);
  }

  private static Kind kind(Domain domain) {
    if (domain instanceof Domain.Words) {
      return Kind.WORDS;
    }
    return domain instanceof Domain.Categories ? Kind.CELL : Kind.NUMBER;
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
    int slot = slot(hash(batch, row));
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
    for (int column : equal) {
      if (batch.verdict(column, row) != Verdict.OK) {
        return false;
      }
    }
    return label.isEmpty() || batch.verdict(label.get(), row) == Verdict.OK;
  }

  private long hash(RecordBatch batch, int row) {
    long hash = 0;
    for (int i = 0; i < equal.length; i++) {
      hash =
          SplitMix64.mixed(
              hash * 31
                  + SplitMix64.mixed(value(kinds[i], batch, equal[i], row) + SplitMix64.GAMMA));
    }
    return hash;
  }

  private static long value(Kind kind, RecordBatch batch, int column, int row) {
    return switch (kind) {
      case CELL -> batch.cell(column, row);
      // Adding 0 makes both zeros one.
      case NUMBER -> Double.doubleToLongBits(batch.number(column, row) + 0.0);
      case WORDS -> {
        long hash = 0;
        for (int word : batch.words(column, row)) {
          hash = SplitMix64.mixed(hash * 31 + word + SplitMix64.GAMMA);
        }
        yield hash;
      }
    };
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
