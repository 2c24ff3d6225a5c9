package org.althing.wire;

/**
 * Bytes from a peer that are no message of the protocol; says what was expected and got, never what
 * the bytes held.
 */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessage(String message) {
    super(message);
  }
}
