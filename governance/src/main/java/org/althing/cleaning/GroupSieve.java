package org.althing.cleaning;

import java.util.OptionalLong;
import org.althing.table.RecordBatch;

/**
 * Lets the rows of every group go on whose ids are least, at most k of each; a row without a group
 * goes on.
 *
 * <p>A row that is removed lets at most one other of its group in, and a row that is added pushes
 * at most one out: so where m rows differ before, at most 2m differ after (stability 2). Holds 16
 * bytes for each row until it is settled, then a bit.
 */
final class GroupSieve implements RowSieve {
  /** Which group a row is in. */
  @FunctionalInterface
  interface Grouping {
    OptionalLong of(RecordBatch batch, int row);
  }

  private final Grouping grouping;
  private final RowSelection selection;
  private boolean settled;

  GroupSieve(Grouping grouping, int most) {
    this.grouping = grouping;
    this.selection = new RowSelection(most);
  }

  @Override
  public boolean isSettled() {
    return settled;
  }

  @Override
  public void see(RecordBatch batch, int row, long id) {
    OptionalLong group = grouping.of(batch, row);
    if (group.isPresent()) {
      selection.see(group.getAsLong(), id);
    }
  }

  @Override
  public void settle() {
    selection.fix();
    settled = true;
  }

  @Override
  public void restart() {
    if (settled) {
      selection.restart();
    }
  }

  @Override
  public boolean passes(RecordBatch batch, int row) {
    return grouping.of(batch, row).isEmpty() || selection.takeKeyed();
  }
}
