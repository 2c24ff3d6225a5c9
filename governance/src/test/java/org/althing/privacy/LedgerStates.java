package org.althing.privacy;

import java.util.List;
import org.althing.encoding.Digest;

/** States of ledgers for tests that have no ledger. */
public final class LedgerStates {
  private LedgerStates() {}

  /** Entry {@code sequence} is the first charge; nothing is known of populations. */
  public static LedgerState firstCharge(long sequence, Digest head) {
    return new LedgerState(0, new LedgerPosition(sequence, head), List.of(), List.of());
  }

  /** The last of these charges, one ledger's; nothing is known of populations. */
  public static LedgerState lastOf(List<LedgerPosition> charges) {
    int last = charges.size() - 1;
    return new LedgerState(
        0,
        charges.get(last),
        charges.subList(Math.max(0, last - LedgerState.MOST_BEFORE), last),
        List.of());
  }

  /** The same state with another spend. */
  static LedgerState withSpend(LedgerState of, List<PopulationSpend> spends) {
    return new LedgerState(of.recoveries(), of.position(), of.before(), spends);
  }
}
