package org.althing.node;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * What the node tells its own steward, one line per event. Callers pass declarations, names and
 * costs; a value of the data has no way here, because nobody who calls this holds one.
 */
final class StewardLog {
  private final PrintStream out;
  private final Clock clock;

  StewardLog(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  void line(String text) {
    // One event is one line, whatever a peer put into it.
    String safe = text.replaceAll("\\p{Cntrl}", " ");
    out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + safe);
    out.flush();
  }
}
