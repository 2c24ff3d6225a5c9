package org.althing.privacy;

import java.math.BigInteger;
import java.util.Arrays;
import org.althing.vector.Block;
import org.althing.vector.Shape;

/**
 * The exact sum of one node's contributions, each certified in integers before it is added.
 *
 * <p>Between {@link #beginRecord} and the next, a record may add to each block once, with strictly
 * ascending indices, and Σ value² must not exceed the block's bound; a unit may have no more
 * records than the noise plan says. A breach is a defect of the query, not of the data: it stops
 * the release with {@link IllegalStateException} and closes the sum, before anything is sent.
 * Nothing overflows: records times the largest coordinate stay below 2⁶². Not safe for concurrent
 * use; sums of disjoint records {@link #merge}.
 */
public final class ContributionSum {
  private static final long MOST_TOTAL = 1L << 62;
  private final NoisePlan plan;
  private final Shape shape;
  private final int[] offsets;
  private final long[] mostSteps;
  private final long mostRecords;
  private final long[] sum;
  private final long[] lastRecord;
  private final RowCounts rowsOfUnit = new RowCounts();
  private long records;
  private boolean open = true;

  public ContributionSum(NoisePlan plan) {
    this(plan, new long[plan.shape().length()], Long.MAX_VALUE);
  }

  /**
   * Takes {@code sum} over, all zeros, and stops at {@code mostRecords} where that is less than the
   * plan allows.
   */
  ContributionSum(NoisePlan plan, long[] sum, long mostRecords) {
    this.plan = plan;
    this.shape = plan.shape();
    this.sum = sum;
    int blocks = shape.blocks().size();
    this.lastRecord = new long[blocks];
    this.offsets = new int[blocks];
    this.mostSteps = new long[blocks];
    for (int b = 0; b < blocks; b++) {
      offsets[b] = shape.offset(b);
      mostSteps[b] =
          BigInteger.valueOf(shape.blocks().get(b).recordL2Squared()).sqrt().longValueExact();
    }
    this.mostRecords =
        Math.min(mostRecords, (MOST_TOTAL - 1) / Arrays.stream(mostSteps).max().orElseThrow());
  }

  public NoisePlan plan() {
    return plan;
  }

  /** Integer steps per unit of value in a block: what a query multiplies its contribution by. */
  public long scale(int block) {
    return shape.blocks().get(block).scale();
  }

  /** Beyond so many records a coordinate could leave ±2⁶². */
  long mostRecords() {
    return mostRecords;
  }

  /** Starts the contribution of one record of privacy unit {@code unit}. */
  public void beginRecord(long unit) {
    requireOpen();
    countRecords(1);
    requireRows(rowsOfUnit.add(unit, 1));
  }

  /**
   * Adds the current record's contribution to a block.
   *
   * @param count how many leading entries of {@code index} and {@code value} count
   */
  public void add(int block, int[] index, long[] value, int count) {
    add(block, index, 0, value, count);
  }

  /** As the other, with the indices from place {@code first} of their array on. */
  public void add(int block, int[] index, int first, long[] value, int count) {
    requireOpen();
    if (lastRecord[block] == records) {
      throw breach("a record adds to each block at most once, after beginRecord");
    }
    lastRecord[block] = records;
    certify(block, index, first, value, count);
    int offset = offsets[block];
    for (int i = 0; i < count; i++) {
      sum[offset + index[first + i]] += value[i];
    }
  }

  private void certify(int block, int[] index, int first, long[] value, int count) {
    Block certified = shape.blocks().get(block);
    long most = mostSteps[block];
    long left = certified.recordL2Squared();
    int previous = -1;
    for (int i = 0; i < count; i++) {
      int at = index[first + i];
      if (at <= previous || at >= certified.length()) {
        throw breach(
            "block " + certified.name() + ": indices must ascend strictly within its length");
      }
      previous = at;
      // |value| ≤ ⌊√bound⌋ comes first, so that its square cannot overflow.
      if (value[i] > most || value[i] < -most || value[i] * value[i] > left) {
        throw breach(
            "block %s: a contribution exceeds its declared bound of %d (squared steps)"
                .formatted(certified.name(), certified.recordL2Squared()));
      }
      left -= value[i] * value[i];
    }
  }

  /** Adds the sum of other records of the same node under the same plan, and closes that one. */
  public void merge(ContributionSum other) {
    if (other == this || !plan.equals(other.plan) || !open || !other.open) {
      throw new IllegalStateException("only two open sums of one plan merge");
    }
    other.open = false;
    countRecords(other.records);
    // The record begun before the merge is over: its bound was certified for one contribution.
    Arrays.fill(lastRecord, records);
    requireRows(rowsOfUnit.addAll(other.rowsOfUnit));
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.sum[i];
    }
    Arrays.fill(other.sum, 0);
  }

  /** Closes the sum and moves it out. */
  public LocalSum finish() {
    requireOpen();
    open = false;
    return new LocalSum(plan, sum);
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("this sum is closed");
    }
  }

  private void countRecords(long more) {
    records += more;
    if (records > mostRecords) {
      throw breach("one node sums at most %d records under this plan".formatted(mostRecords));
    }
  }

  private void requireRows(int rows) {
    if (rows > plan.rowsPerUnit()) {
      throw breach(
          "a privacy unit has more than %d rows: the contract's limit was not enforced before the sum"
              .formatted(plan.rowsPerUnit()));
    }
  }

  private IllegalStateException breach(String what) {
    open = false;
    Arrays.fill(sum, 0);
    return new IllegalStateException(what);
  }
}
