package org.althing.wire;

import java.time.Duration;

/**
 * How both ends of a session find out that the other is gone: whoever has heard nothing for a while
 * asks by an HTTP/2 PING. Half-open links are found after {@code ASK_AFTER} and {@code
 * ANSWER_WITHIN} at the latest.
 */
public final class Liveness {
  public static final Duration ASK_AFTER = Duration.ofSeconds(20);
  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** Less than {@link #ASK_AFTER}: who asks more often than this is cut off as a flood. */
  public static final Duration LEAST_GAP = Duration.ofSeconds(10);

  private Liveness() {}
}
