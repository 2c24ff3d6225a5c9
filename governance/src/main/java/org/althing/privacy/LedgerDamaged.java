package org.althing.privacy;

/**
 * The kept entries are not what the ledger wrote: nothing may be spent until the newest true copy
 * is restored.
 */
public final class LedgerDamaged extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public LedgerDamaged(String what) {
    super(
        what
            + "; no study can be admitted: restore the newest copy of the ledger (an older one would"
            + " forget what was spent)");
  }

  public LedgerDamaged(String what, Throwable cause) {
    this(what);
    initCause(cause);
  }
}
