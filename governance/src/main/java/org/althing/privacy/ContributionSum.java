package org.althing.privacy;

import java.util.HashMap;
import java.util.Map;
import org.althing.vector.Block;
import org.althing.vector.Shape;

/**
 * The exact sum of one node's contributions, each certified in integers before it is added.
 *
 * <p>Between {@link #beginRecord} and the next, a record may add to each block once, with strictly
 * ascending indices, and Σ value² must not exceed the block's bound; a unit may have no more
 * records than the noise plan says. A breach is a defect of the query, not of the data, and stops
 * the release with {@link IllegalStateException} before anything is sent. Not safe for concurrent
 * use; sums of disjoint records {@link #merge}.
 */
public final class ContributionSum {
  private final NoisePlan plan;
  private final Shape shape;
  private final int[] offsets;
  private final long[] sum;
  private final long[] lastRecord;
  private final Map<Long, Integer> recordsOfUnit = new HashMap<>();
  private long records;
  private boolean open = true;

  public ContributionSum(NoisePlan plan) {
    this.plan = plan;
    this.shape = plan.shape();
    this.sum = new long[shape.length()];
    this.lastRecord = new long[shape.blocks().size()];
    this.offsets = new int[shape.blocks().size()];
    for (int b = 0; b < offsets.length; b++) {
      offsets[b] = shape.offset(b);
    }
  }

  public NoisePlan plan() {
    return plan;
  }

  /** Integer steps per unit of value in a block: what a query multiplies its contribution by. */
  public long scale(int block) {
    return shape.blocks().get(block).scale();
  }

  /** Starts the contribution of one record of privacy unit {@code unit}. */
  public void beginRecord(long unit) {
    if (!open) {
      throw new IllegalStateException("this sum is closed");
    }
    if (recordsOfUnit.merge(unit, 1, Integer::sum) > plan.rowsPerUnit()) {
      throw new IllegalStateException(
          "a privacy unit has more than %d rows: the contract's limit was not enforced before the sum"
              .formatted(plan.rowsPerUnit()));
    }
    records++;
  }

  /**
   * Adds the current record's contribution to a block.
   *
   * @param count how many leading entries of {@code index} and {@code value} count
   */
  public void add(int block, int[] index, long[] value, int count) {
    if (records == 0 || lastRecord[block] == records) {
      throw new IllegalStateException(
          "a record adds to each block at most once, after beginRecord");
    }
    lastRecord[block] = records;
    Block certified = shape.blocks().get(block);
    long l2Squared = 0;
    int previous = -1;
    for (int i = 0; i < count; i++) {
      if (index[i] <= previous || index[i] >= certified.length()) {
        throw new IllegalStateException(
            "block " + certified.name() + ": indices must ascend strictly within its length");
      }
      previous = index[i];
      l2Squared = Math.addExact(l2Squared, Math.multiplyExact(value[i], value[i]));
    }
    if (l2Squared > certified.recordL2Squared()) {
      throw new IllegalStateException(
          "block %s: a contribution exceeds its declared bound of %d (squared steps)"
              .formatted(certified.name(), certified.recordL2Squared()));
    }
    int offset = offsets[block];
    for (int i = 0; i < count; i++) {
      sum[offset + index[i]] = Math.addExact(sum[offset + index[i]], value[i]);
    }
  }

  /** Adds the sum of other records of the same node under the same plan. */
  public void merge(ContributionSum other) {
    if (!plan.equals(other.plan) || !other.open) {
      throw new IllegalStateException("only open sums of one plan merge");
    }
    other.open = false;
    other.recordsOfUnit.forEach(
        (unit, count) -> {
          if (recordsOfUnit.merge(unit, count, Integer::sum) > plan.rowsPerUnit()) {
            throw new IllegalStateException(
                "a privacy unit has too many rows over the merged sums");
          }
        });
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], other.sum[i]);
    }
  }

  /** Closes the sum. */
  public LocalSum finish() {
    open = false;
    return new LocalSum(plan, sum);
  }
}
