package org.althing.simulation.bench;

import java.io.PrintWriter;
import java.util.regex.Pattern;

/**
 * How thoroughly to measure, and what.
 *
 * @param quick fewer and smaller rows, each measured once
 * @param only rows whose {@code section: name} contains a match
 * @param talk where progress goes
 */
record Setting(boolean quick, Pattern only, PrintWriter talk) {
  boolean wants(String section, String name) {
    return only.matcher(section + ": " + name).find();
  }

  void say(String what) {
    talk.println("bench: " + what);
    talk.flush();
  }
}
