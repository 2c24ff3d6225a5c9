package org.althing.encoding;

/**
 * The bytes are not the canonical form of any value of the expected kind; the message says at which
 * byte and why.
 */
public final class MalformedEncoding extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARACTERS = 1000;

  public MalformedEncoding(String message) {
    super(harmless(message));
  }

  /** What a message repeats of the bytes makes it neither long nor a command to a terminal. */
  private static String harmless(String message) {
    String cut =
        message.length() > MOST_CHARACTERS
            ? message.substring(0, MOST_CHARACTERS) + " ..."
            : message;
    return cut.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", "?");
  }
}
