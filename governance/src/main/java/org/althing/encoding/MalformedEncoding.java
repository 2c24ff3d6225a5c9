package org.althing.encoding;

/**
 * The bytes are not the canonical form of any value of the expected kind; the message says at which
 * byte and why.
 */
public final class MalformedEncoding extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedEncoding(String message) {
    super(OneLine.of(message));
  }
}
