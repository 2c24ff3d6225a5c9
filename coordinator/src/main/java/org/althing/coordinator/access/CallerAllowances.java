package org.althing.coordinator.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What every caller may still ask, over all its connections, so that dialling again refills
 * nothing. Certificates that name nobody share one allowance. Safe for any thread.
 */
public final class CallerAllowances {
  private final Rate rate;
  private final Duration longestWait;
  private final int mostCallers;
  private final LongSupplier nanoTime;
  private final Map<Optional<PeerName>, TokenBucket> buckets = new HashMap<>();

  /**
   * @param longestWait whoever would have to wait longer is refused
   * @param mostCallers that are remembered; one is forgotten only when it owes nothing
   */
  public CallerAllowances(Rate rate, Duration longestWait, int mostCallers, LongSupplier nanoTime) {
    this.rate = rate;
    this.longestWait = longestWait;
    this.mostCallers = mostCallers;
    this.nanoTime = nanoTime;
  }

  /**
   * Pays for what a caller asks.
   *
   * @return how many nanoseconds that has to wait, 0 for not at all; nothing where it is refused
   */
  public synchronized OptionalLong pay(Optional<PeerName> caller, long tokens) {
    if (!buckets.containsKey(caller) && buckets.size() >= mostCallers) {
      buckets.values().removeIf(TokenBucket::full);
      if (buckets.size() >= mostCallers) {
        return OptionalLong.empty();
      }
    }
    TokenBucket bucket = buckets.computeIfAbsent(caller, c -> new TokenBucket(rate, nanoTime));
    long wait = bucket.debtNanos();
    if (wait > longestWait.toNanos()) {
      return OptionalLong.empty();
    }
    bucket.spend(tokens);
    return OptionalLong.of(wait);
  }
}
