package org.althing.deploy.lab;

import java.io.PrintWriter;

/**
 * What is said while something runs: one plain line per change where no one watches a terminal, one
 * line that is overwritten where someone does.
 */
final class Talk {
  private static final int LINE_WIDTH = 100;

  private final PrintWriter err;
  private final boolean live;
  private String shown = "";

  Talk(PrintWriter err, boolean live) {
    this.err = err;
    this.live = live;
  }

  /** As the launcher found it: it knows whether the error stream is a terminal. */
  static Talk on(PrintWriter err) {
    return new Talk(err, Boolean.getBoolean("althing.terminal"));
  }

  /** A line that stays. */
  void line(String text) {
    clear();
    err.println(text);
    err.flush();
  }

  /** The newest state of something that goes on; said again only when it differs. */
  void progress(String text) {
    if (text.equals(shown)) {
      return;
    }
    if (!live) {
      shown = text;
      err.println(text);
      err.flush();
      return;
    }
    clear();
    shown = text.length() > LINE_WIDTH ? text.substring(0, LINE_WIDTH - 1) + "…" : text;
    err.print("\r" + shown);
    err.flush();
  }

  private void clear() {
    if (live && !shown.isEmpty()) {
      err.print("\r" + " ".repeat(shown.length()) + "\r");
    }
    shown = "";
  }
}
