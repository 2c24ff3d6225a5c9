package org.althing.architecture.sample.low;

import org.althing.architecture.sample.high.High;

/** Breaks its table on purpose: it looks up, and reads the clock. */
public record Low(High high) {
  /** Milliseconds, from a place that is forbidden to know them. */
  public static long now() {
    return System.currentTimeMillis();
  }
}
