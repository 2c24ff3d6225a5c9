package org.althing.privacy;

/** The ledger's answer to a study that asks for its whole cost. */
public sealed interface Reservation {
  /**
   * The study may start.
   *
   * @param left what the population has left after it
   */
  record Reserved(Rho cost, Rho left) implements Reservation {}

  /**
   * The study may not start, and nothing was set aside.
   *
   * @param left what the population has left
   */
  record Refused(Reason reason, Rho needed, Rho left) implements Reservation {}

  /** Why a study is refused. */
  enum Reason {
    /** The owner never set a budget for the population. */
    NO_BUDGET,
    /** The study needs more than is left. */
    OVER_BUDGET,
    /** A study of this digest was reserved under other terms. */
    OTHER_TERMS,
    /** The study was closed; a closed study never starts again. */
    CLOSED
  }
}
