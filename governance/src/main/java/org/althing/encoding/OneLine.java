package org.althing.encoding;

/**
 * A message that repeats what others wrote, made fit for one line of a terminal or a log: not as
 * long as they like, and no command to the terminal.
 */
public final class OneLine {
  private static final int MOST_CHARACTERS = 1000;

  private OneLine() {}

  /** The text with a question mark for each control character, cut where it is too long. */
  public static String of(String text) {
    String cut =
        text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + " ..." : text;
    return cut.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", "?");
  }
}
