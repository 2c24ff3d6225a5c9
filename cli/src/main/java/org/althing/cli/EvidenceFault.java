package org.althing.cli;

/** The evidence does not hold; the message says where and why. */
final class EvidenceFault extends Exception {
  private static final long serialVersionUID = 1L;

  EvidenceFault(String message) {
    super(message);
  }

  static void require(boolean holds, String otherwise) throws EvidenceFault {
    if (!holds) {
      throw new EvidenceFault(otherwise);
    }
  }
}
