package org.althing.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** Says now and then how far a long run has come; says nothing of a short one. */
final class Progress {
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final PrintWriter talk;
  private final OptionalLong bytes;
  private long done;
  private long rows;
  private long next = System.nanoTime() + PAUSE_NANOS;

  /**
   * @param bytes of the whole text, where that is known before it is read
   */
  Progress(PrintWriter talk, OptionalLong bytes) {
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
          "%,d rows scored so far%s%n",
          rows,
          bytes.isPresent()
              ? ", %d %%".formatted(Math.min(99, 100 * done / Math.max(1, bytes.getAsLong())))
              : "");
      talk.flush();
    }
  }
}
