package org.althing.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Says now and then how far a long run has come; says nothing of a short one. */
final class Progress {
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final PrintWriter talk;
  private final long bytes;
  private long done;
  private long rows;
  private long next = System.nanoTime() + PAUSE_NANOS;

  /**
   * @param bytes of the whole
   */
  Progress(PrintWriter talk, long bytes) {
    this.talk = talk;
    this.bytes = bytes;
  }

  void add(ScoredChunk chunk) {
    done += chunk.bytes();
    rows += chunk.rows();
    long now = System.nanoTime();
    if (now - next >= 0) {
      next = now + PAUSE_NANOS;
      talk.printf(
          Locale.ROOT,
          "%,d rows scored, %d %%%n",
          rows,
          Math.min(99, 100 * done / Math.max(1, bytes)));
      talk.flush();
    }
  }
}
