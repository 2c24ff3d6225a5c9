package org.althing.coordinator.access;

import java.util.function.LongSupplier;

/**
 * A token bucket that may run into debt: what has arrived is paid for even if it was more than
 * there was, and nothing more is due until the debt is worked off.
 *
 * <p>Kept as one instant, the one at which it will be full again (the virtual scheduling form of
 * the generic cell rate algorithm, ITU-T I.371 annex A), so that no fraction of a token is ever
 * lost or made. Safe for any thread.
 */
public final class TokenBucket {
  private final long burst;
  private final long windowNanos;
  private final LongSupplier nanoTime;
  private long fullAt;

  /**
   * @param nanoTime a monotonic clock; only differences of it are used
   */
  public TokenBucket(Rate rate, LongSupplier nanoTime) {
    this.burst = rate.burst();
    this.windowNanos = rate.window().toNanos();
    this.nanoTime = nanoTime;
    this.fullAt = nanoTime.getAsLong();
  }

  /** Takes tokens, even those that are not there yet. */
  public synchronized void spend(long tokens) {
    long now = nanoTime.getAsLong();
    fullAt = now + untilFull(now) + cost(tokens);
  }

  /** Takes one token if there is one. */
  public synchronized boolean take() {
    long now = nanoTime.getAsLong();
    long after = untilFull(now) + cost(1);
    if (after > windowNanos) {
      return false;
    }
    fullAt = now + after;
    return true;
  }

  /** How long until no debt is left; 0 if there is none. */
  public synchronized long debtNanos() {
    return Math.max(0, untilFull(nanoTime.getAsLong()) - windowNanos);
  }

  /** Whether nothing tells this bucket from a new one. */
  public synchronized boolean full() {
    return untilFull(nanoTime.getAsLong()) == 0;
  }

  private long untilFull(long now) {
    return Math.max(0, fullAt - now);
  }

  /** Rounded up: a rate is never exceeded by rounding. */
  private long cost(long tokens) {
    return Math.floorDiv(Math.multiplyExact(tokens, windowNanos) + burst - 1, burst);
  }
}
